"""Whole requests to `/api/v1/search` of a real server over a real base of the same documents."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.base import home_of
from tests.bench.corpus import percentile
from tests.bench.processes import MB, size
from tests.bench.search.peer import Question
from tests.bench.server import HOST, get, serving
from tests.bench.words import Corpus

_PATH = "/api/v1/search"
_WARM_UP = 5


def measure(corpus: Corpus, asked: Sequence[Question], folder: Path | None) -> None:
    """Prints a line for each kind of request; each question is put in all ways, one after another,
    by one client that keeps its connection. Every request brings ten facets and ten hits."""
    home = home_of(corpus, folder)
    with serving(home) as server, closing(HTTPConnection(HOST, server.port)) as connection:
        for question in asked[-_WARM_UP:]:
            _ask(connection, next(iter(_WAYS.values()))(question))
        times: dict[str, list[float]] = {way: [] for way in _WAYS}
        found = dict.fromkeys(_WAYS, 0)
        used = server.cpu_seconds()
        for question in asked:
            for way, put in _WAYS.items():
                start = time.perf_counter()
                body = _ask(connection, put(question))
                times[way].append(time.perf_counter() - start)
                found[way] += json.loads(body)["total"]
        print(f"\nGET {_PATH}, {len(asked)} requests of each kind, p50/p95 ms, mean hits:")
        for way, some in times.items():
            shown = f"{percentile(some, 0.5):.2f}/{percentile(some, 0.95):.2f}"
            print(f"  {way:28}{shown:>15}{found[way] / len(asked):>12,.1f}")
        used = (server.cpu_seconds() - used) / (len(asked) * len(_WAYS))
        print(f"  each takes {1000 * used:.1f} ms of a processor in the server")
        [memory] = server.memories()
        print(f"  the serving process: {memory}; store and index {size(home) / MB:,.0f} MB on disk")


def _ask(connection: HTTPConnection, pairs: dict[str, str]) -> bytes:
    status, body = get(connection, f"{_PATH}?{urlencode(pairs)}")
    if status != 200:
        raise SystemExit(f"{pairs}: {status} {body[:300].decode()}")
    return body


_WAYS: dict[str, Callable[[Question], dict[str, str]]] = {
    "OR of 5, the page": lambda asked: {"q": " 或 ".join(asked.words)},
    "single word": lambda asked: {"q": asked.words[0]},
    "AND of 3": lambda asked: {"q": " ".join(asked.words[:3])},
    "quotation": lambda asked: {"q": f'"{asked.words[0]}"'},
    "OR of 5 + region + year": lambda asked: {
        "q": " 或 ".join(asked.words),
        "region": "500103",
        "year": "2023",
    },
}
