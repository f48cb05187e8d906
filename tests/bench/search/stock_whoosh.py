"""Whoosh as it comes: BM25F, positions kept, facets by `groupedby`, its own highlighter.

Ranked exhaustively (`limit=None`), which is the only way in which its counts and its best ten are
exact; and by its default, `limit=10`, which stops early and may miss some of the best.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from whoosh import analysis, fields, index, query, sorting

from kb.search.request import FacetName
from tests.bench.filing import FACETS, filing
from tests.bench.search.peer import Answer, Entrant, Peer, Question
from tests.bench.words import Corpus

_MEGABYTES = 512


def build(folder: Path, corpus: Corpus) -> None:
    words = analysis.SpaceSeparatedTokenizer()
    filed = {name.value: fields.KEYWORD(sortable=name is not FacetName.STATUTE) for name in FACETS}
    schema = fields.Schema(body=fields.TEXT(analyzer=words, phrase=True, stored=True), **filed)
    writer = index.create_in(folder, schema).writer(limitmb=_MEGABYTES)
    for number, found in enumerate(corpus.all_words()):
        values = {name.value: " ".join(v) for name, v in filing(number).values.items()}
        writer.add_document(body=" ".join(found), **values)
    writer.commit()


class StockWhoosh:
    def __init__(self, limit: int | None, folder: Path, documents: int) -> None:
        self._limit = limit
        self._searcher = index.open_dir(folder).searcher()
        if self._searcher.doc_count() != documents:
            raise SystemExit(f"Whoosh holds {self._searcher.doc_count()} documents")

    def ask(self, question: Question) -> Answer:
        if question.quoted:
            wanted = query.Phrase("body", list(question.words))
        else:
            terms = [query.Term("body", word) for word in question.words]
            wanted = query.And(terms) if question.every else query.Or(terms)
        results = self._searcher.search(
            wanted,
            limit=self._limit,
            filter=query.Term("region", question.region) if question.region else None,
            groupedby=_grouping() if question.facets else None,
        )
        shown = 0
        if question.passages:
            shown = sum("<b" in hit.highlights("body", top=1) for hit in results[:10])
        counts = None
        if question.facets:
            counts = {name: results.groups(name.value) for name in FACETS}
        return Answer(len(results) if self._limit is None or counts else None, counts, shown)


def _grouping() -> sorting.Facets:
    facets = sorting.Facets()
    for name in FACETS:
        several = name is FacetName.STATUTE
        counted = sorting.FieldFacet(name.value, allow_overlap=several, maptype=sorting.Count)
        facets.add_facet(name.value, counted)
    return facets


def _opening(limit: int | None) -> Callable[[Path, int], Peer]:
    return partial(StockWhoosh, limit)


EXACT = Entrant("Whoosh, exact", _opening(None), build, "limit=None: every hit is scored")
DEFAULT = Entrant("Whoosh, limit=10", _opening(10), None, "its default", same_as=EXACT.name)
