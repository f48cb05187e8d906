"""What to leave out of a search that finds nothing, and how much is found then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kb.answers import Dropped
from kb.search.engine import Filters
from kb.search.fields import FACET_LABELS
from kb.search.kinds import STATUTE_KINDS
from kb.search.parse import Understood
from kb.search.query import Words
from kb.search.reader import Part
from kb.search.request import FacetName, SearchRequest

# Looking for what emptied an answer must not take longer than the answer.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Emptied:
    """A search that finds nothing. labels: how people call the values of each filter; count: how
    many records another request finds under some filters."""

    request: SearchRequest
    understood: Understood
    filters: Filters
    labels: dict[FacetName, str]
    count: Callable[[SearchRequest, Filters], int]

    def ways_out(self) -> list[Dropped]:
        """Every single thing that empties the answer. Where no single one does: all filters, the
        words that stand nowhere, or both; where even these do not, that all words must stand."""
        for ways in (self._single, self._together, self._any_of_them):
            if found := [way for way in ways() if way.total]:
                return found
        return []

    def _single(self) -> Iterator[Dropped]:
        parts = self.understood.parts[:_MOST]
        for part in parts:
            if len(parts) > 1 or self.filters:
                yield self._way(part.typed, "q", part.typed, self._with_typed(part, ""))
            if part.unbound:
                said = part.unbound.strip('“”"()（）')
                what = f"段落的限定，各段都找“{said}”"
                yield self._way(what, "q", part.typed, self._with_typed(part, part.unbound))
        if len(parts) == 1 and isinstance(parts[0].node, Words) and parts[0].node.every:
            for word in parts[0].node.words[:_MOST]:
                shorter = parts[0].typed.replace(word, " ")
                if shorter.strip() and shorter != parts[0].typed:
                    yield self._way(word, "q", word, self._with_typed(parts[0], shorter))
        for name in self._droppable():
            yield self._of_facet(name)

    def _together(self) -> Iterator[Dropped]:
        droppable = self._droppable()
        bound = {name: v for name, v in self.filters.items() if name not in droppable}
        kept = {name: self.request.filters[name] for name in bound}
        if len(droppable) > 1:
            request = replace(self.request, filters=kept)
            yield self._way("全部筛选条件", "", "", request, bound)
        parts = self.understood.parts[:_MOST]
        absent = [part for part in parts if not self._stands(part)]
        if not absent or len(absent) == len(parts):
            return
        rest = self._without(absent)
        said = "、".join(part.typed for part in absent)
        if len(absent) > 1:
            yield self._way(said, "", "", rest)
        if droppable:
            request = replace(rest, filters=kept)
            yield self._way(f"{said}和全部筛选条件", "", "", request, bound)

    def _any_of_them(self) -> Iterator[Dropped]:
        words = [
            word
            for part in self.understood.parts[:_MOST]
            if isinstance(part.node, Words) and part.node.every
            for word in part.node.words
        ]
        if len(words) > 1:
            request = replace(self.request, q=" 或 ".join(words), within=())
            yield self._way("“都要有”的要求，有其中一个词即可", "q", "", request)

    def _droppable(self) -> list[FacetName]:
        """The filters but the one that asks for articles instead of cases."""
        return [
            name
            for name, values in self.request.filters.items()
            if name is not FacetName.KIND or STATUTE_KINDS.isdisjoint(values)
        ]

    def _of_facet(self, name: FacetName) -> Dropped:
        values = self.request.filters[name]
        filters = {other: v for other, v in self.request.filters.items() if other is not name}
        others = {other: v for other, v in self.filters.items() if other is not name}
        what = f"{FACET_LABELS[name]}：{self.labels[name]}"
        value = values[0] if len(values) == 1 else ""
        return self._way(what, name.value, value, replace(self.request, filters=filters), others)

    def _stands(self, part: Part) -> int:
        alone = replace(self.request, q=part.typed, within=())
        return self.count(alone, {n: v for n, v in self.filters.items() if n is FacetName.KIND})

    def _without(self, parts: Sequence[Part]) -> SearchRequest:
        """The request without what was typed for some parts, the last first."""
        last = sorted(parts, key=lambda part: (part.within is None, part.within or 0, part.start))
        request = self.request
        for part in reversed(last):
            request = self._with_typed(part, "", request)
        return request

    def _with_typed(
        self, part: Part, typed: str, request: SearchRequest | None = None
    ) -> SearchRequest:
        """A request with something else typed for a part, or nothing."""
        request = request or self.request
        if part.within is not None:
            words = [w for n, w in enumerate(request.within) if n != part.within or typed]
            return replace(request, within=tuple(words))
        q = f"{request.q[: part.start]} {typed} {request.q[part.end :]}"
        return replace(request, q=" ".join(q.split()))

    def _way(
        self,
        what: str,
        parameter: str,
        value: str,
        request: SearchRequest,
        filters: Filters | None = None,
    ) -> Dropped:
        total = self.count(request, self.filters if filters is None else filters)
        query = urlencode(replace(request, page=1, cursor="").pairs())
        return Dropped(what=what, parameter=parameter, value=value, total=total, query=query)
