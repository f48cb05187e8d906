"""Counts as shades: every count in a step, the steps in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.browse.shades import STEPS, scale


def test_nothing_has_no_steps() -> None:
    assert scale(0).steps == ()
    assert scale(0).shade(0) == 0


@pytest.mark.parametrize(
    ("largest", "firsts"),
    [
        (1, [1]),
        (2, [1, 2]),
        (6, [1, 2, 5]),
        (33, [1, 2, 5, 10, 20]),
        (12_345, [1, 1000, 2000, 5000, 10_000]),
    ],
)
def test_steps_begin_at_round_numbers(largest: int, firsts: list[int]) -> None:
    assert [step.first for step in scale(largest).steps] == firsts


@given(st.integers(1, 10**7))
def test_steps_leave_no_gap_and_the_largest_is_deepest(largest: int) -> None:
    steps = scale(largest).steps
    assert steps[0].first == 1
    assert [step.last for step in steps] == [*(step.first - 1 for step in steps[1:]), None]
    shades = [step.shade for step in steps]
    assert shades == sorted(set(shades))
    assert scale(largest).shade(largest) == shades[-1] == STEPS


@given(st.integers(1, 10**5), st.integers(0, 10**5), st.integers(0, 10**5))
def test_more_is_never_paler(largest: int, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert scale(largest).shade(less) <= scale(largest).shade(more)
