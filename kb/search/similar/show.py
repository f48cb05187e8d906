"""Similar cases as they are answered: with labels, percents and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from kb.answers import CaseLink, Coded, LegAnswer, SameCase, SimilarCase, Understanding
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, coded, regions
from kb.model import Case, settled
from kb.search.similar.legs import Comparison, Leg, Likeness
from kb.search.similar.twins import SAME_LABELS, Paper, Same
from kb.search.similar.weights import LEG_LABELS, TIER_LABELS, WEIGHTS, LegName, tier

_NOTES = {
    LegName.FACTS: "案情文字太少，无法比较，未计入",
    LegName.ISSUE: "看不出争议焦点，无法比较，未计入",
    LegName.LAW: "其中一方没有引用能认定的法条，无法比较，未计入",
}
_MOST_WORDS = 12


def similar_case(case: Case, likeness: Likeness, also: Sequence[SameCase]) -> SimilarCase:
    """A case with its shares on the legs and their reasons."""
    content = case.content
    of = tier(content.kind)
    return SimilarCase(
        link=_link(case),
        path=f"/cases/{case.id}",
        subtitle=content.subtitle,
        kind=_kind(case),
        tier=Coded(code=of.value, label=TIER_LABELS[of]),
        share=round(100 * likeness.total),
        legs=_legs(likeness),
        regions=regions(content),
        outcomes=coded(outcomes(), settled(content.outcomes)),
        batch=next(iter(settled(content.batch)), ""),
        decided=next(iter(settled(content.decided)), None),
        published=next(iter(settled(content.published)), None),
        also=list(also),
    )


def by_text(case: Case, how: Same, overlap: float) -> SameCase:
    """A record whose text is nearly the same."""
    return _same(case, how, f"文字重合 {round(100 * overlap)}%")


def by_number(case: Case, number: str) -> SameCase:
    """A record of the same dispute, joined by this number."""
    return _same(case, Same.DISPUTE, number)


def understanding(comparison: Comparison, paper: Paper) -> Understanding:
    """What a case or text was compared by."""
    matter = comparison.matter
    return Understanding(
        words=list(comparison.facts.weights)[:_MOST_WORDS],
        acts=coded(acts(), matter.acts),
        issues=coded(issues(), matter.issues),
        statutes=list(dict.fromkeys(one.label() for one in matter.provisions)),
        dockets=sorted(paper.numbers),
    )


def _legs(likeness: Likeness) -> list[LegAnswer]:
    judged = sum(WEIGHTS[name] for name, leg in likeness.legs.items() if leg.share is not None)
    return [_leg(name, leg, judged) for name, leg in likeness.legs.items()]


def _leg(name: LegName, leg: Leg, judged: float) -> LegAnswer:
    told = leg.share is not None
    return LegAnswer(
        code=name.value,
        label=LEG_LABELS[name],
        share=None if leg.share is None else round(100 * leg.share),
        weight=round(100 * WEIGHTS[name] / judged) if told else 0,
        shared=list(leg.shared),
        near=list(leg.near),
        note="" if told else _NOTES[name],
    )


def _same(case: Case, how: Same, why: str) -> SameCase:
    content = case.content
    return SameCase(
        link=_link(case),
        path=f"/cases/{case.id}",
        kind=_kind(case),
        how=Coded(code=how.value, label=SAME_LABELS[how]),
        why=why,
        decided=next(iter(settled(content.decided)), None),
        published=next(iter(settled(content.published)), None),
    )


def _link(case: Case) -> CaseLink:
    return CaseLink(id=case.id, title=case.content.title)


def _kind(case: Case) -> Coded:
    return Coded(code=case.content.kind.value, label=KIND_LABELS[case.content.kind])
