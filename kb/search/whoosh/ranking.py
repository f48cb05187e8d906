"""The hits of one page: the best of what was found, in an order in which no two are equal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.engine import Key
from kb.search.request import Sort
from kb.search.whoosh.arrays.loops import Mask, Scores, least_of_best
from kb.search.whoosh.arrays.snapshot import Part, Snapshot
from kb.search.whoosh.evaluate import Matches

# After every day there is.
_END = float(date.max.toordinal() + 1)

Ranked = tuple[float, float, str, Key]


def page(
    snapshot: Snapshot, found: Matches, sort: Sort, start: int, after: Key | None, size: int
) -> tuple[tuple[Key, ...], int]:
    """The hits in order, and how many precede them."""
    ranked: list[Ranked] = []
    before = 0 if after else start
    most = size if after else start + size
    first = _first(snapshot, found.scores, sort)
    chosen = np.flatnonzero(found.mask) if after else _candidates(first, found.mask, most)
    for part, low, high in snapshot.cut(chosen):
        numbers = chosen[low:high]
        keys = [-first[numbers], *_others(part, numbers, found.scores, sort)]
        if after:
            later = _later(keys, part, after, sort)
            before += int(numbers.size - np.count_nonzero(later))
            numbers, keys = numbers[later], [key[later] for key in keys]
        ranked += _best(part, numbers, keys, sort, most)
    ranked.sort(key=lambda hit: hit[:3])
    shown = ranked[:size] if after else ranked[start : start + size]
    return tuple(key for *_, key in shown), before


def _first(snapshot: Snapshot, scores: Scores, sort: Sort) -> Scores:
    """What all records are sorted by first, greatest first, none below 0."""
    match sort:
        case Sort.RELEVANCE:
            return scores
        case Sort.NEWEST:
            return snapshot.days.astype(np.float64)
        case Sort.OLDEST:
            return np.where(snapshot.days == 0, 0.0, _END - snapshot.days)


def _others(
    part: Part, numbers: NDArray[Any], scores: Scores, sort: Sort
) -> tuple[NDArray[Any], NDArray[Any]]:
    """What some records of a segment are sorted by second and last, smallest first."""
    if sort is Sort.RELEVANCE:
        second = -part.segment.contents.days[numbers - part.base].astype(np.float64)
    else:
        second = -scores[numbers]
    return second, part.segment.rank[numbers - part.base]


def _candidates(first: Scores, mask: Mask, most: int) -> NDArray[Any]:
    """The first `most` of the masked records, with all that tie with the last of them."""
    if not 0 < most < first.size:  # none are asked for, or all that there are
        return np.flatnonzero(mask[:most])
    return np.flatnonzero(mask & (first >= least_of_best(first, mask, most)))


def _later(keys: Sequence[NDArray[Any]], part: Part, after: Key, sort: Sort) -> Mask:
    """Which hits come after a place in the ranking."""
    day = float(after.day)
    match sort:
        case Sort.RELEVANCE:
            first, second = -after.score, -day
        case Sort.NEWEST:
            first, second = -day, -after.score
        case Sort.OLDEST:
            first, second = day - _END if day else 0.0, -after.score
    rank = bisect_right(part.segment.ordered_ids, after.id)
    later: Mask = (keys[0] > first) | (
        (keys[0] == first) & ((keys[1] > second) | ((keys[1] == second) & (keys[2] >= rank)))
    )
    return later


def _best(
    part: Part, numbers: NDArray[Any], keys: Sequence[NDArray[Any]], sort: Sort, most: int
) -> list[Ranked]:
    """The first hits of a segment, in no order."""
    chosen = _least(keys, np.arange(numbers.size), most)
    scores = keys[0] if sort is Sort.RELEVANCE else keys[1]
    days, ids = part.segment.contents.days, part.segment.contents.ids
    return [
        (
            float(keys[0][at]),
            float(keys[1][at]),
            ids[own],
            Key(abs(float(scores[at])), int(days[own]), ids[own]),
        )
        for at, own in zip(chosen, numbers[chosen] - part.base, strict=True)
    ]


def _least(keys: Sequence[NDArray[Any]], among: NDArray[Any], most: int) -> NDArray[Any]:
    """Those of some places at which the keys are least, compared first by the first of them."""
    if among.size <= most or not keys:
        return among[:most]
    values = keys[0][among]
    last = np.partition(values, most - 1)[most - 1] if most else -np.inf
    sure, tied = among[values < last], among[values == last]
    return np.concatenate((sure, _least(keys[1:], tied, most - sure.size)))
