"""Clients that ask at a steady rate, however long the answers take, and keep every answer."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.bench.server import HOST, get
from tests.bench.serving.writer import Change, marker
from tests.bench.words import Corpus

REGION, YEAR = "500103", "2023"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. quoted: what must stand in a record, all of it or any of it. filtered: only those
    of REGION and YEAR. about: the number of the one record asked for. page: as HTML."""

    quoted: tuple[str, ...] = ()
    every: bool = True
    filtered: bool = False
    about: int = -1
    page: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer. due: when it should have been asked; begun and done: when it was asked and when
    the answer had come, all in seconds of the machine's own clock. status: 0 for none."""

    asked: Asked
    due: float
    begun: float
    done: float
    status: int
    body: bytes


Ask = Callable[[random.Random, Sequence[Change]], Asked]


def searches(corpus: Corpus, words: Callable[[random.Random, int], list[str]]) -> list[Asked]:
    """Some hundreds of searches of every kind. words: draws that many which mean themselves."""
    draw = random.Random(17)
    made = []
    for _ in range(80):
        text = corpus.text(draw.randrange(len(corpus))).split("\n")
        sentence = draw.choice(text)
        start = draw.randrange(max(1, len(sentence) - 12))
        quoted = (sentence[start : start + draw.randrange(3, 12)],)
        several, few = tuple(words(draw, 4)), tuple(words(draw, 2))
        made += [
            _search(quoted, f'"{quoted[0]}"'),
            _search(several[:1], several[0]),
            _search(few, " ".join(few)),
            _search(several, " 或 ".join(several), every=False),
            _search(several, " 或 ".join(several), every=False, filtered=True),
            _search(few, " ".join(few), page=True),
        ]
    return made


def any_of(made: Sequence[Asked]) -> Ask:
    """Mostly these; now and then a record published lately, or what only that one says."""

    def ask(draw: random.Random, changes: Sequence[Change]) -> Asked:
        if not changes or draw.random() < 0.75:
            return draw.choice(made)
        lately = draw.choice(changes[-30:])
        if draw.random() < 0.5:
            quoted = marker(lately.number)
            return _search((quoted,), f'"{quoted}"')
        page = draw.random() < 0.5
        path = f"/cases/{lately.id}" if page else f"/api/v1/cases/{lately.id}"
        return Asked(about=lately.number, page=page, path=path)

    return ask


def run(
    port: int, clients: int, rate: float, seconds: float, ask: Ask, changes: Sequence[Change]
) -> list[Told]:
    """So many requests a second from so many clients, each of which keeps its connection."""
    told: list[list[Told]] = [[] for _ in range(clients)]
    start = time.monotonic() + 0.5

    def client(place: int) -> None:
        draw, connection = random.Random(place), HTTPConnection(HOST, port, timeout=60)
        for turn in range(place, int(rate * seconds), clients):
            due = start + turn / rate
            time.sleep(max(0.0, due - time.monotonic()))
            asked, begun = ask(draw, changes), time.monotonic()
            try:
                status, body = get(connection, asked.path)
            except (OSError, HTTPException) as error:
                status, body = 0, repr(error).encode()
                connection.close()
            told[place].append(Told(asked, due, begun, time.monotonic(), status, body))
        connection.close()

    threads = [threading.Thread(target=client, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for some in told for one in some]


def _search(
    quoted: tuple[str, ...],
    typed: str,
    *,
    every: bool = True,
    filtered: bool = False,
    page: bool = False,
) -> Asked:
    pairs = {"q": typed, "synonyms": "off"}
    if filtered:
        pairs |= {"region": REGION, "year": YEAR}
    path = f"{'/search' if page else '/api/v1/search'}?{urlencode(pairs)}"
    return Asked(quoted, every, filtered, page=page, path=path)
