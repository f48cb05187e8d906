"""SQLite FTS5, as it was found quickest of a dozen ways to ask it.

The text is outside the index, which is merged to one piece; words are parted by the `ascii`
tokenizer. What a query finds goes once, with its rank, into a temporary table in memory, from which
come the count and the best ten. A filter is one more word of the query, in a column of its own: it
takes an eighth of what a CROSS JOIN takes. Facets are counted by going through a table ordered by
value, looking up what was found; few hits look up their values instead.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.search.request import FacetName
from tests.bench.filing import FACETS, filing
from tests.bench.search.peer import Answer, Entrant, Question
from tests.bench.words import Corpus

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE stored (id INTEGER PRIMARY KEY, body TEXT, region TEXT);
CREATE VIRTUAL TABLE docs USING fts5(
    body, region, content='stored', content_rowid='id', tokenize="ascii tokenchars '.%'"
);
CREATE TABLE value (code INTEGER PRIMARY KEY, facet TEXT, value TEXT);
CREATE TABLE filed (code INTEGER, id INTEGER, PRIMARY KEY (code, id)) WITHOUT ROWID;
CREATE TABLE filing (id INTEGER, code INTEGER, PRIMARY KEY (id, code)) WITHOUT ROWID;
"""
_READING = """
PRAGMA cache_size = -1000000;
PRAGMA mmap_size = 8000000000;
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, rank REAL);
"""
_FEW = 20


def build(folder: Path, corpus: Corpus) -> None:
    db = sqlite3.connect(folder / "fts5.db")
    db.executescript(_SCHEMA)
    codes: dict[tuple[FacetName, str], int] = {}
    with db:
        for number, words in enumerate(corpus.all_words()):
            values = filing(number).values
            [region] = values[FacetName.REGION]
            row = (number, " ".join(words), f"r{region}")
            db.execute("INSERT INTO stored VALUES (?, ?, ?)", row)
            db.execute("INSERT INTO docs (rowid, body, region) VALUES (?, ?, ?)", row)
            filed = [
                (codes.setdefault((name, value), len(codes)), number)
                for name in FACETS
                for value in values[name]
            ]
            db.executemany("INSERT INTO filing (code, id) VALUES (?, ?)", filed)
        names = [(code, facet.value, value) for (facet, value), code in codes.items()]
        db.executemany("INSERT INTO value VALUES (?, ?, ?)", names)
        db.execute("INSERT INTO filed SELECT code, id FROM filing ORDER BY code, id")
        db.execute("INSERT INTO docs (docs) VALUES ('optimize')")
    db.execute("ANALYZE")
    db.commit()
    db.close()


class Fts5:
    def __init__(self, folder: Path, documents: int) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")
        self._db.executescript(_READING)
        self._few = documents // _FEW
        self._values = {
            code: (FacetName(facet), value)
            for code, facet, value in self._db.execute("SELECT code, facet, value FROM value")
        }

    def ask(self, question: Question) -> Answer:
        match = _match(question)
        self._db.execute("DELETE FROM hit")
        found = self._db.execute(
            "INSERT INTO hit SELECT rowid, rank FROM docs"
            " WHERE docs MATCH ? AND rank MATCH 'bm25(1.0, 0.0)'",
            (match,),
        ).rowcount
        best = self._db.execute("SELECT id FROM hit ORDER BY rank LIMIT 10").fetchall()
        counts = self._counts(found) if question.facets else None
        shown = sum("[" in self._snippet(match, n) for (n,) in best) if question.passages else 0
        return Answer(found, counts, shown)

    def _counts(self, found: int) -> dict[FacetName, dict[str, int]]:
        table = "filing" if found < self._few else "filed"
        joined = "hit CROSS JOIN filing" if found < self._few else "filed CROSS JOIN hit"
        sql = f"SELECT code, count(*) FROM {joined} ON hit.id = {table}.id GROUP BY code"
        counts: dict[FacetName, dict[str, int]] = {name: {} for name in FACETS}
        for code, count in self._db.execute(sql):
            name, value = self._values[code]
            counts[name][value] = count
        return counts

    def _snippet(self, match: str, number: int) -> str:
        sql = "SELECT snippet(docs, 0, '[', ']', '', 40) FROM docs WHERE docs MATCH ? AND rowid = ?"
        [snippet] = self._db.execute(sql, (match, number)).fetchone()
        return str(snippet)


def _match(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    if question.quoted:
        match = '"' + " ".join(question.words) + '"'
    else:
        match = (" AND " if question.every else " OR ").join(words)
    match = f"body : ({match})"
    return f"region : r{question.region} AND {match}" if question.region else match


ENTRANT = Entrant(
    "SQLite FTS5", Fts5, build, "temporary table of hits, filters as words, snippet()"
)
