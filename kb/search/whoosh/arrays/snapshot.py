"""One state of the index: its segments as one, with what only their sum can tell.

Records are numbered from 0 over all segments. A snapshot never changes, and threads share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.loops import Mask, Scores, add_to, add_words, mark
from kb.search.whoosh.arrays.postings import Numbers, Weights
from kb.search.whoosh.arrays.segment import Segment
from kb.search.whoosh.lengths import LENGTHS
from kb.search.whoosh.schema import BODY, FIELDS, K1, WEIGHTS, B
from kb.text.exact import Needle

# Of a Chinese character in UTF-8.
_BYTES = 3
# Where so many words stand is remembered.
_MOST_WORDS = 4096

Scalar = TypeVar("Scalar", bound=np.generic)
Found = NDArray[np.int64]


class Part(NamedTuple):
    """A segment's place in the snapshot: its records are numbered from base to before end."""

    segment: Segment
    base: int
    end: int

    def of(self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """What an array over all records says of its own."""
        return array[self.base : self.end]


class _Standing(NamedTuple):
    """The records of a part in which a word stands, and its weight in each (`FieldWords`)."""

    part: Part
    records: Numbers
    weights: Weights


class Snapshot:
    """live: for each segment a mask of the records that are not deleted, or None if all live."""

    def __init__(self, segments: Sequence[tuple[Segment, Mask | None]]) -> None:
        self.parts: list[Part] = []
        base = 0
        for segment, _ in segments:
            self.parts.append(Part(segment, base, base + segment.size))
            base += segment.size
        self.size = base
        self._known: dict[tuple[str, str], list[_Standing]] = {}
        self.live = np.ones(base, dtype=np.bool_)
        for part, (_, live) in zip(self.parts, segments, strict=True):
            if live is not None:
                part.of(self.live)[:] = live

    def id(self, number: int) -> str:
        """A record's id."""
        part = self._part(number)
        return part.segment.contents.ids[number - part.base]

    def number(self, record_id: str) -> int | None:
        """A live record's number."""
        for part in self.parts:
            number = part.segment.number.get(record_id)
            if number is not None and self.live[part.base + number]:
                return part.base + number
        return None

    def revisions(self) -> dict[str, int]:
        """Every live record -> its revision."""
        return {
            record_id: int(revision)
            for part in self.parts
            for record_id, revision, alive in zip(
                part.segment.contents.ids,
                part.segment.contents.revisions,
                part.of(self.live),
                strict=True,
            )
            if alive
        }

    @cached_property
    def priors(self) -> Scores:
        """What the score of each record is multiplied by."""
        nothing = np.empty(0, dtype=np.float64)
        return np.concatenate([nothing, *(part.segment.contents.priors for part in self.parts)])

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """The day each record is sorted by, 0 for none."""
        nothing = np.empty(0, dtype=np.int64)
        return np.concatenate([nothing, *(part.segment.contents.days for part in self.parts)])

    def cut(self, numbers: Found) -> Iterator[tuple[Part, int, int]]:
        """The parts in which some records, ascending, lie, each with where its own begin and end
        among them."""
        ends = numbers.searchsorted([part.end for part in self.parts]).tolist()
        low = 0
        for part, high in zip(self.parts, ends, strict=True):
            if low < high:
                yield part, low, high
            low = high

    @cached_property
    def characters(self) -> NDArray[np.int64]:
        """In how many records each character stands, by code point."""
        records = np.zeros(1 << 21, dtype=np.int64)
        for part in self.parts:
            characters = part.segment.contents.characters
            records[characters.codes] += characters.records
        return records

    @cached_property
    def average_length(self) -> float:
        """Of the records' texts, in characters."""
        total = sum(part.segment.contents.plain.data.size for part in self.parts)
        return max(total / _BYTES / (self.size or 1), 1.0)

    def frequency(self, field: str, word: str) -> int:
        """How many records hold a word in a field, dead ones included, as Whoosh counts."""
        return _frequency(self._standing(field, word))

    def _standing(self, field: str, word: str) -> list[_Standing]:
        """Where a word stands in a field, part by part. A search asks for the same words several
        times, and most of the parts of an index are small and hold few of them."""
        key = (field, word)
        found = self._known.get(key)
        if found is None:
            lists = ((part, *part.segment.terms.postings(field, word)) for part in self.parts)
            found = [_Standing(*one) for one in lists if one[1].size]
            if len(self._known) >= _MOST_WORDS:
                self._known = {}
            self._known[key] = found
        return found

    def add_scores(
        self, words: Iterable[str], scores: Scores, weights: Mapping[str, float] = WEIGHTS
    ) -> None:
        """Adds the BM25F scores of words in each record to the scores of all records. weights: of
        the fields."""
        for word in words:
            for field, weight in weights.items():
                standing = self._standing(field, word)
                factor = weight * self._idf(standing)
                for part, records, often in standing:
                    add_words(records, often, self._table[field], factor, part.of(scores))

    def add_pairs(self, keys: Iterable[int], scores: Scores, weight: float) -> None:
        """Adds for each pair of characters what it says of the records in which it stands: the
        rarer, the more; how often it stands there does not matter."""
        for key in keys:
            lists = [part.segment.quotations.with_pair(key) for part in self.parts]
            says = weight * self.rarity(sum(records.size for records in lists))
            for part, records in zip(self.parts, lists, strict=True):
                add_to(records, says, part.of(scores))

    def pair_frequency(self, key: int) -> int:
        """How many records hold a pair of symbols, dead ones included."""
        return sum(part.segment.quotations.with_pair(key).size for part in self.parts)

    def rarity(self, frequency: int) -> float:
        """What it says that something stands in a record, if it does in so many of all (Robertson
        and Sparck Jones; never below 0)."""
        return log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def scores_at(
        self, word: str, numbers: Found, weights: Mapping[str, float] = WEIGHTS
    ) -> Scores:
        """A word's BM25F score in some records, ascending."""
        scores = np.zeros(numbers.size, dtype=np.float64)
        for field, weight in weights.items():
            standing = self._standing(field, word)
            factor = weight * self._idf(standing)
            for part, records, often in standing:
                low, high = numbers.searchsorted((part.base, part.end)).tolist()
                if low < high:
                    # Of another type than the records it would have all of them copied.
                    own = (numbers[low:high] - part.base).astype(records.dtype)
                    places = np.minimum(records.searchsorted(own), records.size - 1)
                    values = self._table[field].take(often[places])
                    values *= factor
                    values *= records[places] == own
                    scores[low:high] += values
        return scores

    def mark_word(self, word: str, mask: Mask) -> None:
        """Marks the records that hold a word in any field."""
        for field in FIELDS:
            for part, records, _ in self._standing(field, word):
                mark(records, part.of(mask))

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """Of many words those that tell most: the ones in the fewest texts, but in some."""
        known = sorted((self.frequency(BODY, word), word) for word in words)
        return [word for frequency, word in known if frequency][:most]

    def quoted(self, wanted: Needle) -> Mask:
        """The live records in which a quotation stands."""
        mask = np.empty(self.size, dtype=np.bool_)
        for part in self.parts:
            part.of(mask)[:] = part.segment.quotations.standing(wanted)
        return mask & self.live

    def filed(self, facet: FacetName, values: Iterable[str]) -> Mask:
        """The records filed under any of the values."""
        mask = np.zeros(self.size, dtype=np.bool_)
        for part in self.parts:
            own = part.of(mask)
            for value in values:
                mark(part.segment.filed(facet, value), own)
        return mask

    def counts(self, facets: Sequence[FacetName], mask: Mask) -> dict[FacetName, Mapping[str, int]]:
        """For each facet how many of the masked records are filed under each value that has any."""
        if not facets:
            return {}
        counted = [np.zeros(len(self._values[facet][0]), dtype=np.int64) for facet in facets]
        for number, part in enumerate(self.parts):
            ranges = [part.segment.counter.ranges[facet] for facet in facets]
            own = part.segment.counter.counts(part.of(mask), ranges)
            for facet, counts, (low, high) in zip(facets, counted, ranges, strict=True):
                counts[self._values[facet][1][number]] += own[low:high]
        return {
            facet: _named(self._values[facet][0], counts)
            for facet, counts in zip(facets, counted, strict=True)
        }

    @cached_property
    def _values(self) -> dict[FacetName, tuple[list[str], list[NDArray[np.int64]]]]:
        """The values of each facet, and for each part where its own stand among them."""
        found = {}
        for facet in FacetName:
            own = [part.segment.contents.filings[facet].values for part in self.parts]
            values = sorted(set().union(*own))
            number = {value: n for n, value in enumerate(values)}
            places = [np.array([number[v] for v in some], dtype=np.int64) for some in own]
            found[facet] = values, places
        return found

    def texts(self, numbers: Found) -> list[str]:
        """The folded texts of some records, ascending."""
        return [
            text
            for part, low, high in self.cut(numbers)
            for text in part.segment.texts(numbers[low:high] - part.base)
        ]

    def sections(self, number: int, roles: frozenset[str]) -> list[str]:
        """The texts of a record's sections of some roles."""
        part = self._part(number)
        return part.segment.sections(number - part.base, roles)

    def similar_words(self, word: str, most: int = 5) -> list[str]:
        """Words of the texts one character away, commonest first; none for a word that is there."""
        if len(word) < 2 or self.frequency(BODY, word):
            return []
        ways = {re.escape(word[:n]) + "." + re.escape(word[n + 1 :]) for n in range(len(word))}
        ways |= {re.escape(word[:n]) + "." + re.escape(word[n:]) for n in range(len(word) + 1)}
        if len(word) > 2:
            ways |= {re.escape(word[:n] + word[n + 1 :]) for n in range(len(word))}
        pattern = re.compile(f"^(?:{'|'.join(sorted(ways))})$", re.MULTILINE)
        near = {w for part in self.parts for w in part.segment.terms.like(BODY, pattern)}
        return sorted(near, key=lambda w: (-self.frequency(BODY, w), w))[:most]

    def _idf(self, standing: Sequence[_Standing]) -> float:
        """As Whoosh has it. standing: where the word stands."""
        return log(self.size / (_frequency(standing) + 1)) + 1 if standing else 0.0

    @cached_property
    def _table(self) -> dict[str, Scores]:
        """By field, the BM25F score at idf 1 for each weight of a posting (`FieldWords`)."""
        tables = {}
        often = np.arange(256, dtype=np.float64)[:, None]
        for field in FIELDS:
            total = sum(int(p.segment.contents.fields[field].lengths.sum()) for p in self.parts)
            average = (total / (self.size or 1)) or 1
            b = B[field]
            lengths = (1 - b) + b * LENGTHS[None, :] / average
            tables[field] = ((often * (K1 + 1)) / (often + K1 * lengths)).ravel()
        return tables

    def _part(self, number: int) -> Part:
        """The part that a record lies in."""
        return next(part for part in self.parts if number < part.end)


def _frequency(standing: Sequence[_Standing]) -> int:
    return sum(records.size for _, records, _ in standing)


def _named(values: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    some = np.flatnonzero(counts)
    return dict(zip((values[n] for n in some.tolist()), counts[some].tolist(), strict=True))
