"""A record among the results: its passages, and the short lines that say why it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb import law, places
from kb.answers import Coded, Hit, Mark, Passage
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, coded, regions
from kb.model import Case, Content, Span, settled
from kb.search.document import statute_values
from kb.search.engine import Filters, Key
from kb.search.highlight import Wanted, excerpts, located, merged
from kb.search.request import FacetName

_MOST_STATUTES = 6


def case_hits(
    cases: Callable[[Sequence[str]], list[Case]],
    keys: Sequence[Key],
    asked: Sequence[Wanted],
    filters: Filters,
) -> list[Hit]:
    """The records that an engine found, in its order. cases: gives the published ones of some ids,
    leaving out what is gone."""
    scores = {key.id: key.score for key in keys}
    return [case_hit(case, scores[case.id], asked, filters) for case in cases(list(scores))]


def case_hit(case: Case, score: float, asked: Sequence[Wanted], filters: Filters) -> Hit:
    """A record as it is shown among the results."""
    content = case.content
    in_title, in_text = located(content.title, asked), located(content.text, asked)
    passages = [
        Passage(
            heading=excerpt.section.heading,
            role=excerpt.section.role.value,
            text=excerpt.span.of(content.text),
            start=excerpt.span.start,
            marks=mark_list(excerpt.marks, excerpt.span.start),
        )
        for excerpt in excerpts(content, asked, in_text)
    ]
    statutes = [c for c in settled(content.citations) if statute_values(c)]
    published, decided = settled(content.published), settled(content.decided)
    return Hit(
        id=case.id,
        path=f"/cases/{case.id}",
        kind=Coded(code=content.kind.value, label=KIND_LABELS[content.kind]),
        title=content.title,
        title_marks=mark_list(merged(span for span, _ in in_title), 0),
        subtitle=content.subtitle,
        score=round(score, 6),
        passages=passages,
        why=_why(content, [asked[n].typed for n in _numbers(in_title, in_text)], filters),
        regions=regions(content),
        acts=coded(acts(), settled(content.acts)),
        issues=coded(issues(), settled(content.issues)),
        outcomes=coded(outcomes(), settled(content.outcomes)),
        statutes=list(dict.fromkeys(law.label(c) for c in statutes))[:_MOST_STATUTES],
        dockets=[docket.raw for docket in settled(content.dockets)],
        batch=next(iter(settled(content.batch)), ""),
        publishers=list(settled(content.publishers)),
        decided=decided[0] if decided else None,
        published=published[0] if published else None,
        url=case.url,
    )


def _numbers(*places: Sequence[tuple[Span, int]]) -> list[int]:
    return sorted({number for located_in in places for _, number in located_in})


def _why(content: Content, standing: Sequence[str], filters: Filters) -> list[str]:
    """What of the query stands in the record, and where it is filed as the filters ask."""
    telling = [word for word in standing if not any(word in o and word != o for o in standing)]
    lines = [f"命中：{'、'.join(telling)}"] if telling else []
    wanted_regions = filters.get(FacetName.REGION, frozenset())
    lines += [
        f"地区：{region.name}"
        for region in settled(content.regions)
        if wanted_regions & set(places.ancestors(region.code))
    ][:1]
    wanted_statutes = filters.get(FacetName.STATUTE, frozenset())
    lines += [
        f"引用：{law.label(c)}"
        for c in settled(content.citations)
        if wanted_statutes & set(statute_values(c))
    ][:1]
    return lines


def mark_list(spans: Sequence[Span], base: int) -> list[Mark]:
    """Stretches as marks of a text that begins at base."""
    return [Mark(start=span.start - base, end=span.end - base) for span in spans]
