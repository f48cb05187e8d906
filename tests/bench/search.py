"""Search times beside stock Whoosh and SQLite FTS5, in one run, on the same words.

    python -m tests.bench.search --docs 2000

Prints p50 and p95 in milliseconds of each kind of query for each engine, and the peers' p95 as
multiples of ours. Times of different runs are not comparable; the multiples are.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from whoosh import fields, index, query, scoring

from kb.search.engine import IndexDocument
from kb.search.query import And, Or, Quoted, Words
from kb.search.request import FacetName, Sort
from kb.search.whoosh.engine import WhooshEngine
from kb.search.whoosh.schema import Segmented
from kb.text.normalise import fold_text
from kb.text.segment import stop_words, words
from tests.bench.corpus import documents, percentile

REGIONS = [f"5101{n:02}" for n in range(4, 24)]


class Ours:
    name = "this engine"

    def __init__(self, folder: Path, docs: list[IndexDocument]) -> None:
        self._engine = WhooshEngine(folder / "ours", "bench")
        self._engine.rebuild(docs)

    def _run(self, node: object, filters: dict[FacetName, frozenset[str]], facets: bool) -> int:
        return self._engine.search(
            node,  # type: ignore[arg-type]
            filters,
            sort=Sort.RELEVANCE,
            start=0,
            after=None,
            size=10,
            facets=tuple(FacetName) if facets else (),
        ).total

    def any(self, asked: list[str], region: str = "", facets: bool = False) -> int:
        filters = {FacetName.REGION: frozenset({region})} if region else {}
        return self._run(Or(tuple(Words("", (word,)) for word in asked)), filters, facets)

    def all(self, asked: list[str]) -> int:
        return self._run(And(tuple(Words("", (word,)) for word in asked)), {}, False)

    def phrase(self, quoted: str) -> int:
        return self._run(Quoted(quoted), {}, False)


class StockWhoosh:
    name = "stock Whoosh"

    def __init__(self, folder: Path, docs: list[IndexDocument]) -> None:
        (folder / "whoosh").mkdir()
        schema = fields.Schema(
            id=fields.ID(stored=True),
            body=fields.TEXT(analyzer=Segmented(), phrase=True),
            region=fields.ID(sortable=True),
        )
        self._index = index.create_in(folder / "whoosh", schema)
        writer = self._index.writer(limitmb=256)
        for doc in docs:
            writer.add_document(
                id=doc.id, body=list(doc.words["body"]), region=doc.filed[FacetName.REGION][0]
            )
        writer.commit()
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def any(self, asked: list[str], region: str = "", facets: bool = False) -> int:
        wanted = query.Or([query.Term("body", word) for word in asked])
        chosen = query.Term("region", region) if region else None
        grouped = "region" if facets else None
        return len(self._searcher.search(wanted, limit=None, filter=chosen, groupedby=grouped))

    def all(self, asked: list[str]) -> int:
        wanted = query.And([query.Term("body", word) for word in asked])
        return len(self._searcher.search(wanted, limit=None))

    def phrase(self, quoted: str) -> int:
        wanted = query.Phrase("body", words(fold_text(quoted)))
        return len(self._searcher.search(wanted, limit=None))


class Fts5:
    name = "SQLite FTS5"

    def __init__(self, folder: Path, docs: list[IndexDocument]) -> None:
        self._db = sqlite3.connect(folder / "fts.db")
        self._db.execute("CREATE VIRTUAL TABLE docs USING fts5(body)")
        self._db.execute("CREATE TABLE filed (id INTEGER PRIMARY KEY, region TEXT)")
        with self._db:
            for number, doc in enumerate(docs, 1):
                body = " ".join(doc.words["body"])
                self._db.execute("INSERT INTO docs (rowid, body) VALUES (?, ?)", (number, body))
                region = doc.filed[FacetName.REGION][0]
                self._db.execute("INSERT INTO filed VALUES (?, ?)", (number, region))
        self._db.execute("INSERT INTO docs (docs) VALUES ('optimize')")

    def _run(self, match: str, region: str = "", facets: bool = False) -> int:
        join = " CROSS JOIN filed ON filed.id = docs.rowid" if region or facets else ""
        where = " AND filed.region = ?" if region else ""
        values = (match, region) if region else (match,)
        sql = f"SELECT docs.rowid FROM docs{join} WHERE docs MATCH ?{where}"
        self._db.execute(f"{sql} ORDER BY bm25(docs) LIMIT 10", values).fetchall()
        if facets:
            sql = f"SELECT region, count(*) FROM docs{join} WHERE docs MATCH ? GROUP BY region"
            return sum(row[1] for row in self._db.execute(sql, (match,)))
        sql = f"SELECT count(*) FROM docs{join} WHERE docs MATCH ?{where}"
        return int(self._db.execute(sql, values).fetchone()[0])

    def any(self, asked: list[str], region: str = "", facets: bool = False) -> int:
        return self._run(" OR ".join(f'"{word}"' for word in asked), region, facets)

    def all(self, asked: list[str]) -> int:
        return self._run(" AND ".join(f'"{word}"' for word in asked))

    def phrase(self, quoted: str) -> int:
        return self._run('"' + " ".join(words(fold_text(quoted))) + '"')


Peer = Ours | StockWhoosh | Fts5
Ask = Callable[[Peer], int]


def prepare(count: int) -> tuple[list[str], list[IndexDocument]]:
    texts = list(documents(count))
    draw = random.Random(3)
    prepared = [
        IndexDocument(
            id=f"d{number:06}",
            words={"title": [], "body": words(fold_text(text))},
            texts=[fold_text(text)],
            filed={
                FacetName.REGION: [draw.choice(REGIONS)],
                FacetName.YEAR: [str(2019 + number % 8)],
            },
            day=730_000 + number % 3000,
        )
        for number, text in enumerate(texts)
    ]
    return texts, prepared


def questions(texts: list[str], docs: list[IndexDocument], count: int) -> dict[str, list[Ask]]:
    """The same queries for every engine, drawn from the documents themselves."""
    draw = random.Random(11)
    stop = stop_words()

    def some(number: int) -> list[str]:
        telling = [w for w in draw.choice(docs).words["body"] if len(w) > 1 and w not in stop]
        return draw.sample(telling, number)

    def quoted() -> str:
        text = draw.choice(texts)
        start = draw.randrange(len(text) - 12)
        return text[start : start + draw.randrange(4, 12)].replace("\n", "")

    def many(make: Callable[[], Ask]) -> list[Ask]:
        return [make() for _ in range(count)]

    return {
        "single word": many(lambda: partial(any_of, some(1))),
        "OR of 5": many(lambda: partial(any_of, some(5))),
        "AND of 3": many(lambda: partial(all_of, some(3))),
        "quoted phrase": many(lambda: partial(phrase, quoted())),
        "OR + filter": many(lambda: partial(any_in, some(5), draw.choice(REGIONS))),
        "OR + facets": many(lambda: partial(any_counted, some(5))),
    }


def any_of(asked: list[str], peer: Peer) -> int:
    return peer.any(asked)


def all_of(asked: list[str], peer: Peer) -> int:
    return peer.all(asked)


def phrase(quoted: str, peer: Peer) -> int:
    return peer.phrase(quoted)


def any_in(asked: list[str], region: str, peer: Peer) -> int:
    return peer.any(asked, region)


def any_counted(asked: list[str], peer: Peer) -> int:
    return peer.any(asked, facets=True)


def measure(peer: Peer, asked: list[Ask]) -> tuple[float, float]:
    asked[0](peer)
    times = []
    for ask in asked:
        start = time.perf_counter()
        ask(peer)
        times.append(time.perf_counter() - start)
    return percentile(times, 0.5), percentile(times, 0.95)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--queries", type=int, default=60)
    options = parser.parse_args()
    texts, docs = prepare(options.docs)
    with tempfile.TemporaryDirectory() as temporary:
        peers: list[Peer] = []
        for make in (Ours, StockWhoosh, Fts5):
            start = time.perf_counter()
            peers.append(make(Path(temporary), docs))
            rate = options.docs / (time.perf_counter() - start)
            print(f"{make.name}: indexed {rate:,.0f} documents/s from words")
        print(f"\n{'p50/p95 ms':16}" + "".join(f"{peer.name:>20}" for peer in peers))
        for row, asked in questions(texts, docs, options.queries).items():
            results = [measure(peer, asked) for peer in peers]
            shown = "".join(f"{f'{p50:.2f}/{p95:.2f}':>20}" for p50, p95 in results)
            ours = results[0][1]
            ratios = ", ".join(
                f"{peer.name} x{p95 / ours:.1f}"
                for peer, (_, p95) in list(zip(peers, results, strict=True))[1:]
            )
            print(f"{row:16}{shown}   p95: {ratios}")


if __name__ == "__main__":
    main()
