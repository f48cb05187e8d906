"""Facet counts made into rows to show: labelled, in tree order, chosen ones always among them."""

from __future__ import annotations

from collections.abc import Mapping

from kb import places
from kb.answers import Facet, FacetValue
from kb.search.fields import FACET_LABELS, REGIONS, TAXONOMIES, label
from kb.search.request import FacetName

_MOST_ROWS = 200


def facet(
    name: FacetName,
    counts: Mapping[str, int],
    chosen: frozenset[str],
    most: int | None = _MOST_ROWS,
) -> Facet:
    """The rows of one facet. chosen: the values its filter names, shown even where they count 0.
    most: how many rows, None for all."""
    counted = {value: counts.get(value, 0) for value in (*counts, *chosen) if _known(name, value)}
    rows: list[FacetValue] = []
    children: dict[str, list[str]] = {}
    for value in counted:
        parent = _parent(name, value)
        children.setdefault(parent if parent in counted else "", []).append(value)

    def add(parent: str, depth: int) -> None:
        for value in sorted(children.get(parent, ()), key=lambda v: _order(name, v, counted[v])):
            rows.append(
                FacetValue(
                    value=value,
                    label=label(name, value).removeprefix(parent if depth else ""),
                    count=counted[value],
                    selected=value in chosen,
                    parent=parent,
                    depth=depth,
                )
            )
            add(value, depth + 1)

    add("", 0)
    return Facet(name=name.value, label=FACET_LABELS[name], values=rows[:most])


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


def _order(name: FacetName, value: str, count: int) -> tuple[float, str]:
    """Years by year, newest first; everything else by how much there is of it."""
    return (-float(value), value) if name is FacetName.YEAR else (-count, value)
