"""What to leave out of a search that finds nothing, and how much is found then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kb.answers import Dropped
from kb.labels import STATUTE_LABELS
from kb.search.engine import Filters
from kb.search.fields import FACET_LABELS
from kb.search.parse import Part, Understood, lifted
from kb.search.query import Node
from kb.search.request import FacetName, SearchRequest

Count = Callable[[Node, Filters], int]

# Looking for what emptied an answer must not take longer than the answer.
_MOST = 12
STATUTE_NAMES = frozenset((*STATUTE_LABELS, *STATUTE_LABELS.values()))


@dataclass(frozen=True, slots=True)
class Emptied:
    """A search that finds nothing. filters: as the engine has them; labels: how people call the
    values of each."""

    request: SearchRequest
    understood: Understood
    filters: Filters
    labels: dict[FacetName, str]

    def ways_out(self, count: Count) -> list[Dropped]:
        """Every single thing that empties the answer; where no single one does, all filters, the
        words that stand nowhere, or both."""
        ways = list(self._single(count))
        return ways or list(self._together(count))

    def _single(self, count: Count) -> Iterator[Dropped]:
        parts = self.understood.parts[:_MOST]
        for part in parts:
            if len(parts) > 1 or self.filters:
                total = count(self.understood.without(part), self.filters)
                if total:
                    yield self._dropped(part.typed, "q", part.typed, total, self._without([part]))
            if (wide := lifted(part)) is not None:
                node = self.understood.with_part(part, wide)
                if total := count(node, self.filters):
                    what = f"段落限定（{part.typed}）"
                    yield self._dropped(what, "q", part.typed, total, self._lifted(part))
        for name in self._droppable():
            others = {other: values for other, values in self.filters.items() if other is not name}
            if total := count(self.understood.node, others):
                yield self._of_facet(name, total)

    def _together(self, count: Count) -> Iterator[Dropped]:
        parts = self.understood.parts[:_MOST]
        bound = {name: v for name, v in self.filters.items() if name not in self._droppable()}
        kept = {name: self.request.filters[name] for name in bound}
        if len(self._droppable()) > 1 and (total := count(self.understood.node, bound)):
            request = replace(self.request, filters=kept)
            yield self._dropped("全部筛选条件", "", "", total, request)
        absent = [part for part in parts if not count(part.node, bound)]
        if not absent or len(absent) == len(parts):
            return
        rest = self._without(absent)
        said = "、".join(part.typed for part in absent)
        if len(absent) > 1 and (total := count(self.understood.without(*absent), self.filters)):
            yield self._dropped(said, "", "", total, rest)
        elif self._droppable() and (total := count(self.understood.without(*absent), bound)):
            request = replace(rest, filters=kept)
            yield self._dropped(f"{said}和全部筛选条件", "", "", total, request)

    def _droppable(self) -> list[FacetName]:
        """The filters but the one that asks for articles instead of cases."""
        return [
            name
            for name, values in self.request.filters.items()
            if name is not FacetName.KIND or STATUTE_NAMES.isdisjoint(values)
        ]

    def _of_facet(self, name: FacetName, total: int) -> Dropped:
        values = self.request.filters[name]
        filters = {other: kept for other, kept in self.request.filters.items() if other is not name}
        what = f"{FACET_LABELS[name]}：{self.labels[name]}"
        value = values[0] if len(values) == 1 else ""
        request = replace(self.request, filters=filters)
        return self._dropped(what, name.value, value, total, request)

    def _without(self, parts: Sequence[Part]) -> SearchRequest:
        """The request without what was typed for some parts."""
        request = self.request
        within = {part.within for part in parts}
        kept = [typed for n, typed in enumerate(request.within) if n not in within]
        q = request.q
        for part in sorted(parts, key=lambda part: -part.start):
            if part.within is None:
                q = " ".join(f"{q[: part.start]} {q[part.end :]}".split())
        return replace(request, q=q, within=tuple(kept))

    def _lifted(self, part: Part) -> SearchRequest:
        """The request with the words of a part, wherever they stand."""
        q = self.request.q
        return replace(self.request, q=f"{q[: part.start]}{part.unbound}{q[part.end :]}")

    def _dropped(
        self, what: str, parameter: str, value: str, total: int, request: SearchRequest
    ) -> Dropped:
        query = urlencode(replace(request, page=1, cursor="").pairs())
        return Dropped(what=what, parameter=parameter, value=value, total=total, query=query)
