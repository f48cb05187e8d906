"""The inner loops of searching, compiled by numba: one pass where numpy takes several, each with a
copy.

They are compiled when this module is first imported on a machine, and kept in `__pycache__` or the
user's cache folder. A record that lies beyond the arrays, as a damaged index may name, raises
IndexError. Other threads go on meanwhile.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from kb.search.whoosh.arrays.postings import Numbers

Loop = TypeVar("Loop", bound=Callable[..., Any])

Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]
Counts = NDArray[np.int64]
Places = NDArray[np.uint32]
"""Places in texts, each as 65,536 times the record and the position; ascending."""

_NOTHING, _NUMBER = types.void, types.int64


def _read(kind: types.Type, dimensions: int = 1) -> types.Array:
    """The type of an array that a loop reads, which may be mapped from a file."""
    return types.Array(kind, dimensions, "C", readonly=True)


def _written(kind: types.Type) -> types.Array:
    """The type of an array that a loop makes or changes."""
    return types.Array(kind, 1, "C")


_RECORDS = _read(types.uint16)
_MASK = _read(types.boolean)


def _compiled(returned: types.Type, *taken: types.Type) -> Callable[[Loop], Loop]:
    """Compiles a loop for these types."""

    def compiled(loop: Loop) -> Loop:
        signature = returned(*taken)
        try:
            made = njit(signature, nogil=True, cache=True)(loop)
        except RuntimeError:  # no folder to keep it in: compiled anew in every process
            made = njit(signature, nogil=True)(loop)
        return cast("Loop", made)

    return compiled


@_compiled(_NOTHING, _RECORDS, _NUMBER)
def _check(records: Numbers, size: int) -> None:
    """Once for all: a check of each keeps the machine from doing several at once."""
    highest = np.uint16(0)
    for record in records:
        highest = max(highest, record)
    if records.size and highest >= size:
        raise IndexError("a record beyond the last")


@_compiled(_NOTHING, _NUMBER, _NUMBER)
def _check_as_many(records: int, said: int) -> None:
    if records != said:
        raise IndexError("not as many records as what is said of them")


@_compiled(_NOTHING, _RECORDS, _written(types.boolean))
def mark(records: Numbers, mask: Mask) -> None:
    """Marks some records."""
    _check(records, mask.size)
    for record in records:
        mask[record] = True


@_compiled(
    _NOTHING, _RECORDS, _RECORDS, _read(types.float64), types.float64, _written(types.float64)
)
def add_words(
    records: Numbers, weights: Numbers, table: Scores, factor: float, scores: Scores
) -> None:
    """Adds to the scores of some records what the table has for the weight of each, times the
    factor. table: for every weight."""
    _check(records, scores.size)
    _check_as_many(records.size, weights.size)
    for n in range(records.size):
        scores[records[n]] += table[weights[n]] * factor


@_compiled(_NOTHING, _RECORDS, types.float64, _written(types.float64))
def add_to(records: Numbers, value: float, scores: Scores) -> None:
    """Adds a value to the scores of some records, as often as each is named."""
    _check(records, scores.size)
    for record in records:
        scores[record] += value


@_compiled(_NOTHING, _MASK, types.float64, _written(types.float64))
def add_where(mask: Mask, value: float, scores: Scores) -> None:
    """Adds a value to the scores of the masked records."""
    _check_as_many(mask.size, scores.size)
    for n in range(mask.size):
        scores[n] += value * mask[n]


@_compiled(types.float64, _read(types.float64), _MASK, _NUMBER)
def least_of_best(values: Scores, mask: Mask, most: int) -> float:
    """The least of the `most` greatest masked values, -inf where fewer are masked. most: above
    0."""
    _check_as_many(values.size, mask.size)
    least = -np.inf
    greatest = [least for _ in range(0)]  # a heap; empty, but numba must know of what
    for n in range(values.size):
        value = values[n]
        if value <= least or not mask[n]:  # in this order: the former is nearly always so
            continue
        if len(greatest) < most:
            heapq.heappush(greatest, value)
        else:
            heapq.heapreplace(greatest, value)
        if len(greatest) == most:
            least = greatest[0]
    return least


@_compiled(_written(types.int64), _read(types.uint64, 2), _read(types.uint64))
def count_bits(rows: NDArray[np.uint64], asked: NDArray[np.uint64]) -> Counts:
    """For each row how many bits it has in common with those asked for."""
    pairs, fours = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
    bytes_, ones = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
    counts = np.empty(rows.shape[0], dtype=np.int64)
    for row in range(rows.shape[0]):
        count = np.uint64(0)
        for n in range(asked.size):
            # The sums of neighbouring bits, of neighbouring sums, and last of all bytes.
            bits = rows[row, n] & asked[n]
            bits -= (bits >> np.uint64(1)) & pairs
            bits = (bits & fours) + ((bits >> np.uint64(2)) & fours)
            bits = (bits + (bits >> np.uint64(4))) & bytes_
            count += (bits * ones) >> np.uint64(56)
        counts[row] = count
    return counts


@_compiled(_written(types.int64), _MASK, _read(types.int64), _RECORDS)
def count_records(mask: Mask, starts: Counts, records: Numbers) -> Counts:
    """For each value how many of its records are masked: those of value n stand at
    starts[n]:starts[n + 1]."""
    _check(records, mask.size)
    counts = np.empty(starts.size - 1, dtype=np.int64)
    for value in range(counts.size):
        count = 0
        for n in range(starts[value], starts[value + 1]):
            count += mask[records[n]]
        counts[value] = count
    return counts


@_compiled(_written(types.int64), _MASK, _read(types.int64), _read(types.int32), _NUMBER)
def count_values(mask: Mask, starts: Counts, values: NDArray[np.int32], many: int) -> Counts:
    """How many of the masked records have each value, of so many: the values of record n stand at
    starts[n]:starts[n + 1]."""
    counts = np.zeros(many, dtype=np.int64)
    for record in range(mask.size):
        if mask[record]:
            for n in range(starts[record], starts[record + 1]):
                counts[values[n]] += 1
    return counts


@_compiled(_written(types.uint32), _RECORDS, _RECORDS, _NUMBER, _MASK)
def beginnings(records: Numbers, positions: Numbers, offset: int, wanted: Mask) -> Places:
    """Where in the wanted records something begins that has, so many characters on, what stands at
    these positions. records: one for each position."""
    _check(records, wanted.size)
    _check_as_many(records.size, positions.size)
    places = np.empty(records.size, dtype=np.uint32)
    count = 0
    for n in range(records.size):
        if wanted[records[n]] and positions[n] >= offset:
            places[count] = (np.int64(records[n]) << 16) + positions[n] - offset
            count += 1
    return places[:count].copy()


@_compiled(_written(types.uint32), _read(types.uint32), _RECORDS, _RECORDS, _NUMBER)
def narrowed(begins: Places, records: Numbers, positions: Numbers, offset: int) -> Places:
    """Those of some places that have, so many characters on, what stands at these positions.
    records: one for each position, ascending; the positions in a record that any place lies in
    too."""
    _check_as_many(records.size, positions.size)
    places = np.empty(begins.size, dtype=np.uint32)
    count = at = 0
    for begin in begins:
        place = np.int64(begin) + offset
        while at < records.size and (np.int64(records[at]) << 16) + positions[at] < place:
            at += 1
        if at == records.size:
            break
        same_record = records[at] == begin >> 16
        if same_record and (np.int64(records[at]) << 16) + positions[at] == place:
            places[count] = begin
            count += 1
    return places[:count].copy()
