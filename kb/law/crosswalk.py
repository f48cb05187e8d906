"""Old articles and new: which provision of the version after a change answers to one before it.

Rows of `kb/data/crosswalk.csv`: work, day the numbering changed, place before, place after,
relation (same, revised, split, merged, added, dropped), topic, and how it was checked: `two_texts`:
both were read side by side; `new_text`: the new one was read, old numbers are as commonly known.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from kb.errors import DataError
from kb.law.provisions import Pinpoint

_DATA = "crosswalk.csv"


class Relation(StrEnum):
    """What became of a provision. ADDED has no old place, or joins one to matter new beside it;
    DROPPED has no new place."""

    SAME = "same"
    REVISED = "revised"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One row: `old` in every version before changed_on, `new` in the version from that day on.

    score: how alike the texts are, from 0 to 1, where a program paired them; None for checked rows.
    """

    work: str
    changed_on: date
    old: Pinpoint | None
    new: Pinpoint | None
    relation: Relation
    topic: str = ""
    checked: str = ""
    score: float | None = None


class Crosswalk:
    """Looks up rows by either side."""

    def __init__(self, rows: Iterable[Correspondence]) -> None:
        self.rows = tuple(rows)

    def newer(self, work: str, at: Pinpoint) -> tuple[Correspondence, ...]:
        """Where an old provision went. A row at another depth answers too: an article for its
        paragraphs and the reverse, the deepest that speak of the whole place first."""
        return self._rows(work, at, lambda row: row.old)

    def older(self, work: str, at: Pinpoint) -> tuple[Correspondence, ...]:
        """Where a new provision came from."""
        return self._rows(work, at, lambda row: row.new)

    def _rows(
        self, work: str, at: Pinpoint, side: Callable[[Correspondence], Pinpoint | None]
    ) -> tuple[Correspondence, ...]:
        found = [
            (place, row)
            for row in self.rows
            if row.work == work and (place := side(row)) and _overlap(place, at)
        ]
        exact = [(place, row) for place, row in found if _covers(place, at)]
        deepest = max((_depth(place) for place, _ in exact), default=0)
        if deepest > 1:  # a row for this very paragraph says more than one for its article
            found = [(place, row) for place, row in found if _depth(place) >= deepest]
        return tuple(row for _, row in found)


@cache
def crosswalk() -> Crosswalk:
    """The rows that ship with the project; raises DataError where the file breaks its form."""
    text = resources.files("kb.data").joinpath(_DATA).read_text(encoding="utf-8")
    return Crosswalk(
        _row(row, line) for line, row in enumerate(csv.DictReader(text.splitlines()), 2)
    )


def _row(row: dict[str, str], line: int) -> Correspondence:
    try:
        return Correspondence(
            work=row["work"],
            changed_on=date.fromisoformat(row["changed_on"]),
            old=_pinpoint(row, "old"),
            new=_pinpoint(row, "new"),
            relation=Relation(row["relation"]),
            topic=row["topic"],
            checked=row["checked"],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise DataError(f"{_DATA} 第 {line} 行：缺少或写错 {error}") from error


def _pinpoint(row: dict[str, str], side: str) -> Pinpoint | None:
    names = ("article", "paragraph", "item")
    article, paragraph, item = (_number(row[f"{side}_{name}"]) for name in names)
    return Pinpoint(article, paragraph, item) if article else None


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _levels(at: Pinpoint) -> list[int | str]:
    levels: list[int | str] = []
    for value in (at.article, at.paragraph, at.item, at.subitem):
        if value is None:
            break
        levels.append(value)
    return levels


def _depth(at: Pinpoint) -> int:
    return len(_levels(at))


def _overlap(one: Pinpoint, other: Pinpoint) -> bool:
    return all(a == b for a, b in zip(_levels(one), _levels(other), strict=False))


def _covers(one: Pinpoint, other: Pinpoint) -> bool:
    return _overlap(one, other) and _depth(one) <= _depth(other)
