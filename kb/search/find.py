"""From a request to an answer: the query read, the engine asked, the hits shown with their why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from kb.answers import Dropped, Hit, Offer, Reading, SearchAnswer
from kb.search import cursor
from kb.search.engine import Engine, Filters, Found, Key
from kb.search.facets import facet
from kb.search.fields import FACET_LABELS, Meaning, meaning
from kb.search.highlight import Wanted, wanted
from kb.search.parse import Understood, understand
from kb.search.query import Words
from kb.search.request import SHOWN_FACETS, FacetName, SearchRequest, Sort

Shown = Callable[[Sequence[Key], Sequence[Wanted], Filters], list[Hit]]
"""Makes hits of what an engine found, in its order, leaving out what is gone by now."""


# Looking for what emptied an answer must not take longer than the answer.
_MOST_DROPPED = 12
_MOST_MISSPELT = 6
_LONGEST_MISSPELT = 8


class Finder:
    """Answers searches from an engine. The same ranking serves cases and statutes; only what is
    shown of a hit differs. offers: what else to search for, given the query as typed."""

    def __init__(self, engine: Engine, shown: Shown, offers: Callable[[str], list[Offer]]) -> None:
        self._engine = engine
        self._shown = shown
        self._offers = offers

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
            hits=self._shown(found.hits, wanted(understood.node), filters),
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
            did_you_mean=self._nearly(understood, request.q, filters) if not found.total else [],
            offers=self._offers(request.q),
            updated=self._engine.stats().updated,
        )

    def _dropped(
        self, understood: Understood, request: SearchRequest, filters: Filters
    ) -> list[Dropped]:
        """What would be found without each word and each filter."""
        dropped = []
        if len(understood.parts) > 1 or filters:
            for index, part in enumerate(understood.parts[:_MOST_DROPPED]):
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

    def _nearly(self, understood: Understood, query: str, filters: Filters) -> list[str]:
        """The query with a word that stands nowhere put as the index spells it, if that finds
        anything."""
        absent = (
            typed
            for part in understood.parts[:_MOST_DROPPED]
            if isinstance(part.node, Words) and part.node.every
            for typed in dict.fromkeys((part.node.text, *part.node.words))
            if 1 < len(typed) <= _LONGEST_MISSPELT
        )
        tried = {
            query.replace(typed, other): None
            for typed in islice(absent, _MOST_MISSPELT)
            for other in self._engine.similar_words(typed)
        }
        return [
            other
            for other in tried
            if other != query and self._engine.count(understand(other).node, filters)
        ][:5]


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
