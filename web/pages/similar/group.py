"""Similar cases by tier of authority, in the order in which the rules have one look."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from kb.answers import SimilarAnswer, SimilarCase


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one tier. tier: its code (`kb.search.similar.Tier`)."""

    tier: str
    cases: tuple[SimilarCase, ...]


def groups(answer: SimilarAnswer, most: int | None = None) -> list[Group]:
    """The cases of an answer, which come in the order of the tiers. most: how many of them."""
    cases = answer.similar[:most]
    return [Group(tier, tuple(of)) for tier, of in groupby(cases, lambda one: one.tier.code)]
