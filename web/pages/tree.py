"""A facet's flat rows as the tree they stand for, to be drawn with folds."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.answers import Facet, FacetValue


@dataclass(slots=True)
class Node:
    """A row and the rows below it. held: it or one below it is selected."""

    row: FacetValue
    children: list[Node] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return self.row.selected or any(child.held for child in self.children)


@dataclass(frozen=True, slots=True)
class Tree:
    """A facet with its top rows; chosen: how many of its values are selected."""

    name: str
    label: str
    nodes: list[Node]
    chosen: int


def trees(facet: Facet) -> Tree:
    """The tree of a facet; a row whose parent is not among the rows stands at the top."""
    nodes: dict[str, Node] = {}
    top: list[Node] = []
    for row in facet.values:
        node = nodes.setdefault(row.value, Node(row))
        parent = nodes.get(row.parent) if row.parent and row.parent != row.value else None
        (parent.children if parent else top).append(node)
    chosen = sum(row.selected for row in facet.values)
    return Tree(facet.name, facet.label, top, chosen)
