"""Postings as arrays: for each key the records it stands in, in order, with a weight in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_RECORDS = 1 << 16
"""So many records a segment holds at most: a posting is two bytes."""
MOST_OFTEN = 255
"""Beyond this a word is not counted further; BM25 hardly tells 255 from 2,550."""

Numbers = NDArray[np.uint16]
Weights = NDArray[np.uint16]
Positions = NDArray[np.int64]

_RECORD_BITS = np.uint64(16)
_RECORD = np.uint64(MOST_RECORDS - 1)
_PLACE_BITS = np.uint64(22)
_PLACE = np.uint64((1 << 22) - 1)


@dataclass(frozen=True, slots=True)
class Run:
    """Postings of some records, key after key. keys: any numbers that stand for keys, each once;
    counts: records of each; records, weights: of all keys in turn, records ascending in a key.
    weights: how often a key stands in a record, or where, with a posting for each place."""

    keys: NDArray[Any]
    counts: Positions
    records: Numbers
    weights: Weights

    def moved(self, to: NDArray[np.int32]) -> Run:
        """The same with records renumbered, those at -1 left out. to: ascending where kept."""
        moved = to[self.records]
        kept = moved >= 0
        if not self.keys.size:
            return self
        starts = np.cumsum(self.counts) - self.counts
        counts = np.add.reduceat(kept, starts, dtype=np.int64)
        some = counts > 0
        return Run(self.keys[some], counts[some], moved[kept].astype(np.uint16), self.weights[kept])


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings by key, keys numbered from 0: those of key k stand at starts[k]:starts[k + 1]."""

    starts: Positions
    records: Numbers
    weights: Weights

    def of(self, key: int) -> tuple[Numbers, Weights]:
        """The records that a key stands in, and its weight in each."""
        low, high = self.starts[key], self.starts[key + 1]
        return self.records[low:high], self.weights[low:high]

    def run(self) -> Run:
        """All of them, keyed by number."""
        counts = np.diff(self.starts)
        return Run(np.arange(counts.size), counts, self.records, self.weights)


def run_of(keys: NDArray[np.uint64], records: NDArray[Any]) -> Run:
    """The postings of places: key keys[i] stands once more in record records[i]; a weight says how
    often in all. keys < 2**48."""
    both = (keys << _RECORD_BITS) | records.astype(np.uint64)
    both.sort()
    first = _firsts(both)
    often = np.diff(np.append(first, both.size))
    both = both[first]
    keys = both >> _RECORD_BITS
    starts = _firsts(keys)
    return Run(
        keys[starts],
        np.diff(np.append(starts, keys.size)),
        (both & _RECORD).astype(np.uint16),
        np.minimum(often, MOST_OFTEN).astype(np.uint16),
    )


def places_of(
    keys: NDArray[np.uint64], records: NDArray[Any], positions: NDArray[np.uint16]
) -> Run:
    """Postings with one for each place: key keys[i] stands in record records[i], at positions[i],
    which becomes its weight. records and, in each, the positions of a key: ascending.
    keys < 2**42."""
    order = _order(keys)
    keys = keys[order]
    starts = _firsts(keys)
    counts = np.diff(np.append(starts, keys.size))
    return Run(keys[starts], counts, records[order].astype(np.uint16), positions[order])


def _order(keys: NDArray[np.uint64]) -> Positions:
    """Where the keys stand in ascending order, equal ones as they stood: numbers are sorted in a
    quarter of the time that finding their order takes."""
    if keys.size > 1 << int(_PLACE_BITS):
        return np.argsort(keys, kind="stable")
    both = (keys << _PLACE_BITS) | np.arange(keys.size, dtype=np.uint64)
    both.sort()
    return (both & _PLACE).astype(np.int64)


def joined(runs: Sequence[tuple[NDArray[np.int64], Run]], size: int) -> Postings:
    """Runs made one. Each comes with the final number of its keys, below size; the records of a
    later run are all greater than those of an earlier one."""
    counts = np.zeros(size + 1, dtype=np.int64)
    for numbers, run in runs:
        counts[numbers + 1] += run.counts
    starts = np.cumsum(counts)
    records = np.empty(starts[-1], dtype=np.uint16)
    weights = np.empty(starts[-1], dtype=np.uint16)
    free = starts[:-1].copy()
    for numbers, run in runs:
        before = np.cumsum(run.counts) - run.counts
        places = np.repeat(free[numbers] - before, run.counts)
        places += np.arange(places.size)
        records[places] = run.records
        weights[places] = run.weights
        free[numbers] += run.counts
    return Postings(starts, records, weights)


def either(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """What stands in any of two ascending lists, ascending."""
    if not (one.size and other.size):
        return one if one.size else other
    both = np.concatenate((one, other))
    both.sort(kind="stable")
    return both[_firsts(both)]


def common(few: NDArray[Any], many: NDArray[Any]) -> NDArray[Any]:
    """What of an ascending list stands in another, ascending; quickest where the first is short."""
    if not many.size:
        return few[:0]
    places = np.minimum(np.searchsorted(many, few), many.size - 1)
    both: NDArray[Any] = few[many[places] == few]
    return both


def each_once(ascending: NDArray[Any]) -> NDArray[Any]:
    """The values of an ascending list, each once."""
    return ascending[_firsts(ascending)]


def _firsts(ordered: NDArray[Any]) -> Positions:
    """Where a new value begins."""
    new = np.empty(ordered.size, dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)
