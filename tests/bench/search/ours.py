"""This engine, asked as `kb.service` asks it; texts for passages come from a SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from kb.model import Content, Kind, Role, Section, Span
from kb.search.engine import IndexDocument, Key
from kb.search.excerpt import excerpts
from kb.search.highlight import asked, located
from kb.search.query import And, Node, Or, Quoted, Words
from kb.search.request import FacetName, Sort
from kb.search.whoosh.engine import WhooshEngine
from kb.text.normalise import fold_text
from tests.bench.filing import FACETS, filing
from tests.bench.search.peer import Answer, Entrant, Question
from tests.bench.words import Corpus

_ROLES = (Role.FACTS, Role.REVIEW, Role.SIGNIFICANCE)


def build(folder: Path, corpus: Corpus) -> None:
    texts = sqlite3.connect(folder / "texts.db")
    texts.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT)")
    with texts:
        rows = ((record_id(n), corpus.text(n)) for n in range(len(corpus)))
        texts.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    texts.close()
    WhooshEngine(folder / "index", "bench").rebuild(documents(corpus))


def documents(corpus: Corpus) -> Iterator[IndexDocument]:
    for number, words in enumerate(corpus.all_words()):
        filed = filing(number)
        yield IndexDocument(
            id=record_id(number),
            words={"title": [], "body": words},
            texts=[fold_text(corpus.text(number))],
            filed=filed.values,
            day=filed.decided.toordinal(),
        )


def record_id(number: int) -> str:
    return f"d{number:06}"


class Ours:
    def __init__(self, folder: Path, documents: int) -> None:
        self._engine = WhooshEngine(folder / "index", "bench")
        self._texts = sqlite3.connect(folder / "texts.db")
        if self._engine.stats().documents != documents:
            raise SystemExit(f"this engine holds {self._engine.stats().documents} documents")

    def ask(self, question: Question) -> Answer:
        node = _node(question)
        filters = {FacetName.REGION: frozenset({question.region})} if question.region else {}
        found = self._engine.search(
            node,
            filters,
            sort=Sort.RELEVANCE,
            start=0,
            after=None,
            size=10,
            facets=FACETS if question.facets else (),
        )
        shown = self._passages(node, found.hits) if question.passages else 0
        return Answer(found.total, found.counts if question.facets else None, shown)

    def _passages(self, node: Node, hits: Sequence[Key]) -> int:
        ids = [key.id for key in hits]
        sql = f"SELECT text FROM texts WHERE id IN ({','.join('?' * len(ids))})"
        sought = asked(node)
        shown = 0
        for (text,) in self._texts.execute(sql, ids):
            passages = excerpts(_content(text), sought, located(text, sought.wanted), most=1)
            shown += any(passage.marks for passage in passages)
        return shown


def _node(question: Question) -> Node:
    if question.quoted:
        return Quoted(question.quoted)
    words = tuple(Words("", (word,)) for word in question.words)
    return And(words) if question.every else Or(words)


def _content(text: str) -> Content:
    """A text as a record of three sections."""
    ends = [text.find("\n", len(text) * part // 3) + 1 or len(text) for part in (1, 2)]
    spans = [Span(start, end) for start, end in pairwise((0, *ends, len(text)))]
    sections = tuple(
        Section(role, "", span, span) for role, span in zip(_ROLES, spans, strict=True)
    )
    return Content(kind=Kind.TYPICAL_CASE, title="", text=text, sections=sections)


ENTRANT = Entrant("this engine", Ours, build, "kb.search, passages by kb.search.excerpt")
