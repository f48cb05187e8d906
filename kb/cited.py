"""What a text cites, as it is answered: every citation with its label, and how often it stands in
the base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from kb import law
from kb.answers import (
    CitationChecked,
    CitationCounts,
    CitationFound,
    CitationLinks,
    CitationsAnswer,
    CitationsFound,
)
from kb.errors import BadRequest
from kb.model import Citation, CitationStatus
from kb.search.document import statute_values
from kb.search.request import FacetName


def found(text: str, decided: date | None = None) -> CitationsFound:
    """The citations of a text, by the registry alone: no base is needed.

    decided: the day of the decision, from which follows the version where the text names none.
    """
    citations = law.cite(text, decided)
    return CitationsFound(
        citations=[_found(citation) for citation in citations],
        counts=_counts(citations),
    )


def checked(citations: Iterable[Citation], records: Mapping[str, int]) -> CitationsAnswer:
    """Citations as looked up in a base. records: how many records are filed under a statute or
    provision (`kb.search.document.statute_values`)."""
    citations = tuple(citations)
    return CitationsAnswer(
        citations=[_checked(citation, records) for citation in citations],
        counts=_counts(citations),
    )


def decision_day(typed: str) -> date | None:
    """The day of a decision as callers give it, "2024-05-06"; None for "". Raises BadRequest."""
    if not typed:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed, re.ASCII):
            raise ValueError
        return date.fromisoformat(typed)
    except ValueError:
        raise BadRequest(
            "decided", f"“{typed[:40]}”不是日期，应写作年-月-日，如 2024-05-06"
        ) from None


def _checked(citation: Citation, records: Mapping[str, int]) -> CitationChecked:
    filed = statute_values(citation)[-1:]
    return CitationChecked(
        **_found(citation).model_dump(),
        cases=sum(records.get(value, 0) for value in filed),
        links=CitationLinks(cases=_search(filed[0]) if filed else None),
    )


def _search(provision: str) -> str:
    return f"/search?{urlencode([(FacetName.STATUTE.value, provision)])}"


def _found(citation: Citation) -> CitationFound:
    return CitationFound(
        span=(citation.span.start, citation.span.end),
        raw=citation.raw,
        work=citation.work,
        version=citation.version,
        article=citation.article,
        paragraph=citation.paragraph,
        item=citation.item,
        subitem=citation.subitem,
        status=citation.status.value,
        rule=citation.rule,
        label=law.label(citation),
        candidates=list(citation.candidates),
    )


def _counts(citations: Iterable[Citation]) -> CitationCounts:
    counts = Counter(citation.status for citation in citations)
    return CitationCounts(**{status.value: counts[status] for status in CitationStatus})
