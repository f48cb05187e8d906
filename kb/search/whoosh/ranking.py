"""The hits of one page: the best of what was found, in an order in which no two are equal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.engine import Key
from kb.search.request import Sort
from kb.search.whoosh.arrays.snapshot import Part, Scores, Snapshot
from kb.search.whoosh.evaluate import Matches

Ranked = tuple[float, float, str, Key]


def page(
    snapshot: Snapshot, found: Matches, sort: Sort, start: int, after: Key | None, size: int
) -> tuple[tuple[Key, ...], int]:
    """The hits in order, and how many precede them."""
    ranked: list[Ranked] = []
    before = 0 if after else start
    most = size if after else start + size
    for part in snapshot.parts:
        numbers = np.flatnonzero(found.mask[part.base : part.end])
        if not numbers.size:
            continue
        keys = _keys(part, numbers, found.scores[part.base : part.end][numbers], sort)
        if after:
            later = _later(keys, part, after, sort)
            before += int(numbers.size - later.sum())
            numbers, keys = numbers[later], [key[later] for key in keys]
        ranked += _best(part, numbers, keys, sort, most)
    ranked.sort(key=lambda hit: hit[:3])
    chosen = ranked[:size] if after else ranked[start : start + size]
    return tuple(key for *_, key in chosen), before


def _keys(part: Part, numbers: NDArray[Any], scores: Scores, sort: Sort) -> list[NDArray[Any]]:
    """What hits are sorted by, first, second and last, smallest first."""
    days = part.segment.contents.days[numbers]
    return [*_order(scores, days, sort), part.segment.rank[numbers]]


def _order(scores: Scores, days: NDArray[Any], sort: Sort) -> tuple[Scores, Scores]:
    newest = -days.astype(np.float64)
    match sort:
        case Sort.RELEVANCE:
            return -scores, newest
        case Sort.NEWEST:
            return newest, -scores
        case Sort.OLDEST:
            return np.where(days == 0, np.inf, -newest), -scores


def _later(keys: Sequence[NDArray[Any]], part: Part, after: Key, sort: Sort) -> NDArray[np.bool_]:
    """Which hits come after a place in the ranking."""
    [first], [second] = _order(np.array([after.score]), np.array([after.day]), sort)
    rank = bisect_right(part.segment.ordered_ids, after.id)
    later: NDArray[np.bool_] = (keys[0] > first) | (
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
            ids[numbers[at]],
            Key(abs(float(scores[at])), int(days[numbers[at]]), ids[numbers[at]]),
        )
        for at in chosen
    ]


def _least(keys: Sequence[NDArray[Any]], among: NDArray[Any], most: int) -> NDArray[Any]:
    """Those of some places at which the keys are least, compared first by the first of them."""
    if among.size <= most or not keys:
        return among[:most]
    values = keys[0][among]
    last = np.partition(values, most - 1)[most - 1] if most else -np.inf
    sure, tied = among[values < last], among[values == last]
    return np.concatenate((sure, _least(keys[1:], tied, most - sure.size)))
