"""Cases whose texts are nearly one: the same case published again, or two cases of one series.

Two decisions with nearly the same text are not the same: a series (串案) differs in its numbers,
days, names and sums. What tells two texts apart makes them a series; where nothing does, they are
one case published twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kb.law import dockets
from kb.model import Content, Docket, DocketKind, PartyRole, RegionRole, settled
from kb.search.similar.matter import story
from kb.text.normalise import fold_text
from kb.text.numerals import numerals
from kb.text.shingles import Shingles, contained, shingles

SUSPECT = 0.4
"""From this cosine of the pairs of characters in the facts on, two texts are looked at here;
unrelated ones have a tenth of it, those of one cause half."""
SAME_TEXT = 0.8
"""The share of the shorter text's stretches of four characters that stand in the longer, as
`kb.store.match` has it: a text that had a word corrected keeps nearly all, one written from the
same template half and more."""
SAME_TEMPLATE = 0.5
_SIZE = 4
_CASE_NUMBERS = (DocketKind.REVIEW, DocketKind.COURT, DocketKind.REFERENCE)
_OFFICES = (PartyRole.REVIEW_AUTHORITY, PartyRole.COURT, PartyRole.RESPONDENT, PartyRole.DEFENDANT)
_DIFFERENT_FIGURES = 2
_DIGITS = re.compile(r"\d+")


class Same(StrEnum):
    """DISPUTE: one dispute, joined by numbers; DUPLICATE: one case published again; SERIES: another
    case of one series."""

    DISPUTE = "dispute"
    DUPLICATE = "duplicate"
    SERIES = "series"


SAME_LABELS = {
    Same.DISPUTE: "同一案件",
    Same.DUPLICATE: "重复发布",
    Same.SERIES: "同批类似案件",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paper:
    """A text with what tells it from others. figures: numbers of two digits and more in the facts.
    people: surnames of natural persons by their part. offices: who decided."""

    text: Shingles
    facts: Shingles
    numbers: frozenset[str]
    figures: frozenset[str]
    decided: date | None = None
    people: frozenset[tuple[PartyRole, str]] = frozenset()
    offices: frozenset[str] = frozenset()


def paper(content: Content) -> Paper:
    """A record as it is told from others."""
    parties = settled(content.parties)
    # Half a dozen courts, and as many departments, are all of one province.
    offices = {
        region.code
        for region in settled(content.regions)
        if region.role is RegionRole.AUTHORITY and not region.code.endswith("0000")
    }
    offices |= {fold_text(p.name) for p in parties if p.role in _OFFICES and not p.natural}
    return replace(
        _paper(content.text, story(content), settled(content.dockets)),
        decided=next(iter(settled(content.decided)), None),
        people=frozenset((p.role, fold_text(p.name)[:1]) for p in parties if p.natural),
        offices=frozenset(offices),
    )


def pasted(text: str) -> Paper:
    """A pasted text, of which only the numbers and figures are known."""
    return _paper(text, text, (docket for _, docket in dockets.find(text)))


def tell(one: Paper, other: Paper) -> tuple[Same | None, float]:
    """What two texts are to each other, None for two cases, and the share of the shorter text that
    stands in the longer."""
    overlap = contained(one.text, other.text)
    apart = _told_apart(one, other)
    if overlap >= SAME_TEXT:
        return (Same.SERIES if apart else Same.DUPLICATE), overlap
    by_template = contained(one.facts, other.facts) >= SAME_TEMPLATE
    if apart and by_template and one.offices & other.offices:
        return Same.SERIES, overlap
    return None, overlap


def _paper(text: str, facts: str, held: Iterable[Docket]) -> Paper:
    told = fold_text(facts)
    return Paper(
        # Figures are looked at by themselves; a series differs in little else.
        text=shingles(_DIGITS.sub("", fold_text(text)), _SIZE),
        facts=shingles(_DIGITS.sub("", told), _SIZE),
        numbers=frozenset(
            docket.normalised
            for docket in held
            if docket.kind in _CASE_NUMBERS and "*" not in docket.normalised
        ),
        figures=frozenset(figure for _, _, figure in numerals(told) if len(figure) > 1),
    )


def _told_apart(one: Paper, other: Paper) -> bool:
    """Whether something says that these are two cases."""
    if one.numbers and other.numbers:
        return not one.numbers & other.numbers
    if one.decided and other.decided and one.decided != other.decided:
        return True
    if _other_people(one, other):
        return True
    missing = (one.figures - other.figures, other.figures - one.figures)
    return min(map(len, missing)) >= _DIFFERENT_FIGURES


def _other_people(one: Paper, other: Paper) -> bool:
    """Whether someone in a part that both have people in bears another surname."""
    roles = {role for role, _ in one.people} & {role for role, _ in other.people}
    return any(
        {name for said, name in one.people if said == role}.isdisjoint(
            name for said, name in other.people if said == role
        )
        for role in roles
    )
