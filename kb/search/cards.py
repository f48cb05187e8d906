"""A record among the results: what a hit says whatever is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kb import law
from kb.answers import Coded, Hit
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, coded, region_answer
from kb.model import Case, settled
from kb.search.document import statute_values
from kb.search.kept import Kept, Records

_MOST_STATUTES = 6
_MOST_CHARACTERS = 10_000_000  # some five thousand records, as cases go


@dataclass(frozen=True, slots=True)
class Card:
    """A record, and the hit that it is for someone who asked for nothing."""

    case: Case
    hit: Hit


Cards = Kept[Card]


def cards(records: Records) -> Cards:
    """The cards of these records, the last ones kept."""
    return Kept(records, lambda case: Card(case, _hit(case)), _MOST_CHARACTERS)


def _hit(case: Case) -> Hit:
    content = case.content
    published, decided = settled(content.published), settled(content.decided)
    citations = (c for c in settled(content.citations) if statute_values(c))
    return Hit(
        id=case.id,
        path=f"/cases/{case.id}",
        kind=Coded(code=content.kind.value, label=KIND_LABELS[content.kind]),
        title=content.title,
        title_marks=[],
        subtitle=content.subtitle,
        score=0.0,
        passages=[],
        why=[],
        matches=[],
        score_parts=[],
        regions=[region_answer(region) for region in settled(content.regions)],
        acts=coded(acts(), settled(content.acts)),
        issues=coded(issues(), settled(content.issues)),
        outcomes=coded(outcomes(), settled(content.outcomes)),
        statutes=list(dict.fromkeys(map(law.label, citations)))[:_MOST_STATUTES],
        dockets=[docket.raw for docket in settled(content.dockets)],
        batch=next(iter(settled(content.batch)), ""),
        publishers=list(settled(content.publishers)),
        decided=decided[0] if decided else None,
        published=published[0] if published else None,
        url=case.url,
    )
