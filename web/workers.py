"""Several processes that do the same work: started, watched, replaced and ended together."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Event
from types import FrameType

from kb.errors import KnowledgeBaseError

Work = Callable[..., None]
"""Called in each process with the arguments given, and at the last a connection on which it sends
True once it is ready. It ends by itself at SIGTERM, and must not mind SIGINT."""

# A process that ends before it was ready will not do better the next time.
_MOST_FAILURES = 3
_LOOK = 0.2  # seconds
# New processes import anew instead of copying threads and locks of this one in mid-work.
_spawn = multiprocessing.get_context("spawn")


@dataclass
class _Worker:
    process: BaseProcess
    said: Connection
    ready: bool = False


class Workers:
    """So many processes at the same work."""

    def __init__(self, count: int, work: Work, *arguments: object) -> None:
        self._work, self._arguments = work, arguments
        self._failures = 0
        self._stopping = Event()
        self._workers = [self._started() for _ in range(count)]

    def run(
        self, ready: Callable[[], None], lost: Callable[[int | None], None], grace: float
    ) -> None:
        """Watches until SIGTERM or SIGINT, which ends the processes, and returns once they have
        ended; those that take longer than the grace, in seconds, are killed. Only in the main
        thread.

        ready: called once when all are ready for the first time. lost: called with the exit code
        of one that ended by itself, before another takes its place. Raises KnowledgeBaseError
        where they cannot start.
        """
        before = {number: signal.signal(number, self._stop) for number in _SIGNALS}
        try:
            told = False
            while not self._stopping.is_set():
                self._look(lost)
                if not told and all(worker.ready for worker in self._workers):
                    told = True
                    ready()
        finally:
            self._end(grace)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _started(self) -> _Worker:
        said, saying = _spawn.Pipe(duplex=False)
        process = _spawn.Process(target=self._work, args=(*self._arguments, saying))
        process.start()
        saying.close()
        return _Worker(process, said)

    def _look(self, lost: Callable[[int | None], None]) -> None:
        """Waits a moment for news, and puts new processes in the place of those that ended."""
        starting = [worker.said for worker in self._workers if not worker.ready]
        wait([*starting, *(worker.process.sentinel for worker in self._workers)], timeout=_LOOK)
        for place, worker in enumerate(self._workers):
            if not worker.ready and worker.said.poll() and _said_so(worker.said):
                worker.ready = True
                self._failures = 0
            if worker.process.is_alive() or self._stopping.is_set():
                continue
            if not worker.ready:
                self._failures += 1
            if self._failures >= _MOST_FAILURES:
                raise KnowledgeBaseError("工作进程无法启动，原因见上面的错误信息")
            lost(worker.process.exitcode)
            self._workers[place] = self._started()

    def _end(self, grace: float) -> None:
        for worker in self._workers:
            worker.process.terminate()
        deadline = time.monotonic() + grace
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def _said_so(said: Connection) -> bool:
    try:
        return bool(said.recv())
    except EOFError:  # it ended first
        return False
