"""bm25s: scores of every document by a product of sparse arrays; filters and facets by numpy.

It offers no phrase, no highlighter, and no query that asks for each of several words.
"""

from __future__ import annotations

import json
from pathlib import Path

import bm25s
import numpy as np

from kb.search.request import FacetName
from tests.bench.filing import FACETS, filing
from tests.bench.search.peer import Answer, Entrant, Question
from tests.bench.words import Corpus


def build(folder: Path, corpus: Corpus) -> None:
    vocabulary = {word: code for code, word in enumerate(corpus.segmented.vocabulary)}
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    ids = [corpus.ids(number) for number in range(len(corpus))]
    retriever.index((ids, vocabulary), create_empty_token=False, show_progress=False)
    retriever.save(folder / "bm25s", show_progress=False)
    for name in FACETS:
        values: dict[str, int] = {}
        pairs = [
            (number, values.setdefault(value, len(values)))
            for number in range(len(corpus))
            for value in filing(number).values[name]
        ]
        np.save(folder / f"{name}.npy", np.array(pairs, dtype=np.int32).T.copy())
        (folder / f"{name}.json").write_text(json.dumps(list(values), ensure_ascii=False), "utf-8")


class Bm25s:
    def __init__(self, folder: Path, documents: int) -> None:
        self._retriever = bm25s.BM25.load(folder / "bm25s", show_progress=False)
        self._documents = documents
        self._pairs = {name: np.load(folder / f"{name}.npy") for name in FACETS}
        self._values = {name: json.loads((folder / f"{name}.json").read_text()) for name in FACETS}

    def ask(self, question: Question) -> Answer | None:
        if question.quoted or question.every or question.passages:
            return None
        scores = self._retriever.get_scores(list(question.words))
        if question.region:
            scores = np.where(self._in(question.region), scores, 0)
        matched = scores > 0  # idf in this variant is never zero
        bm25s.selection.topk(scores, k=min(10, self._documents), backend="numpy", sorted=True)
        counts = {name: self._count(name, matched) for name in FACETS} if question.facets else None
        return Answer(int(matched.sum()), counts)

    def _in(self, region: str) -> np.ndarray:
        documents, codes = self._pairs[FacetName.REGION]
        mask = np.zeros(self._documents, dtype=bool)
        mask[documents[codes == self._values[FacetName.REGION].index(region)]] = True
        return mask

    def _count(self, name: FacetName, matched: np.ndarray) -> dict[str, int]:
        documents, codes = self._pairs[name]
        values = self._values[name]
        counted = np.bincount(codes[matched[documents]], minlength=len(values))
        return {values[code]: int(counted[code]) for code in np.flatnonzero(counted)}


ENTRANT = Entrant("bm25s", Bm25s, build, "numpy backend; facets and filters by numpy")
