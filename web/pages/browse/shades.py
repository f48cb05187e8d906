"""Counts as shades: which of five steps a count falls in, and what each step stands for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

STEPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A shade from 1 to STEPS and the counts it stands for; last None for no upper end."""

    shade: int
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps for some counts, rising; few counts take few steps, always out to the deepest."""

    steps: tuple[Step, ...]

    def shade(self, count: int) -> int:
        """0 for nothing, else a shade."""
        if count <= 0 or not self.steps:
            return 0
        return self.steps[bisect_right([step.first for step in self.steps], count) - 1].shade


def scale(largest: int) -> Scale:
    """Steps that begin at 1, 2, 5, 10, 20, 50 … as far as the largest count needs."""
    starts = [1]
    while (following := _next(starts[-1])) <= largest:
        starts.append(following)
    if largest < 1:
        return Scale(())
    if len(starts) > STEPS:
        starts = [1, *starts[-(STEPS - 1) :]]
    ends = [start - 1 for start in starts[1:]]
    few = len(starts)
    return Scale(
        tuple(
            Step(STEPS - (few - 1 - n) * (STEPS - 1) // max(few - 1, 1), start, end)
            for n, (start, end) in enumerate(zip(starts, [*ends, None], strict=True))
        )
    )


def _next(start: int) -> int:
    return start * 5 // 2 if str(start).startswith("2") else start * 2
