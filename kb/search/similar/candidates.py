"""Which records are worth comparing: those the index finds by the words of the facts, and among
those filed under the same provisions or issues."""

from __future__ import annotations

from collections.abc import Sequence

from kb.search.engine import Engine
from kb.search.query import And, Filed, Node, Or, Words
from kb.search.request import FacetName, Sort
from kb.search.similar.legs import Comparison

# How many words to look for, and how many records to take: among all, and among those filed alike.
_WORDS, _BY_WORDS = 32, 40
_FEW_WORDS, _BY_FILING = 12, 25


def candidates(engine: Engine, comparison: Comparison) -> list[str]:
    """Ids, each once, up to 65; the record itself may be among them."""
    matter = comparison.matter
    sought = comparison.words()
    provisions = frozenset(value for one in matter.provisions for value in one.values)
    alike = Or(
        (
            Filed(FacetName.STATUTE, provisions),
            Filed(FacetName.ISSUE, frozenset(matter.issues)),
        )
    )
    searches: tuple[tuple[Node, int], ...] = (
        (_any(sought[:_WORDS]), _BY_WORDS),
        (And((alike, _any(sought[:_FEW_WORDS]))), _BY_FILING),
    )
    found: dict[str, None] = {}
    for node, size in searches:
        hits = engine.search(
            node, {}, sort=Sort.RELEVANCE, start=0, after=None, size=size, facets=()
        ).hits
        found.update((hit.id, None) for hit in hits)
    return list(found)


def _any(words: Sequence[str]) -> Words:
    return Words("", tuple(words), every=False)
