"""The compiled loops give what numpy gives, and refuse what would lead out of an array."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.whoosh.arrays import loops

SIZE = 50
SCORES = st.sampled_from([0.0, 0.5, 1.0, 1.5, 7.25])


def numbers(*values: int) -> loops.Numbers:
    return np.array(values, dtype=np.uint16)


@given(
    st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=SIZE), st.integers(1, SIZE + 3)
)
def test_the_least_of_the_best(records: list[tuple[float, bool]], most: int) -> None:
    values = np.array([value for value, _ in records])
    mask = np.array([masked for _, masked in records])
    best = sorted(values[mask].tolist(), reverse=True)[:most]
    expected = best[-1] if len(best) == most else -np.inf
    assert loops.least_of_best(values, mask, most) == expected


@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 2**16 - 1)), max_size=SIZE))
def test_scores_are_added_as_numpy_adds_them(postings: list[tuple[int, int]]) -> None:
    records = numbers(*(record for record, _ in postings))
    weights = numbers(*(weight for _, weight in postings))
    table = np.sqrt(np.arange(2**16))
    expected, scores = np.ones(SIZE), np.ones(SIZE)
    np.add.at(expected, records, table[weights] * 1.1)
    np.add.at(expected, records, 0.3)
    loops.add_words(records, weights, table, 1.1, scores)
    loops.add_to(records, 0.3, scores)
    assert scores.tolist() == expected.tolist()


PLACES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), unique=True).map(sorted)


@given(PLACES, PLACES, st.integers(0, 4), st.integers(0, 4), st.frozensets(st.integers(0, 5)))
def test_what_stands_side_by_side(
    one: list[tuple[int, int]],
    other: list[tuple[int, int]],
    first: int,
    second: int,
    wanted: frozenset[int],
) -> None:
    mask = np.array([record in wanted for record in range(6)])
    begins = loops.beginnings(*split(one), first, mask)
    starts = [(r, p - first) for r, p in one if r in wanted and p >= first]
    assert begins.tolist() == [record << 16 | position for record, position in starts]
    both = [(r, p) for r, p in starts if (r, p + second) in other]
    narrowed = loops.narrowed(begins, *split(other), second)
    assert narrowed.tolist() == [record << 16 | position for record, position in both]


def split(places: list[tuple[int, int]]) -> tuple[loops.Numbers, loops.Numbers]:
    return numbers(*(record for record, _ in places)), numbers(*(at for _, at in places))


def test_no_place_reaches_into_the_record_before() -> None:
    begins = np.array([65_535], dtype=np.uint32)
    assert loops.narrowed(begins, numbers(1), numbers(1), 2).tolist() == []


BEYOND: dict[str, Callable[[], object]] = {
    "mark": lambda: loops.mark(numbers(9), np.zeros(9, dtype=np.bool_)),
    "add_to": lambda: loops.add_to(numbers(0, 9), 1.0, np.zeros(9)),
    "add_words": lambda: loops.add_words(numbers(9), numbers(1), np.ones(2**16), 1.0, np.zeros(9)),
    "too few weights": lambda: loops.add_words(
        numbers(1, 2), numbers(1), np.ones(2**16), 1.0, np.zeros(9)
    ),
    "beginnings": lambda: loops.beginnings(numbers(9), numbers(1), 0, np.ones(9, dtype=np.bool_)),
    "too few positions": lambda: loops.narrowed(
        np.array([1], dtype=np.uint32), numbers(1, 2), numbers(1), 0
    ),
    "count_records": lambda: loops.count_records(
        np.ones(9, dtype=np.bool_), np.array([0, 1]), numbers(9)
    ),
    "add_where": lambda: loops.add_where(np.ones(6, dtype=np.bool_), 1.0, np.zeros(2)),
    "least_of_best": lambda: loops.least_of_best(np.zeros(6), np.ones(2, dtype=np.bool_), 1),
}


@pytest.mark.parametrize("lead_out", BEYOND.values(), ids=BEYOND)
def test_what_leads_out_of_an_array_is_refused(lead_out: Callable[[], object]) -> None:
    with pytest.raises(IndexError):
        lead_out()
