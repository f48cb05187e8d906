"""Facet counts: by bits, from lists or one by one, they are what counting the records gives."""

import random
from collections import Counter as Tally

import numpy as np
import pytest

from kb.search.request import FacetName
from kb.search.whoosh.arrays import counting
from kb.search.whoosh.arrays.build import filing
from kb.search.whoosh.arrays.contents import Filing
from kb.search.whoosh.arrays.counting import Counter

FACETS = (FacetName.REGION, FacetName.STATUTE, FacetName.YEAR)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 200, 1_000])
@pytest.mark.parametrize("some", [0, 6, 10**9], ids=["one by one", "as it comes", "by value"])
def test_counts_are_those_of_the_records(
    monkeypatch: pytest.MonkeyPatch, size: int, some: int
) -> None:
    monkeypatch.setattr(counting, "_SOME", some)
    draw = random.Random(size)
    given = [{facet: _values(draw, facet) for facet in FACETS} for _ in range(size)]
    filings = {facet: filing(_filed(given, facet)) for facet in FACETS}
    counter = Counter(filings, size)
    for share in (0.0, 0.01, 0.3, 1.0):
        mask = np.array([draw.random() < share for _ in range(size)], dtype=np.bool_)
        for asked in (FACETS, FACETS[1:2], ()):
            counts = counter.counts(mask, [counter.ranges[facet] for facet in asked])
            for facet in asked:
                low, high = counter.ranges[facet]
                found = dict(zip(filings[facet].values, counts[low:high].tolist(), strict=True))
                standing = (one[facet] for one, masked in zip(given, mask, strict=True) if masked)
                expected = Tally(value for values in standing for value in values)
                assert {value: n for value, n in found.items() if n} == expected


def _values(draw: random.Random, facet: FacetName) -> set[str]:
    """Years that many records share, regions that some have several of, statutes that few cite."""
    match facet:
        case FacetName.YEAR:
            return {str(draw.randrange(2020, 2024))} if draw.random() < 0.9 else set()
        case FacetName.REGION:
            return {f"5001{draw.randrange(10, 30)}" for _ in range(draw.randrange(4))}
    return {f"法第{int(draw.paretovariate(0.5)) % 500}条" for _ in range(draw.randrange(3))}


def _filed(given: list[dict[FacetName, set[str]]], facet: FacetName) -> dict[str, list[int]]:
    filed: dict[str, list[int]] = {}
    for number, values in enumerate(given):
        for value in values[facet]:
            filed.setdefault(value, []).append(number)
    return filed


def test_fewer_values_than_the_arrays_tell_of_are_refused() -> None:
    """As of a file that was changed: counting would write beyond the counts."""
    starts = np.array([0, 1, 2], dtype=np.int64)
    changed = Filing(["2023"], starts, np.array([0, 1], dtype=np.uint16))
    with pytest.raises(IndexError):
        Counter({FacetName.YEAR: changed}, 2).counts(np.ones(2, dtype=np.bool_), [(0, 1)])
