"""The three legs on which one case is compared with another: a share of each, and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from kb.search.similar import provisions, topics
from kb.search.similar.matter import Matter
from kb.search.similar.rarity import Rarity
from kb.search.similar.topics import TREES
from kb.search.similar.weights import ACTS, ISSUES, TITLE, WEIGHTS, LegName
from kb.search.similar.wording import Telling

_SHORTEST = 20
"""So many different pairs of characters tell some facts."""


@dataclass(frozen=True, slots=True)
class Leg:
    """share: from 0 to 1, None where it cannot be judged. shared: what both have; near: what is
    alike only: another issue of the same kind, another article of the same statute."""

    share: float | None
    shared: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two cases are. total: the mean of the legs that can be judged, by their weights."""

    legs: Mapping[LegName, Leg]
    total: float


class Comparison:
    """One case, ready to be compared with many. filed: whether it is a record of the base itself,
    so that a word that stands nowhere else is no word to find others by."""

    def __init__(self, matter: Matter, rarity: Rarity, *, filed: bool) -> None:
        self.matter = matter
        self._rarity = rarity

        def elsewhere(word: str) -> bool:
            return rarity.counts((word,))[word] > int(filed)

        self.facts = Telling(matter.facts, rarity.words, elsewhere)
        self.title = Telling(matter.title, rarity.words, elsewhere)

    def words(self) -> tuple[str, ...]:
        """The words to look for, those of the title and of the facts by turns, which tell most."""
        titles, facts = list(self.title.weights), list(self.facts.weights)
        turns = [word for pair in zip_longest(titles, facts) for word in pair if word]
        return tuple(dict.fromkeys(turns))

    def likeness(self, other: Matter) -> Likeness:
        """The shares without reasons, which are all that it takes to rank."""
        legs = {
            LegName.FACTS: Leg(self._facts(other)),
            LegName.ISSUE: Leg(self._issue(other)),
            LegName.LAW: Leg(self._law(other)),
        }
        return Likeness(legs, mean((WEIGHTS[name], leg.share) for name, leg in legs.items()) or 0.0)

    def explained(self, other: Matter) -> Likeness:
        """The same with reasons."""
        found = self.likeness(other)
        reasons = {
            LegName.FACTS: (self._words(self.facts, other.facts.text), []),
            LegName.ISSUE: self._issues_said(other),
            LegName.LAW: provisions.said(self.matter.provisions, other.provisions),
        }
        legs = {
            name: replace(leg, shared=tuple(reasons[name][0]), near=tuple(reasons[name][1]))
            for name, leg in found.legs.items()
        }
        return replace(found, legs=legs)

    def _facts(self, other: Matter) -> float | None:
        if min(self.matter.facts.pairs.size, other.facts.pairs.size) < _SHORTEST:
            return None
        return self.facts.share(other.facts)

    def _issue(self, other: Matter) -> float | None:
        mine = self.matter
        codes = ((mine.issues, other.issues), (mine.acts, other.acts))
        trees = [topics.nearness(tree, *pair) for tree, pair in zip(TREES, codes, strict=True)]
        titles = self.title.share(other.title) if mine.title and other.title else None
        return mean(zip((ISSUES, ACTS, TITLE), (*trees, titles), strict=True))

    def _law(self, other: Matter) -> float | None:
        return provisions.likeness(self.matter.provisions, other.provisions, self._rarity.provision)

    def _issues_said(self, other: Matter) -> tuple[list[str], list[str]]:
        mine = self.matter
        codes = ((mine.issues, other.issues), (mine.acts, other.acts))
        pairs = list(zip(TREES, codes, strict=True))
        words = [f"“{word}”" for word in self._words(self.title, other.title.text)]
        shared = [label for tree, pair in pairs for label in topics.shared(tree, *pair)]
        return shared + words, [label for tree, pair in pairs for label in topics.near(tree, *pair)]

    def _words(self, telling: Telling, text: str) -> list[str]:
        return telling.shared(text, self._rarity.worth_telling)


def mean(parts: Iterable[tuple[float, float | None]]) -> float | None:
    """Of shares by their weights, those that are None set aside; None where nothing is left."""
    judged = [(weight, share) for weight, share in parts if share is not None]
    weights = sum(weight for weight, _ in judged)
    return sum(weight * share for weight, share in judged) / weights if weights else None
