"""From a request to an answer: the query read, the engine asked, the hits shown with their why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb import law
from kb.answers import Coded, Dropped, Hit, Mark, Passage, Reading, SearchAnswer
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, coded, regions
from kb.model import Case, Content, Span, settled
from kb.search import cursor
from kb.search.document import statute_values
from kb.search.engine import Engine, Filters, Found
from kb.search.facets import facet
from kb.search.fields import FACET_LABELS, Meaning, meaning
from kb.search.highlight import Wanted, excerpts, located, merged, wanted
from kb.search.parse import Understood, understand
from kb.search.query import Node, Words
from kb.search.request import SHOWN_FACETS, FacetName, SearchRequest, Sort

_MOST_STATUTES = 6


class Finder:
    """Answers searches from an engine and the records behind it.

    cases: gives the published records of some ids, in their order, leaving out what is gone.
    """

    def __init__(self, engine: Engine, cases: Callable[[Sequence[str]], list[Case]]) -> None:
        self._engine = engine
        self._cases = cases

    def answer(self, request: SearchRequest) -> SearchAnswer:
        """Raises BadRequest for a cursor of another search, IndexUnavailable without an index."""
        understood = understand(request.q, use_synonyms=request.synonyms)
        meanings = {name: [_meant(name, v) for v in vs] for name, vs in request.filters.items()}
        filters = {name: _values(meant) for name, meant in meanings.items()}
        sort = request.sort
        if sort is Sort.RELEVANCE and not understood.parts:
            sort = Sort.NEWEST
        found = self._engine.search(
            understood.node,
            filters,
            sort=sort,
            start=(request.page - 1) * request.size,
            after=cursor.decode(request),
            size=request.size,
            facets=SHOWN_FACETS,
        )
        notes = [
            *understood.notes,
            *(note for ms in meanings.values() for m in ms for note in m.notes),
        ]
        return SearchAnswer(
            query=request.q,
            reading=Reading(text=_reading(understood, meanings), notes=list(dict.fromkeys(notes))),
            total=found.total,
            page=found.before // request.size + 1,
            size=request.size,
            hits=self._hits(found, understood.node, filters),
            facets=[
                facet(
                    name,
                    found.counts[name],
                    _chosen(request.filters.get(name, ()), meanings.get(name)),
                )
                for name in SHOWN_FACETS
            ],
            next=_next(found, request),
            dropped=self._dropped(understood, request, filters) if not found.total else [],
            did_you_mean=self._nearly(understood, request.q) if not found.total else [],
            updated=self._engine.stats().updated,
        )

    def _hits(self, found: Found, node: Node, filters: Filters) -> list[Hit]:
        asked = wanted(node)
        scores = {key.id: key.score for key in found.hits}
        return [
            _hit(case, scores[case.id], asked, filters)
            for case in self._cases([key.id for key in found.hits])
        ]

    def _dropped(
        self, understood: Understood, request: SearchRequest, filters: Filters
    ) -> list[Dropped]:
        """What would be found without each word and each filter."""
        dropped = []
        if len(understood.parts) > 1 or filters:
            for index, part in enumerate(understood.parts):
                total = self._engine.count(understood.without(index), filters)
                dropped.append(
                    Dropped(what=part.typed, parameter="q", value=part.typed, total=total)
                )
        for name in filters:
            others = {other: values for other, values in filters.items() if other is not name}
            total = self._engine.count(understood.node, others)
            for value in request.filters[name]:
                meant = _meant(name, value)
                what = f"{FACET_LABELS[name]}：{meant.label}"
                dropped.append(Dropped(what=what, parameter=name.value, value=value, total=total))
        return [drop for drop in dropped if drop.total]

    def _nearly(self, understood: Understood, query: str) -> list[str]:
        """The query with a word that stands nowhere put as the index spells it."""
        nearly: dict[str, None] = {}
        for part in understood.parts:
            if not isinstance(part.node, Words) or self._engine.count(part.node, {}):
                continue
            for typed in dict.fromkeys((part.node.text, *part.node.words)):
                for other in self._engine.similar_words(typed):
                    nearly[query.replace(typed, other)] = None
        return [other for other in nearly if other != query][:5]


def _meant(name: FacetName, value: str) -> Meaning:
    unknown = Meaning(frozenset((value,)), value, (f"没有“{value}”这个{FACET_LABELS[name]}",))
    return meaning(name, value) or unknown


def _values(meanings: Sequence[Meaning]) -> frozenset[str]:
    return frozenset(value for meant in meanings for value in meant.values)


def _chosen(typed: Sequence[str], meanings: Sequence[Meaning] | None) -> frozenset[str]:
    """The rows to show as chosen: the values typed, or the one value that a name stands for."""
    single = [value for m in meanings or () if len(m.values) == 1 for value in m.values]
    return frozenset((*typed, *single))


def _reading(understood: Understood, meanings: dict[FacetName, list[Meaning]]) -> str:
    said = [part.typed for part in understood.parts] or ["全部案例"]
    for name, meant in meanings.items():
        said.append(f"{FACET_LABELS[name]}为{'或'.join(m.label for m in meant)}")
    return "，且 ".join(said) if len(said) > 1 else said[0]


def _next(found: Found, request: SearchRequest) -> str | None:
    if not found.hits or found.before + len(found.hits) >= found.total:
        return None
    return cursor.encode(found.hits[-1], request)


def _hit(case: Case, score: float, asked: Sequence[Wanted], filters: Filters) -> Hit:
    content = case.content
    in_title, in_text = located(content.title, asked), located(content.text, asked)
    passages = [
        Passage(
            heading=excerpt.section.heading,
            role=excerpt.section.role.value,
            text=excerpt.span.of(content.text),
            start=excerpt.span.start,
            marks=_marks(excerpt.marks, excerpt.span.start),
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
        title_marks=_marks(merged(span for span, _ in in_title), 0),
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
    lines += [f"地区：{r.name}" for r in settled(content.regions) if r.code in wanted_regions][:1]
    wanted_statutes = filters.get(FacetName.STATUTE, frozenset())
    lines += [
        f"引用：{law.label(c)}"
        for c in settled(content.citations)
        if wanted_statutes & set(statute_values(c))
    ][:1]
    return lines


def _marks(spans: Sequence[Span], base: int) -> list[Mark]:
    return [Mark(start=span.start - base, end=span.end - base) for span in spans]
