"""A process that publishes and withdraws records while others read, and says when it did."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from kb.model import Source
from tests.bench.base import open_base, record
from tests.bench.words import Corpus

REASON = "测速撤回"
_MOST_LIVE = 20
_spawn = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Change:
    """Of one record: what it says, and from when to when it was on its way in or out, in seconds of
    the machine's own clock. id: "" while it is not known yet."""

    number: int
    id: str
    text: str
    published: bool
    begun: float
    done: float


class Writer:
    """Makes so many changes a second until it is stopped. changes: those that are done so far."""

    def __init__(self, home: Path, corpus: Corpus, changes_a_second: float) -> None:
        self._pipe, theirs = _spawn.Pipe()
        self._process = _spawn.Process(
            target=_write, args=(home, corpus.count, changes_a_second, theirs)
        )
        self._process.start()
        theirs.close()
        self._pipe.recv()
        self.changes: list[Change] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def stop(self) -> None:
        self._pipe.send(None)
        self._listener.join()
        self._process.join()

    def _listen(self) -> None:
        while (change := self._pipe.recv()) is not None:
            self.changes.append(change)


def histories(changes: list[Change]) -> dict[int, list[Change]]:
    """The changes of each record, in order."""
    found: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.number].append(change)
    return found


def marker(number: int) -> str:
    """What no other record says."""
    return f"新近发布第{number}号示例"


def _write(home: Path, documents: int, changes_a_second: float, pipe: Connection) -> None:
    base, corpus, draw = open_base(home), Corpus(documents), random.Random(13)
    live: dict[int, tuple[str, str]] = {}
    number, due = documents, time.monotonic()
    pipe.send(None)
    while not pipe.poll(max(0.0, due - time.monotonic())):
        due += 1 / changes_a_second
        begun = time.monotonic()
        if live and (len(live) > _MOST_LIVE or draw.random() < 0.4):
            gone = draw.choice(list(live))
            identity, text = live.pop(gone)
            base.withdraw(identity, REASON, "bench")
            pipe.send(Change(gone, identity, text, False, begun, time.monotonic()))
            continue
        text = f"{marker(number)}。\n{corpus.text(draw.randrange(documents))}"
        content = record(number, text)
        source = Source(origin=f"new/{number}", sha256=f"{number:064}", media="jsonl", text="")
        added = base.submit(source, (content,), parser="bench", publish=True).added
        base.index_changes()
        live[number] = (added[0], content.text)
        pipe.send(Change(number, added[0], content.text, True, begun, time.monotonic()))
        number += 1
    pipe.send(None)
