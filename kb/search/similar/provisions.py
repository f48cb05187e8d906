"""The provisions that a case rests on: an old article is the same as the new one it became."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.law.crosswalk import Relation, crosswalk
from kb.law.provisions import Pinpoint, place
from kb.model import Citation
from kb.search.document import article_value, statute_values
from kb.search.similar.weights import SAME_ARTICLE, SAME_STATUTE


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision as a record cites it.

    at: as written. today: where it stands in the newest version, as far as `kb.law.crosswalk`
    knows; a citation that leaves its version open is taken as numbered today. Empty for a statute
    cited as a whole, and for an article that no longer has a place.
    """

    work: str
    at: Pinpoint
    today: frozenset[Pinpoint]

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the facet under which this very provision is filed, today's numbers with
        those written."""
        numbers = dict.fromkeys([self.at.article, *(at.article for at in self.today)])
        return tuple(article_value(self.work, number) for number in numbers if number is not None)

    def label(self) -> str:
        """行政处罚法第三十三条第一款."""
        return self.work + place(self.at)


def likeness(
    one: Sequence[Cited], other: Sequence[Cited], tells: Callable[[Cited], float]
) -> float | None:
    """How much of what two cases cite is the same, from 0 to 1, rare provisions counting more; None
    where either cites nothing. tells: how much it tells that a provision is cited."""
    if not one or not other:
        return None
    if {mine.work for mine in one}.isdisjoint(theirs.work for theirs in other):
        return 0.0
    weighed = [
        (tells(mine), max(_same(mine, theirs) for theirs in others))
        for these, others in ((one, other), (other, one))
        for mine in these
    ]
    return sum(weight * same for weight, same in weighed) / sum(weight for weight, _ in weighed)


def said(one: Sequence[Cited], other: Sequence[Cited]) -> tuple[list[str], list[str]]:
    """The provisions both cite, as the first writes them, and the statutes of which they cite no
    article in common."""
    shared: dict[str, None] = {}
    works: dict[str, None] = {}
    for mine in one:
        theirs = max(other, key=lambda o: _same(mine, o), default=None)
        if theirs is not None and _same(mine, theirs) > SAME_STATUTE:
            shared[_label(mine, theirs)] = None
        elif theirs is not None and mine.work == theirs.work:
            works[mine.work] = None
    told = {mine.work for mine in one for theirs in other if _same(mine, theirs) > SAME_STATUTE}
    return list(shared), [f"都引用《{work}》" for work in works if work not in told]


def cited(citations: Iterable[Citation]) -> tuple[Cited, ...]:
    """What is cited, each place once. What was not resolved says nothing."""
    return tuple(
        dict.fromkeys(
            Cited(citation.work, at, _today(citation.work, at, _versions(citation)))
            for citation in citations
            if citation.work is not None and statute_values(citation)
            for at in (Pinpoint(citation.article, citation.paragraph, citation.item),)
        )
    )


def _same(one: Cited, other: Cited) -> float:
    if one.work != other.work:
        return 0.0
    return max((_place(a, b) for a in one.today for b in other.today), default=SAME_STATUTE)


def _place(one: Pinpoint, other: Pinpoint) -> float:
    if one.article != other.article:
        return SAME_STATUTE
    levels = ((one.paragraph, other.paragraph), (one.item, other.item))
    apart = any(a is not None and b is not None and a != b for a, b in levels)
    return SAME_ARTICLE if apart else 1.0


def _label(mine: Cited, theirs: Cited) -> str:
    """The place both mean: as far down as both write it, or in both numbers where they differ."""
    if mine.at.article != theirs.at.article:
        return f"{mine.label()}（另一案引{place(theirs.at)}，新旧条文对应）"
    if mine.at == theirs.at:
        return mine.label()
    same = mine.at.paragraph == theirs.at.paragraph
    return mine.work + place(Pinpoint(mine.at.article, mine.at.paragraph if same else None))


def _versions(citation: Citation) -> tuple[date, ...]:
    return citation.candidates or ((citation.version,) if citation.version else ())


@lru_cache(maxsize=4096)
def _today(work: str, at: Pinpoint, versions: tuple[date, ...]) -> frozenset[Pinpoint]:
    if at.article is None:
        return frozenset()
    found: set[Pinpoint] = set()
    for version in versions or (date.max,):
        found |= _renumbered(work, at, version)
    return frozenset(found)


def _renumbered(work: str, at: Pinpoint, version: date) -> set[Pinpoint]:
    """What a place of one version became, through every change of numbers since."""
    places = {at}
    changes = {row.changed_on for row in crosswalk().rows if row.work == work}
    for changed_on in sorted(day for day in changes if day > version):
        places = {
            row.new
            for one in places
            for row in crosswalk().newer(work, one)
            if row.changed_on == changed_on and row.new and row.relation is not Relation.ADDED
        }
    return places
