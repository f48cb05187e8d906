"""What one state of the index holds, as arrays: who is live, when, filed where, with which words.

Records are numbered from 0 over all segments. A snapshot never changes and threads share it. Its
Whoosh searcher is used by one thread at a time, because two mix up each other's answers; a searcher
a thread would not do, since it opens the newest state rather than this one.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from kb.search.request import FacetName
from kb.search.whoosh.schema import WEIGHTS, weighting

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Filing:
    """One facet over all records: the pairs (record, value), sorted by value."""

    values: list[str]
    records: Numbers
    codes: Numbers

    @cached_property
    def _code(self) -> dict[str, int]:
        return {value: code for code, value in enumerate(self.values)}

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.codes, np.arange(len(self.values) + 1))

    def under(self, value: str) -> Numbers:
        """The records filed under a value."""
        code = self._code.get(value)
        if code is None:
            return self.records[:0]
        return self.records[self._starts[code] : self._starts[code + 1]]

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the masked records are filed under each value that has any."""
        counted = np.bincount(self.codes[mask[self.records]], minlength=len(self.values))
        return {self.values[code]: int(counted[code]) for code in np.flatnonzero(counted)}


@dataclass(frozen=True)
class SegmentFacts:
    """What a segment stores of its records; segments never change, so this is read once."""

    ids: list[str]
    revisions: list[int]
    days: Numbers
    filed: dict[FacetName, list[tuple[int, str]]]


class Snapshot:
    """One committed state of a Whoosh index."""

    def __init__(self, index: Any, facts: dict[str, SegmentFacts]) -> None:
        """facts: of segments seen before, by segment id; `facts` of this are those in use."""
        reader = index.reader()
        self._reader = reader
        self._searcher = Searcher(reader, weighting=weighting(), fromindex=index)
        self._one_at_a_time = threading.Lock()
        leaves = list(reader.leaf_readers()) if reader.doc_count_all() else []
        self.facts = {_segment_id(leaf): _facts(leaf, facts) for leaf, _ in leaves}
        segments = list(self.facts.values())
        self.size = sum(len(segment.ids) for segment in segments)
        self.ids = [record_id for segment in segments for record_id in segment.ids]
        self.revisions = [number for segment in segments for number in segment.revisions]
        self.days = np.concatenate([segment.days for segment in segments] or [_no_numbers()])
        self.live = np.ones(self.size, dtype=np.bool_)
        for leaf, base in leaves:
            if leaf.has_deletions():
                gone = [n for n in range(leaf.doc_count_all()) if leaf.is_deleted(n)]
                self.live[base + np.array(gone, dtype=np.int32)] = False
        self.filings = {name: _filing(segments, name) for name in FacetName}
        self.postings = lru_cache(maxsize=2048)(self._postings)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each live record by id."""
        return {self.ids[n]: int(n) for n in np.flatnonzero(self.live)}

    @cached_property
    def rank(self) -> Numbers:
        """Each record's place in the order of ids."""
        order = np.argsort(np.array(self.ids, dtype=np.str_), kind="stable")
        rank = np.empty(self.size, dtype=np.int32)
        rank[order] = np.arange(self.size, dtype=np.int32)
        return rank

    def rank_after(self, record_id: str) -> int:
        """How many ids come no later than this one, which need not be in the index."""
        return bisect_right(sorted(self.ids), record_id)

    def similar_words(self, word: str, most: int = 5) -> list[str]:
        """Words of the texts one character away, commonest first; none for a word that is there."""
        with self._one_at_a_time:
            if len(word) < 2 or ("body", word) in self._reader:
                return []
            near = {w for w in self._reader.terms_within("body", word, 1) if len(w) > 1}
            return sorted(near, key=lambda w: (-self._reader.doc_frequency("body", w), w))[:most]

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """Of many words those that tell most: the ones in the fewest texts, but in some."""
        with self._one_at_a_time:
            known = [(self._reader.doc_frequency("body", word), word) for word in words]
        return [word for frequency, word in sorted(known) if frequency][:most]

    def _postings(self, word: str) -> tuple[Numbers, Scores]:
        """The records with a word in any field, and the word's BM25F score in each."""
        scores: dict[int, float] = {}
        if not self.size:  # Whoosh takes the logarithm of the number of records
            return _no_numbers(), np.empty(0, dtype=np.float64)
        with self._one_at_a_time:
            for field, weight in WEIGHTS.items():
                for leaf, base in self._searcher.leaf_searchers():
                    try:
                        matcher = leaf.postings(field, word)
                    except TermNotFound:
                        continue
                    while matcher.is_active():
                        number = base + matcher.id()
                        scores[number] = scores.get(number, 0.0) + weight * matcher.score()
                        matcher.next()
        numbers = np.fromiter(scores.keys(), dtype=np.int32, count=len(scores))
        return numbers, np.fromiter(scores.values(), dtype=np.float64, count=len(scores))


def _facts(leaf: Any, known: dict[str, SegmentFacts]) -> SegmentFacts:
    seen = known.get(_segment_id(leaf))
    if seen is None:
        stored = [leaf.stored_fields(number) for number in range(leaf.doc_count_all())]
        filed: dict[FacetName, list[tuple[int, str]]] = {name: [] for name in FacetName}
        for number, fields in enumerate(stored):
            for name, values in fields["filed"].items():
                filed[FacetName(name)].extend((number, value) for value in values)
        seen = SegmentFacts(
            ids=[fields["id"] for fields in stored],
            revisions=[fields["revision"] for fields in stored],
            days=np.array([fields["day"] for fields in stored], dtype=np.int32),
            filed=filed,
        )
    return seen


def _segment_id(leaf: Any) -> str:
    return str(leaf.segment().segment_id())


def _filing(segments: list[SegmentFacts], name: FacetName) -> Filing:
    values: dict[str, int] = {}
    records: list[int] = []
    codes: list[int] = []
    base = 0
    for segment in segments:
        for number, value in segment.filed[name]:
            records.append(base + number)
            codes.append(values.setdefault(value, len(values)))
        base += len(segment.ids)
    order = np.argsort(np.array(codes, dtype=np.int32), kind="stable")
    return Filing(
        list(values),
        np.array(records, dtype=np.int32)[order],
        np.array(codes, dtype=np.int32)[order],
    )


def _no_numbers() -> Numbers:
    return np.empty(0, dtype=np.int32)
