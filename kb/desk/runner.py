"""Works the items of jobs in the background, one at a time. Several runners, in this process or in
others, share the work: each holds a lease on the item it is at."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread

from kb.errors import KnowledgeBaseError
from kb.store.job import Done, Task
from kb.store.job_queue import JobQueue

LEASE = 20.0
"""Seconds after which an item is taken from a worker that is not heard of."""
_LOOK, _AFTER_FAILURE = 1.0, 30.0
_log = logging.getLogger(__name__)

Work = Callable[[Task], Done]
"""Does one item and tells what became of it. It may be called again for an item that was begun and
never ended, and must do nothing twice then."""


class Runner:
    """kinds: what does the items of each kind of job. after: called with each once it is written
    down what became of it. lease: in seconds."""

    def __init__(
        self,
        jobs: JobQueue,
        kinds: Mapping[str, Work],
        after: Callable[[Task], None] = lambda _: None,
        lease: float = LEASE,
    ) -> None:
        self._jobs, self._kinds, self._after, self._lease = jobs, kinds, after, lease
        self._name = secrets.token_hex(8)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._asked = Event()
        self._ended = False

    def wake(self) -> None:
        """Sees to it that what is left to do gets done; returns at once."""
        with self._lock:
            self._asked.set()
            if self._thread is None and not self._ended:
                self._thread = Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()

    def end(self, seconds: float | None = None) -> None:
        """Begins nothing any more, and gives what is at hand so many seconds to be done, None for
        as long as it takes. What is left others do."""
        with self._lock:
            self._ended = True
            self._asked.set()
            thread = self._thread
        if thread:
            thread.join(seconds)

    def work_one(self) -> bool:
        """Does one item, now; whether there was one."""
        task = self._jobs.claim(self._name, self._lease)
        if task is None:
            return False
        ended = Event()
        beats = Thread(target=self._beat, args=(task, ended), daemon=True)
        beats.start()
        try:
            done = self._done(task)
        finally:
            ended.set()
            beats.join()
        if self._jobs.finish(task.id, self._name, done):
            self._after(task)
        return True

    def _run(self) -> None:
        """Until nothing is left, in other workers' hands either: they might not live to end it."""
        while self._goes_on():
            try:
                if not self.work_one():
                    self._asked.wait(_LOOK)
            except Exception:
                _log.exception("jobs could not be worked")
                self._asked.wait(_AFTER_FAILURE)

    def _goes_on(self) -> bool:
        try:
            left = bool(self._jobs.unfinished())
        except KnowledgeBaseError:  # the database may be back when someone asks again
            _log.exception("jobs could not be looked for")
            left = False
        with self._lock:
            goes_on = (left or self._asked.is_set()) and not self._ended
            self._asked.clear()
            if not goes_on:
                self._thread = None
            return goes_on

    def _done(self, task: Task) -> Done:
        try:
            return self._kinds[task.kind](task)
        except KnowledgeBaseError as error:
            return Done("", True, errors=(str(error),))
        except Exception as error:
            _log.exception("item %s of job %s failed", task.id, task.job)
            return Done("", True, errors=(f"程序内部错误 {type(error).__name__}，已记入日志",))

    def _beat(self, task: Task, ended: Event) -> None:
        while not ended.wait(self._lease / 4):
            try:
                self._jobs.beat(task.id, self._name, self._lease)
            except KnowledgeBaseError:
                _log.exception("lease of item %s could not be kept", task.id)
