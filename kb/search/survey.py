"""How many records there are under this and that: whole facets, tables of two, shares apart.

Everything here is counted by the engine and kept until the index changes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar, cast

from kb.answers import Facet
from kb.search.engine import Engine
from kb.search.facets import facet
from kb.search.fields import meaning
from kb.search.query import And, Everything, Filed, Node, Not
from kb.search.request import FacetName, Sort

T = TypeVar("T")

Chosen = tuple[tuple[FacetName, str], ...]
"""Filters as a search would have them, a value each and each facet once."""


class Survey:
    """Counts over the published records. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._kept: tuple[str, dict[Hashable, Any]] = ("", {})

    def rows(self, name: FacetName, within: Chosen = ()) -> Facet:
        """A facet with all its rows, however many."""
        return self.keep(
            ("rows", name, within),
            lambda: facet(name, self._counts(name, _chosen(within)), frozenset(), most=None),
        )

    def counts(self, name: FacetName) -> Mapping[str, int]:
        """Every value of a facet that has records, and how many."""
        return self.keep(("counts", name), lambda: self._counts(name, Everything()))

    def found(self, within: Chosen) -> int:
        """How many records a search with these filters finds: the region 两江新区 with what it
        came from, unlike its row in a facet."""
        return self.keep(("found", within), lambda: self._engine.count(_chosen(within), {}))

    def beside(self, within: Chosen, name: FacetName, values: Sequence[str]) -> int:
        """How many of those records are filed under none of these values of a facet."""
        none = Not(Filed(name, frozenset(v for value in values for v in _values(name, value))))
        return self.keep(
            ("beside", within, name, tuple(values)),
            lambda: self._engine.count(And((_chosen(within), none)), {}),
        )

    def across(self, rows: FacetName, columns: FacetName) -> Mapping[tuple[str, str], int]:
        """For each value of one facet and each of another, the records filed under both."""

        def counted() -> dict[tuple[str, str], int]:
            return {
                (row, column): count
                for row in self._counts(rows, Everything())
                for column, count in self._counts(columns, Filed(rows, frozenset((row,)))).items()
            }

        return self.keep(("across", rows, columns), counted)

    def split(
        self, within: Chosen, name: FacetName, groups: Sequence[frozenset[str]]
    ) -> tuple[int, ...]:
        """The records parted by groups of values: each counts in the first group that has one of
        its values; last come those in none. The numbers add up to all."""

        def counted() -> tuple[int, ...]:
            filters = {facet: _values(facet, value) for facet, value in within}
            remaining, passed = [self._engine.count(Everything(), filters)], frozenset[str]()
            for group in groups:
                passed |= group
                remaining.append(self._engine.count(Not(Filed(name, passed)), filters))
            taken = [more - less for more, less in pairwise(remaining)]
            return (*taken, remaining[-1])

        return self.keep(("split", within, name, tuple(groups)), counted)

    def state(self) -> str:
        """Changes whenever a count could."""
        return self._engine.state()

    def keep(self, key: Hashable, count: Callable[[], T]) -> T:
        """What `count` gives, made once and kept until the index changes. key: says what it is."""
        state = self._engine.state()
        with self._lock:
            if self._kept[0] != state:
                self._kept = (state, {})
            kept = self._kept[1]
            if key in kept:
                return cast("T", kept[key])
        counted = count()
        if self._engine.state() == state:  # else it may mix two states of the index
            with self._lock:
                kept[key] = counted
        return counted

    def _counts(self, name: FacetName, node: Node) -> Mapping[str, int]:
        found = self._engine.search(
            node, {}, sort=Sort.NEWEST, start=0, after=None, size=0, facets=(name,)
        )
        return {value: count for value, count in found.counts[name].items() if count}


def _chosen(within: Chosen) -> Node:
    if not within:
        return Everything()
    return And(tuple(Filed(name, _values(name, value)) for name, value in within))


def _values(name: FacetName, value: str) -> frozenset[str]:
    meant = meaning(name, value)
    return meant.values if meant else frozenset((value,))
