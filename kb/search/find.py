"""From a request to an answer: the query read, the engine asked, the hits shown with their why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from kb import law
from kb.answers import Coverage, Hit, Offer, Reading, SearchAnswer
from kb.search import cursor
from kb.search.dropped import Emptied
from kb.search.engine import Engine, Filters, Found, Key
from kb.search.facets import facet
from kb.search.fields import FACET_LABELS, Meaning, meaning
from kb.search.highlight import Asked, asked
from kb.search.hits import Parts
from kb.search.parse import Understood, understand_all
from kb.search.query import Words
from kb.search.reading import reading
from kb.search.request import SHOWN_FACETS, FacetName, SearchRequest, Sort
from kb.search.survey import Survey
from kb.text.pinyin import sounds

Shown = Callable[[Sequence[Key], Asked, Parts], list[Hit]]
"""Makes hits of what an engine found, in its order, leaving out what is gone by now."""

# Looking for a slip of the pen must not take longer than the answer.
_MOST_MISSPELT = 6
_LONGEST_MISSPELT = 8
_MOST_MEANT = 5
_JOINED = re.compile(r"(?<=[^\W_]{2})(或者?)(?=[^\W_]{2})")  # 工伤或工亡 for 工伤 或 工亡


class Finder:
    """Answers searches from an engine. The same ranking serves cases and statutes; only what is
    shown of a hit differs. offers: what may be meant in place of a provision."""

    def __init__(self, engine: Engine, shown: Shown, offers: Callable[[str], list[Offer]]) -> None:
        self._engine = engine
        self._shown = shown
        self._offers = offers
        self._survey = Survey(engine)
        self._covered = ("", Coverage(records=0, years=None, updated=None))

    def answer(self, request: SearchRequest, *, explained: bool = True) -> SearchAnswer:
        """explained: whether to say what the scores are made of, where hits are in their order.
        Raises BadRequest for a cursor of another search, IndexUnavailable without an index."""
        understood = understand_all(request, self._names)
        meanings = {
            name: [self._meant(name, value) for value in values]
            for name, values in request.filters.items()
        }
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
            explained=explained and sort is Sort.RELEVANCE,
        )
        notes = [
            *understood.notes,
            *(note for meant in meanings.values() for m in meant for note in m.notes),
        ]
        coverage = self._coverage()
        emptied = Emptied(request, understood, filters, _labels(meanings), self._count)
        return SearchAnswer(
            query=request.q,
            within=list(request.within),
            reading=Reading(text=_reading(understood, meanings), notes=list(dict.fromkeys(notes))),
            total=found.total,
            page=found.before // request.size + 1,
            size=request.size,
            hits=self._shown(
                found.hits,
                asked(understood.node, filters),
                {key.id: parts for key, parts in zip(found.hits, found.parts, strict=False)},
            ),
            facets=[
                facet(
                    name,
                    found.counts[name],
                    _chosen(request.filters.get(name, ()), meanings.get(name)),
                )
                for name in SHOWN_FACETS
            ],
            next=_next(found, request),
            dropped=[] if found.total else emptied.ways_out(),
            did_you_mean=[] if found.total else self._nearly(understood, request, filters),
            offers=list(self._offered(understood, request, empty=not found.total)),
            updated=coverage.updated,
            coverage=coverage,
        )

    def _meant(self, name: FacetName, value: str) -> Meaning:
        unknown = Meaning(frozenset((value,)), value, (f"没有“{value}”这个{FACET_LABELS[name]}",))
        return meaning(name, value, self._names) or unknown

    def _offered(
        self, understood: Understood, request: SearchRequest, *, empty: bool
    ) -> Iterator[Offer]:
        """What may be meant in place of each provision that the query asks for; if nothing is
        found, its article alone too."""
        for part in understood.parts:
            if part.cited and part.within is None:
                wider = _article_of(part.cited) if empty else []
                for offer in (*wider, *self._offers(part.cited)):
                    q = f"{request.q[: part.start]}{offer.q}{request.q[part.end :]}"
                    yield offer.model_copy(update={"q": q})

    def _names(self, name: FacetName) -> list[str]:
        return list(self._survey.counts(name))

    def _coverage(self) -> Coverage:
        state = self._engine.state()
        if self._covered[0] != state:
            stats = self._engine.stats()
            years = [int(year) for year in self._survey.counts(FacetName.YEAR)]
            ends = (min(years), max(years)) if years else None
            covered = Coverage(records=stats.documents, years=ends, updated=stats.updated)
            self._covered = (state, covered)
        return self._covered[1]

    def _nearly(
        self, understood: Understood, request: SearchRequest, filters: Filters
    ) -> list[str]:
        """The query with a word that stands nowhere put as the index spells it, or with 或 set
        apart, if that finds anything."""
        absent = (
            typed
            for part in understood.parts
            if part.within is None and isinstance(part.node, Words) and part.node.every
            for typed in dict.fromkeys((part.node.text, *part.node.words))
            if 1 < len(typed) <= _LONGEST_MISSPELT
        )
        tried = dict.fromkeys(
            (
                _JOINED.sub(r" \1 ", request.q),
                *(
                    request.q.replace(typed, other)
                    for typed in islice(absent, _MOST_MISSPELT)
                    for other in _likely(typed, self._engine.similar_words(typed))
                ),
            )
        )
        return [
            other
            for other in tried
            if other != request.q and self._count(replace(request, q=other), filters)
        ][:_MOST_MEANT]

    def _count(self, request: SearchRequest, filters: Filters) -> int:
        return self._engine.count(understand_all(request, self._names).node, filters)


def _article_of(provision: str) -> list[Offer]:
    """The article in which a paragraph or an item stands."""
    cited = law.typed(provision)
    if cited is None or cited.paragraph is cited.item is None:
        return []
    article = law.label(replace(cited, paragraph=None, item=None, subitem=None))
    return [Offer(label=f"不限款项，检索{article}", q=article)]


def _likely(typed: str, others: Sequence[str]) -> list[str]:
    """Of words spelt nearly alike those that sound alike, as input methods slip, then the others;
    of two characters one alone is too little to tell by."""
    alike = [other for other in others if _sound(other) & _sound(typed)]
    return alike + [other for other in others if other not in alike and len(typed) > 2]


def _sound(word: str) -> set[str]:
    """How a word is said, where what sounds alike to many (zh and z, ng and n) is one."""
    return {re.sub("(?<=[zcs])h|(?<=n)g", "", spelt) for spelt in sounds(word)[0]}


def _values(meanings: Sequence[Meaning]) -> frozenset[str]:
    return frozenset(value for meant in meanings for value in meant.values)


def _labels(meanings: dict[FacetName, list[Meaning]]) -> dict[FacetName, str]:
    return {name: "或".join(m.label for m in meant) for name, meant in meanings.items()}


def _chosen(typed: Sequence[str], meanings: Sequence[Meaning] | None) -> frozenset[str]:
    """The rows to show as chosen: the values typed, or the one value that a name stands for."""
    single = [value for m in meanings or () if len(m.values) == 1 for value in m.values]
    return frozenset((*typed, *single))


def _reading(understood: Understood, meanings: dict[FacetName, list[Meaning]]) -> str:
    said = [reading(understood.node)] if understood.parts else []
    said += [f"{FACET_LABELS[name]}为{label}" for name, label in _labels(meanings).items()]
    return "，且 ".join(said) or "全部案例"


def _next(found: Found, request: SearchRequest) -> str | None:
    if not found.hits or found.before + len(found.hits) >= found.total:
        return None
    return cursor.encode(found.hits[-1], request)
