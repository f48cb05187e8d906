"""From one version to another: articles side by side, and where a provision went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from kb.law.compare import Pair, Row, compare, correspondences, pair_up
from kb.law.crosswalk import Correspondence, Crosswalk
from kb.law.provisions import Pinpoint
from kb.law.text import Article

V = TypeVar("V")
_Key = tuple[str, date, date]
Texts = Callable[[str, date], tuple[Article, ...]]
"""The articles of a work's version; none where its text is not here."""


class Changes:
    """Comparisons, kept while the texts stay the same. checked: the rows that persons wrote."""

    KEPT = 64

    def __init__(self, texts: Texts, checked: Crosswalk) -> None:
        self._texts, self._checked = texts, checked
        self._pairs: dict[_Key, tuple[Pair, ...]] = {}
        self._rows: dict[_Key, tuple[Row, ...]] = {}

    def rows(self, work: str, old: date, new: date) -> tuple[Row, ...]:
        """The comparison of two versions with changed words."""
        key = (work, old, new)
        if key not in self._rows:
            _make_room(self._rows, self.KEPT)
            self._rows[key] = compare(self._texts(work, old), self._texts(work, new))
        return self._rows[key]

    def follow(self, work: str, at: Pinpoint, start: date, end: date) -> tuple[Correspondence, ...]:
        """What a provision of the version of one day is in that of another, later or earlier.

        The rows that persons checked come first; where they are silent, articles are paired by
        their words, each row with its score, if both texts are here.
        """
        if start == end:
            return ()
        older, newer = min(start, end), max(start, end)
        rows = self._checked.newer(work, at) if start < end else self._checked.older(work, at)
        between = [row for row in rows if older < row.changed_on <= newer]
        return tuple(between) or self._computed(work, at, older, newer, forward=start < end)

    def _computed(
        self, work: str, at: Pinpoint, older: date, newer: date, *, forward: bool
    ) -> tuple[Correspondence, ...]:
        key = (work, older, newer)
        if key not in self._pairs:
            _make_room(self._pairs, self.KEPT)
            old, new = self._texts(work, older), self._texts(work, newer)
            self._pairs[key] = pair_up(old, new) if old and new else ()
        pairs = [
            pair
            for pair in self._pairs[key]
            if (article := pair.old if forward else pair.new) and article.number == at.article
        ]
        return tuple(correspondences(work, newer, sorted(pairs, key=lambda p: -p.score)))


def _make_room(kept: dict[_Key, V], most: int) -> None:
    """Forgets the oldest; threads may race, which costs no more than work done twice."""
    while len(kept) >= most:
        kept.pop(next(iter(list(kept))), None)
