"""Facet counts made into rows to show: labelled, in tree order, chosen ones always among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from kb import places
from kb.answers import Facet, FacetValue
from kb.search.fields import FACET_LABELS, REGIONS, TAXONOMIES, label
from kb.search.request import FacetName

_MOST_ROWS = 50


def facet(
    name: FacetName,
    counts: Mapping[str, int],
    chosen: frozenset[str],
    most: int | None = _MOST_ROWS,
) -> Facet:
    """The rows of one facet. chosen: the values its filter names, shown even where they count 0.
    most: so many values of those that have most (of years the newest), None for all; chosen ones
    and what they stand below come on top of it."""
    place = _places(name)
    counted = {**dict.fromkeys(chosen, 0), **counts}
    standing = {value: found for value in counted if (found := place(value))}
    ordered = _in_order(name, standing, counted)
    shown = {value for one in (*ordered[:most], *chosen) for value in _upwards(one, standing)}
    children: dict[str, list[str]] = {}
    for value in filter(shown.__contains__, ordered):
        parent = standing[value][0]
        children.setdefault(parent if parent in standing else "", []).append(value)
    values = [
        FacetValue(
            value=value,
            label=standing[value][1].removeprefix(parent if depth else ""),
            count=counted[value],
            selected=value in chosen,
            parent=parent,
            depth=depth,
        )
        for value, parent, depth in _below(children, "", 0)
    ]
    return Facet(name=name.value, label=FACET_LABELS[name], values=values)


def _below(
    children: Mapping[str, list[str]], parent: str, depth: int
) -> Iterator[tuple[str, str, int]]:
    """The values below another in tree order, each with its parent and its depth."""
    for value in children.get(parent, ()):
        yield value, parent, depth
        if value in children:
            yield from _below(children, value, depth + 1)


def _upwards(value: str, standing: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """A value and those above it."""
    while value in standing:
        yield value
        value = standing[value][0]


# The same values come with nearly every answer, and where they stand follows from the data files.
@cache
def _places(name: FacetName) -> Callable[[str], tuple[str, str] | None]:
    """What gives the value above one of a facet's values, "" for none, and what to show for it;
    None where it has no row."""

    @lru_cache(maxsize=50_000)
    def place(value: str) -> tuple[str, str] | None:
        return (_parent(name, value), label(name, value)) if _known(name, value) else None

    return place


def _known(name: FacetName, value: str) -> bool:
    """Values that were not resolved (a misspelt filter) and provisions below the article, which
    can be asked for but would drown the list, have no row."""
    if name is FacetName.STATUTE:
        return not value.endswith(("款", "项"))
    if name in REGIONS:
        return places.label(value) != value
    if name is FacetName.YEAR:
        return value.isascii() and value.isdigit()
    return name not in TAXONOMIES or TAXONOMIES[name]().get(value) is not None


def _parent(name: FacetName, value: str) -> str:
    if name in REGIONS:
        above = places.ancestors(value)
        return above[-2] if len(above) > 1 else ""
    if name is FacetName.STATUTE:
        work, article, _ = value.rpartition("第")
        return work if article else ""
    if name in TAXONOMIES:
        term = TAXONOMIES[name]().get(value)
        return term.parent if term else ""
    return ""


def _in_order(name: FacetName, values: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """Years by year, newest first; everything else by how much there is of it."""
    if name is FacetName.YEAR:
        return sorted(values, key=float, reverse=True)
    # Twice, since sorting keeps the order of equals: a key that tells both takes several times
    # as long for the thousands of statutes.
    return sorted(sorted(values), key=counts.__getitem__, reverse=True)
