"""How near two cases are in the trees of issues and of acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from kb.issues import Taxonomy, acts, issues
from kb.search.similar.weights import PARENT, SIBLING

# By the functions that give them: a taxonomy itself cannot be the key of what is kept.
Tree = Callable[[], Taxonomy]
TREES: tuple[Tree, ...] = (issues, acts)


def nearness(tree: Tree, one: Sequence[str], other: Sequence[str]) -> float | None:
    """How near the codes of two cases are, each to the nearest of the other's, from 0 to 1; None
    where either has none."""
    if not one or not other:
        return None
    near = [max(_near(tree, a, b) for b in other) for a in one]
    near += [max(_near(tree, a, b) for a in one) for b in other]
    return sum(near) / len(near)


def shared(tree: Tree, one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The labels of the codes that both have."""
    return [_label(tree, code) for code in one if code in other]


def near(tree: Tree, one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The codes of each that are near one of the other's, in pairs: 过罚相当／首违不罚."""
    return [
        f"{_label(tree, a)}／{_label(tree, b)}"
        for a in one
        for b in other
        if a not in other and b not in one and _near(tree, a, b)
    ]


@cache
def _near(tree: Tree, one: str, other: str) -> float:
    if one == other:
        return 1.0
    above, others = (tree().lineage(code)[:-1] for code in (one, other))
    if other in above or one in others:
        return PARENT
    return SIBLING if above and above == others else 0.0


def _label(tree: Tree, code: str) -> str:
    term = tree().get(code)
    return term.label if term else code
