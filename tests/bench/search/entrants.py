"""Who takes part, by the name to ask for them with `--peers`."""

from __future__ import annotations

from tests.bench.search import bm25, fts5, ours, rust, stock_whoosh
from tests.bench.search.peer import Entrant

ENTRANTS: dict[str, Entrant] = {
    "ours": ours.ENTRANT,
    "whoosh": stock_whoosh.EXACT,
    "whoosh10": stock_whoosh.DEFAULT,
    "fts5": fts5.ENTRANT,
    "bm25s": bm25.ENTRANT,
    "tantivy": rust.ENTRANT,
}
