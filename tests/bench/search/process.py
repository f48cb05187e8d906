"""An engine in a process of its own, so that none bears another's memory or waits for its lock."""

from __future__ import annotations

import json
import multiprocessing
import time
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.bench.processes import Memory, memory, size
from tests.bench.search.entrants import ENTRANTS
from tests.bench.search.peer import Answer, Question
from tests.bench.words import Corpus

_spawn = multiprocessing.get_context("spawn")
_BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Built:
    """An index. peak: the most memory that making it took; both in bytes. kept: from before."""

    documents_a_second: float
    bytes: int
    peak: int
    kept: bool = False


def built(name: str, folder: Path, documents: int, *, keep: bool) -> Built:
    """Makes the index of an entrant, unless it is to be kept and stands there already."""
    done = folder / _BUILT
    if keep and done.exists():
        return Built(**json.loads(done.read_text()) | {"kept": True})
    folder.mkdir(parents=True, exist_ok=True)
    ours, theirs = _spawn.Pipe()
    process = _spawn.Process(target=_build, args=(name, folder, documents, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        seconds, peak = ours.recv()
    except EOFError:
        raise SystemExit(f"{ENTRANTS[name].name} could not make its index") from None
    process.join()
    made = Built(documents / seconds, size(folder), peak)
    done.write_text(json.dumps(asdict(made)))
    return made


class Asked:
    """An open index that answers questions."""

    def __init__(self, name: str, folder: Path, documents: int) -> None:
        self.name = ENTRANTS[name].name
        self._pipe, theirs = _spawn.Pipe()
        self._process = _spawn.Process(
            target=_serve, args=(name, folder, documents, theirs), daemon=True
        )
        self._process.start()
        theirs.close()

    def ask(self, question: Question) -> tuple[float, Answer | None]:
        """The seconds that it took there, and the answer."""
        self._pipe.send(question)
        found: tuple[float, Answer | None] = self._received()
        return found

    def memory(self) -> Memory:
        self._pipe.send(None)
        found: Memory = self._received()
        return found

    def close(self) -> None:
        self._pipe.close()
        self._process.join()

    def _received(self):  # type: ignore[no-untyped-def]
        try:
            return self._pipe.recv()
        except EOFError:
            raise SystemExit(f"{self.name} ended; its error stands above") from None


def _build(name: str, folder: Path, documents: int, pipe: Connection) -> None:
    build, corpus = ENTRANTS[name].build, Corpus(documents)
    assert build is not None
    corpus.words(0)
    start = time.perf_counter()
    build(folder, corpus)
    pipe.send((time.perf_counter() - start, memory().peak))


def _serve(name: str, folder: Path, documents: int, pipe: Connection) -> None:
    peer = ENTRANTS[name].open(folder, documents)
    while True:
        try:
            question = pipe.recv()
        except EOFError:
            return
        if question is None:
            pipe.send(memory())
            continue
        start = time.perf_counter()
        answer = peer.ask(question)
        pipe.send((time.perf_counter() - start, answer))
