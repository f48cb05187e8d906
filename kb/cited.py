"""What a text cites, as it is answered: each citation, whether it stands, how often it is cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

from kb import law
from kb.answers import (
    CitationChecked,
    CitationCounts,
    CitationFound,
    CitationLinks,
    CitationsAnswer,
    CitationsFound,
    StandingAnswer,
)
from kb.errors import BadRequest
from kb.law.provisions import Pinpoint, Provision, place
from kb.model import Citation, CitationStatus, Span
from kb.search.request import FacetName

if TYPE_CHECKING:  # the store behind it takes longer to load than a text to look through
    from kb.law.statutes import Registry
    from kb.statutes import Checked


class Book(Protocol):
    """The statutes of a base, see `kb.statutes.StatuteBook`."""

    def registry(self) -> Registry: ...

    def checker(self) -> Callable[[Citation], tuple[Checked, ...]]: ...


def found(text: str, decided: date | None = None, book: Book | None = None) -> CitationsFound:
    """The citations of a text; without a book by the registry alone, so that no base is needed.

    decided: the day of the decision, from which follows the version where the text names none.
    """
    citations = law.cite(text, decided, book.registry() if book else None)
    standing = _Standing(book)
    return CitationsFound(
        citations=[_found(citation, standing) for citation in citations],
        counts=_counts(citations),
    )


def checked(
    text: str, decided: date | None, book: Book, records: Mapping[str, int]
) -> CitationsAnswer:
    """The citations of a text as looked up in a base. records: how many are filed under a statute
    or provision (`kb.search.document.statute_values`)."""
    citations = law.cite(text, decided, book.registry())
    standing = _Standing(book)
    return CitationsAnswer(
        citations=[_checked(citation, standing, records) for citation in citations],
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


class _Standing:
    """Asks the book once for each provision: a brief cites the same ones over and over."""

    def __init__(self, book: Book | None) -> None:
        self._check = book.checker() if book else None
        self._known: dict[Citation, list[StandingAnswer]] = {}

    def of(self, citation: Citation) -> list[StandingAnswer]:
        if self._check is None:
            return []
        same = replace(citation, span=Span(0, 0), raw="", rule="")
        if same not in self._known:
            self._known[same] = [_standing(checked) for checked in self._check(same)]
        return self._known[same]


def _standing(checked: Checked) -> StandingAnswer:
    work = checked.provision.work
    return StandingAnswer(
        version=checked.provision.version,
        standing=checked.standing.value,
        missing=checked.missing,
        newer=[work + place(row.new) for row in checked.newer if row.new],
    )


def _checked(
    citation: Citation, standing: _Standing, records: Mapping[str, int]
) -> CitationChecked:
    from kb.search.document import statute_values  # loaded late: it brings the word segmenter

    filed = statute_values(citation)[-1:]
    found = _found(citation, standing)
    return CitationChecked(
        **found.model_dump(),
        cases=sum(records.get(value, 0) for value in filed),
        links=CitationLinks(cases=_search(filed[0]) if filed else None, text=_text(found)),
    )


_THERE = ("found", "superseded")


def _text(found: CitationFound) -> str | None:
    """The page of a provision that stands in the one version it may mean."""
    if found.work is None or len(found.standing) != 1 or found.standing[0].standing not in _THERE:
        return None
    at = Pinpoint(found.article, found.paragraph, found.item, found.subitem)
    provision = Provision(found.work, found.standing[0].version, at)
    return "/statutes/" + quote(provision.address(), safe="/@")


def _search(provision: str) -> str:
    return f"/search?{urlencode([(FacetName.STATUTE.value, provision)])}"


def _found(citation: Citation, standing: _Standing) -> CitationFound:
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
        standing=standing.of(citation),
    )


def _counts(citations: Iterable[Citation]) -> CitationCounts:
    counts = Counter(citation.status for citation in citations)
    return CitationCounts(**{status.value: counts[status] for status in CitationStatus})
