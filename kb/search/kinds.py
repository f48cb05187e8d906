"""Articles of statutes instead of cases: asked for by the filter, or among the words."""

from __future__ import annotations

from dataclasses import replace

from kb.labels import STATUTE_LABELS
from kb.search.parse import understand
from kb.search.query import Filed
from kb.search.request import FacetName, SearchRequest

STATUTE_KINDS = frozenset((*STATUTE_LABELS, *STATUTE_LABELS.values()))
"""The values of the filter that ask for articles."""


def of_statutes(request: SearchRequest) -> bool:
    """Whether articles are searched, not cases."""
    return not STATUTE_KINDS.isdisjoint(request.filters.get(FacetName.KIND, ()))


def with_kind(request: SearchRequest) -> SearchRequest:
    """The same search with 种类:法规条文, where it is among the words, made the filter it stands
    for: articles have an index of their own."""
    if ":" not in request.q and "：" not in request.q:
        return request
    for part in understand(request.q, use_synonyms=False).parts:
        kinds = part.node.values if isinstance(part.node, Filed) else frozenset()
        if kinds and kinds <= STATUTE_LABELS.keys():
            q = " ".join(f"{request.q[: part.start]} {request.q[part.end :]}".split())
            filters = {**request.filters, FacetName.KIND: tuple(sorted(kinds))}
            return replace(request, q=q, filters=filters)
    return request
