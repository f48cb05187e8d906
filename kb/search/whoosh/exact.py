"""The lossless index: every quotation of two or more characters is found, in SQLite's FTS5.

Each record's folded text is kept whole, with the pairs of neighbouring characters it holds as an
FTS5 index beside it. A quotation's pairs give the candidates and the text itself decides, so that
nothing is missed and nothing wrong is found. SQLite commits whole or not at all.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from kb.errors import IndexUnavailable
from kb.text.exact import BREAK, NUMBER_CLOSE, NUMBER_OPEN, Needle, numbered

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, plain TEXT NOT NULL, numbered TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS pairs
USING fts5(pair, content='', detail='none', columnsize=0, tokenize='ascii');
"""
# FTS5's ascii tokenizer parts words at ASCII punctuation and takes every other character as part
# of a word; ASCII moved to the private-use area is therefore indexed like any character.
_SHIFT = {code: 0xF000 + code for code in range(128)}
# A quotation's candidates are few after its rarest pairs; more of them only cost time.
_MOST_PAIRS = 24


class ExactIndex:
    """The folded texts of records by id. One connection a thread; a writer and readers together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def create(self) -> None:
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)

    def write(
        self, texts: Iterable[tuple[str, Sequence[str]]], removed: Iterable[str] = ()
    ) -> None:
        """Stores the folded parts of each record (id, parts) and forgets the removed ids, in one
        transaction. A record known by that id is replaced."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for record_id in removed:
                _forget(connection, record_id)
            for record_id, parts in texts:
                _forget(connection, record_id)
                plain = BREAK.join(parts)
                with_numbers = numbered(plain)
                number = connection.execute(
                    "INSERT INTO texts (id, plain, numbered) VALUES (?, ?, ?)",
                    (record_id, plain, with_numbers),
                ).lastrowid
                connection.execute(
                    "INSERT INTO pairs (rowid, pair) VALUES (?, ?)",
                    (number, _pairs_text(plain, with_numbers)),
                )

    def find(self, wanted: Needle) -> list[str]:
        """The ids of the records in which the quotation stands."""
        found: dict[str, None] = {}
        for form, column in ((wanted.plain, "plain"), (wanted.numbered, "numbered")):
            if form:
                found |= dict.fromkeys(self._find(form, column))
        return list(found)

    def ids(self) -> set[str]:
        return {row[0] for row in self._connection().execute("SELECT id FROM texts")}

    def merge(self) -> None:
        """Makes one piece of what many writes left in many; after a rebuild."""
        with self._connection() as connection:
            connection.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")

    def close(self) -> None:
        """Closes this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _find(self, form: str, column: str) -> list[str]:
        pairs = sorted(_pairs(form))
        connection = self._connection()
        if not pairs:  # one character: there is no pair to ask for
            sql = f"SELECT id FROM texts WHERE instr({column}, ?)"
            return [row[0] for row in connection.execute(sql, (form,))]
        step = max(1, len(pairs) // _MOST_PAIRS)
        match = " AND ".join(f'"{pair}"' for pair in pairs[::step])
        certain = len(_symbols(form)) == 2  # a single pair stands wherever it is indexed
        test = "" if certain else f" AND instr(texts.{column}, ?)"
        sql = (
            "SELECT texts.id FROM pairs CROSS JOIN texts ON texts.number = pairs.rowid"
            f" WHERE pairs MATCH ?{test}"
        )
        parameters = (match,) if certain else (match, form)
        return [row[0] for row in connection.execute(sql, parameters)]

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = sqlite3.connect(self._path, timeout=30)
                connection.execute("PRAGMA synchronous = FULL")
            except sqlite3.Error as error:
                raise IndexUnavailable(f"无法打开索引 {self._path}：{error}") from error
            self._local.connection = connection
        return connection


def _forget(connection: sqlite3.Connection, record_id: str) -> None:
    row = connection.execute(
        "SELECT number, plain, numbered FROM texts WHERE id = ?", (record_id,)
    ).fetchone()
    if row is not None:
        connection.execute(
            "INSERT INTO pairs (pairs, rowid, pair) VALUES ('delete', ?, ?)",
            (row[0], _pairs_text(row[1], row[2])),
        )
        connection.execute("DELETE FROM texts WHERE number = ?", (row[0],))


def _pairs_text(plain: str, with_numbers: str) -> str:
    return " ".join(sorted(_pairs(plain) | _pairs(with_numbers)))


def _pairs(form: str) -> set[str]:
    """Every two neighbouring symbols; a number is one symbol, and stands by itself as well."""
    symbols = _symbols(form.translate(_SHIFT))
    numbers = {symbol for symbol in symbols if len(symbol) > 1}
    return numbers | {a + b for a, b in pairwise(symbols)}


def _symbols(form: str) -> list[str]:
    """A form's characters, a whole number counting as one."""
    if NUMBER_OPEN not in form:
        return list(form)
    symbols: list[str] = []
    for piece in form.split(NUMBER_OPEN):
        digits, close, rest = piece.partition(NUMBER_CLOSE)
        if close:
            symbols.append(NUMBER_OPEN + digits + NUMBER_CLOSE)
            symbols += rest
        else:
            symbols += digits
    return symbols
