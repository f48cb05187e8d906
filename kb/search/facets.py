"""Facet counts made into rows to show: labelled, in tree order, chosen ones always among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from kb import places
from kb.answers import Facet, FacetValue
from kb.search.fields import FACET_LABELS, REGIONS, TAXONOMIES, label
from kb.search.request import FacetName

_MOST_ROWS = 100


def facet(
    name: FacetName,
    counts: Mapping[str, int],
    chosen: frozenset[str],
    most: int | None = _MOST_ROWS,
) -> Facet:
    """The rows of one facet. chosen: the values its filter names, shown even where they count 0.
    most: how many rows, None for all; chosen ones and what they stand below come on top of it."""
    standing = {v: place for v in (*counts, *chosen) if (place := _place(name, v))}
    children: dict[str, list[str]] = {}
    for value in sorted(standing, key=_order(name, counts)):
        parent = standing[value][0]
        children.setdefault(parent if parent in standing else "", []).append(value)
    rows = list(_below(children, "", 0))
    if most is not None and len(rows) > most:
        kept = {value for one in chosen & standing.keys() for value in _upwards(one, standing)}
        rows = rows[:most] + [row for row in rows[most:] if row[0] in kept]
    values = [
        FacetValue(
            value=value,
            label=standing[value][1].removeprefix(parent if depth else ""),
            count=counts.get(value, 0),
            selected=value in chosen,
            parent=parent,
            depth=depth,
        )
        for value, parent, depth in rows
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
@lru_cache(maxsize=100_000)
def _place(name: FacetName, value: str) -> tuple[str, str] | None:
    """The value above it, "" for none, and what to show for it; None where it has no row."""
    return (_parent(name, value), label(name, value)) if _known(name, value) else None


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


def _order(name: FacetName, counts: Mapping[str, int]) -> Callable[[str], tuple[float, str]]:
    """Years by year, newest first; everything else by how much there is of it."""
    if name is FacetName.YEAR:
        return lambda value: (-float(value), value)
    return lambda value: (-counts.get(value, 0), value)
