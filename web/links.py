"""Addresses of searches: a filter put on or taken off, another page, another order.

Every address says the whole search, so that it can be kept and sent (a permalink).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, quote_plus, urlencode

from kb.answers import Facet
from kb.law.provisions import Pinpoint, Provision
from kb.model import Citation, CitationStatus, Span
from kb.search.document import statute_values
from kb.search.fields import meaning
from kb.search.kinds import of_statutes
from kb.search.request import FacetName, SearchRequest, Sort
from kb.search.statutes import CURRENT, SUPERSEDED

_VALUE = "\ue003"  # for private use: stands for a value yet to be named

FACETS = frozenset(name.value for name in FacetName)
KNOWN = FACETS | {"q", "sort", "page", "size", "cursor", "synonyms", "within"}


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: the facet and its label, the value and its label, and the way out; or words
    looked for within the results."""

    name: str
    facet: str
    value: str
    label: str
    href: str


def search(wanted: SearchRequest, path: str = "/search") -> str:
    """The address of a search."""
    pairs = wanted.pairs()
    return f"{path}?{urlencode(pairs)}" if pairs else path


def filtered(**values: str) -> str:
    """The address of the records filed under these values, one a facet."""
    return search(SearchRequest(filters={FacetName(name): (v,) for name, v in values.items()}))


def statute(value: str) -> str:
    """The address of a statute (行政复议法) or of an article (行政复议法第64条)."""
    return filtered(statute=value)


def filed(title: str, at: Pinpoint) -> str:
    """The facet's value under which those who cite a place are filed: 行政复议法第30条第1款."""
    cited = Citation(
        span=Span(0, 0),
        raw="",
        work=title,
        version=None,
        article=at.article,
        paragraph=at.paragraph,
        item=at.item,
        status=CitationStatus.RESOLVED,
        rule="page",
    )
    return statute_values(cited)[-1]


def statute_text(title: str) -> str:
    """The address where the text of a statute stands."""
    return provision(Provision(title))


def provision(place: Provision) -> str:
    """The address of a provision's page: /statutes/行政复议法@2024-01-01/art-30, encoded."""
    return "/statutes/" + quote(place.address(), safe="/@")


def comparison(title: str, old: date, new: date) -> str:
    """The address of two versions of a statute side by side."""
    return f"{provision(Provision(title))}/compare?{urlencode({'old': old, 'new': new})}"


def toggled(wanted: SearchRequest, name: str, value: str) -> SearchRequest:
    """The same search from its first page, with a value of a facet put on, or off if it was on."""
    facet = FacetName(name)
    values = wanted.filters.get(facet, ())
    changed = tuple(v for v in values if v != value) if value in values else (*values, value)
    filters = {**wanted.filters, facet: changed}
    return _first_page(wanted, filters={name: kept for name, kept in filters.items() if kept})


def toggling(wanted: SearchRequest, name: str) -> Callable[[str], str]:
    """What gives the address of the search with a value of a facet put on or off. A page has
    hundreds of such links, which differ in the value alone, so what they share is spelt once."""
    chosen = wanted.filters.get(FacetName(name), ())
    head, _, tail = search(toggled(wanted, name, _VALUE)).rpartition(quote_plus(_VALUE))

    def address(value: str) -> str:
        if value in chosen:
            return search(toggled(wanted, name, value))
        return f"{head}{quote_plus(value)}{tail}"

    return address


def unfiltered(wanted: SearchRequest) -> SearchRequest:
    """The same query without any filter or further words, among cases or articles as before."""
    kinds = wanted.filters.get(FacetName.KIND, ())
    filters = {FacetName.KIND: kinds} if of_statutes(wanted) else {}
    return _first_page(wanted, filters=filters, within=())


def without(wanted: SearchRequest, words: str) -> SearchRequest:
    """The same search without some of the words looked for within its results."""
    return _first_page(wanted, within=tuple(typed for typed in wanted.within if typed != words))


def among_cases(wanted: SearchRequest) -> SearchRequest:
    """The same words among the cases; filters of one do not fit the other."""
    return _first_page(wanted, filters={}, sort=Sort.RELEVANCE)


def among_statutes(wanted: SearchRequest) -> SearchRequest:
    """The same words among the articles of statutes, as they read now."""
    return _first_page(wanted, filters={FacetName.KIND: (CURRENT,)}, sort=Sort.RELEVANCE)


def old_versions(wanted: SearchRequest, on: bool) -> SearchRequest:
    """The same search of articles, with those of older versions or without."""
    kinds = (CURRENT, SUPERSEDED) if on else (CURRENT,)
    return _first_page(wanted, filters={**wanted.filters, FacetName.KIND: kinds})


def asking(wanted: SearchRequest, q: str) -> SearchRequest:
    """Other words under the same filters."""
    return _first_page(wanted, q=q)


def sorted_by(wanted: SearchRequest, sort: Sort) -> SearchRequest:
    return _first_page(wanted, sort=sort)


def with_synonyms(wanted: SearchRequest, on: bool) -> SearchRequest:
    return _first_page(wanted, synonyms=on)


def at_page(wanted: SearchRequest, page: int) -> SearchRequest:
    return replace(wanted, page=page, cursor="")


def chips(wanted: SearchRequest, facets: list[Facet]) -> list[Chip]:
    """The active filters in the order given, called what the answer's facets call them, else what
    they mean."""
    labels = {(facet.name, row.value): row.label for facet in facets for row in facet.values}
    names = {facet.name: facet.label for facet in facets}
    filters = [
        Chip(
            name=name.value,
            facet=names.get(name.value, name.value),
            value=value,
            label=labels.get((name.value, value)) or _called(name, value),
            href=search(toggled(wanted, name, value)),
        )
        for name, values in wanted.filters.items()
        for value in values
    ]
    within = [
        Chip("within", "within", typed, typed, search(without(wanted, typed)))
        for typed in wanted.within
    ]
    return [*within, *filters]


def _called(name: FacetName, value: str) -> str:
    meant = meaning(name, value)
    return meant.label if meant else value


def page_numbers(page: int, last: int) -> list[int | None]:
    """The page numbers to offer, None for a gap: 1 … 4 5 6 … 20."""
    near = {1, last, *range(page - 2, page + 3)}
    shown = sorted(number for number in near if 1 <= number <= last)
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) == 2:
            numbers.append(number - 1)
        elif numbers and number - (numbers[-1] or 0) > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def _first_page(wanted: SearchRequest, **changes: object) -> SearchRequest:
    return replace(wanted, page=1, cursor="", **changes)  # type: ignore[arg-type]
