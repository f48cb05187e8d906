"""How many of some records are filed under each value of each facet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.contents import Filing
from kb.search.whoosh.arrays.loops import Counts, Mask, count_bits, count_records, count_values

# With fewer than one in so many of the records asked about, their values are counted one by one.
_SOME = 20
# A value with more than one in so many records is counted by bits.
_BITS = 128


class Counter:
    """Over one segment. The values of all facets are numbered in a row.

    ranges: for each facet the numbers of its values, from the first to before the last.
    """

    def __init__(self, filings: Mapping[FacetName, Filing], size: int) -> None:
        self._filings = list(filings.values())
        self._size = size
        ends = [0, *accumulate(len(filing.values) for filing in self._filings)]
        self.ranges = dict(zip(filings, pairwise(ends), strict=True))
        self._values = ends[-1]

    def counts(self, mask: Mask, wanted: Sequence[tuple[int, int]]) -> Counts:
        """How many of the masked records have each value, by its number. wanted: ranges of values;
        what is said of others means nothing."""
        if np.count_nonzero(mask) * _SOME < self._size:
            return count_values(mask, self._given.starts, self._given.values, self._values)
        counted = np.zeros(self._values, dtype=np.int64)
        low = min((low for low, _ in wanted), default=0)
        high = max((high for _, high in wanted), default=0)
        self._by_bits(mask, low, high, counted)
        rare = self._rare
        counted[rare.numbers] = count_records(mask, rare.starts, rare.records)
        return counted

    def _by_bits(self, mask: Mask, low: int, high: int, counted: Counts) -> None:
        many = self._common
        packed = np.zeros(many.bits.shape[1] * 8, dtype=np.uint8)
        packed[: -(-mask.size // 8)] = np.packbits(mask, bitorder="little")
        asked = packed.view(np.uint64)
        first, last = np.searchsorted(many.numbers, (low, high)).tolist()
        counted[many.numbers[first:last]] = count_bits(many.bits[first:last], asked)

    @cached_property
    def _filed(self) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        """How many records each value has, and the records of each value in turn. Raises IndexError
        where the file of an index was changed."""
        sizes = [np.diff(filing.starts) for filing in self._filings]
        records = [filing.records for filing in self._filings]
        if sum(map(len, sizes)) != self._values:
            raise IndexError("values without records, or records without a value")
        return (
            np.concatenate([np.empty(0, dtype=np.int64), *sizes]),
            np.concatenate([np.empty(0, dtype=np.uint16), *records]),
        )

    @cached_property
    def _given(self) -> _Given:
        sizes, records = self._filed
        values = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
        starts = np.zeros(self._size + 1, dtype=np.int64)
        np.cumsum(np.bincount(records, minlength=self._size), out=starts[1:])
        return _Given(starts, values[np.argsort(records, kind="stable")])

    @cached_property
    def _common(self) -> _Common:
        sizes, records = self._filed
        ends = np.cumsum(sizes)
        many = np.flatnonzero(sizes * _BITS >= max(self._size, 1))
        rows = np.zeros((many.size, -(-self._size // 64) * 64), dtype=np.bool_)
        for row, number in zip(rows, many.tolist(), strict=True):
            row[records[ends[number] - sizes[number] : ends[number]]] = True
        packed = np.packbits(rows, axis=1, bitorder="little")
        return _Common(many, packed.view(np.uint64))

    @cached_property
    def _rare(self) -> _Rare:
        sizes, records = self._filed
        rare = (sizes * _BITS < self._size) & (sizes > 0)
        kept = np.repeat(rare, sizes)
        starts = np.concatenate(([0], np.cumsum(sizes[rare])))
        return _Rare(np.flatnonzero(rare), starts, records[kept])


class _Given(NamedTuple):
    """The values of record n stand at starts[n]:starts[n + 1]."""

    starts: NDArray[np.int64]
    values: NDArray[np.int32]


class _Common(NamedTuple):
    """Values that many records have. bits: a row a value, a bit a record."""

    numbers: NDArray[np.int64]
    bits: NDArray[np.uint64]


class _Rare(NamedTuple):
    """The other values: the records of value numbers[n] stand at starts[n]:starts[n + 1]."""

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    records: NDArray[np.uint16]
