"""An article of a statute as engines index it: found like a record, filed under its own kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from kb import places
from kb.law.provisions import Pinpoint, Provision, place
from kb.law.statutes import WorkKind
from kb.law.text import Article
from kb.model import Citation, CitationStatus, Span
from kb.search.document import statute_values
from kb.search.engine import IndexDocument
from kb.search.query import TITLE
from kb.search.request import FacetName
from kb.text.normalise import fold_text
from kb.text.segment import words

# Raised when articles are filed or cut in another way, so that an older index is made anew.
STATUTE_DOCUMENT_VERSION = 3

CURRENT = "statute"
SUPERSEDED = "statute_superseded"
"""The kinds that articles are filed under: of the newest version here, and of older ones."""

_RANK: dict[WorkKind | None, float] = {
    WorkKind.CONSTITUTION: 1.2,
    WorkKind.LAW: 1.2,
    WorkKind.JUDICIAL_INTERPRETATION: 1.1,
    WorkKind.ADMINISTRATIVE_REGULATION: 1.0,
}
_LEAST_RANK = 0.9
_LOCAL = (WorkKind.LOCAL_REGULATION, WorkKind.LOCAL_RULE)


@dataclass(frozen=True)
class Shelf:
    """What all articles of a version share. newest: of the versions of this work that are here.
    cited_by: how many other statutes name this one."""

    work: str
    day: date
    newest: bool
    kind: WorkKind | None = None
    issuer: str = ""
    cited_by: int = 0

    @cached_property
    def filed(self) -> dict[FacetName, tuple[str, ...]]:
        return {
            FacetName.KIND: (CURRENT if self.newest else SUPERSEDED,),
            FacetName.PUBLISHER: (self.issuer,) if self.issuer else (),
            FacetName.REGION: self._regions(),
            FacetName.YEAR: (str(self.day.year),),
        }

    @property
    def prior(self) -> float:
        """What is higher in rank (立法法 arts. 98-100), newer or built on by others is more often
        meant. The figures were chosen on the questions of STARD (`tests/bench/stard.py`)."""
        years = min(max((self.day.year - 1990) / 30, 0.0), 1.0)
        standing = _RANK.get(self.kind, _LEAST_RANK)
        return standing * (1 + 0.2 * years) * (1 + 0.05 * log(1 + self.cited_by))

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        return tuple(words(self.folded_work))

    @cached_property
    def folded_work(self) -> str:
        return fold_text(self.work)

    def _regions(self) -> tuple[str, ...]:
        """Of a local statute the place its title begins with."""
        if self.kind not in _LOCAL:
            return ()
        named = [mention for mention in places.find(self.work) if mention.span.start == 0]
        return places.ancestors(named[0].code) if named else ()


def version_documents(
    shelf: Shelf, articles: Sequence[Article], preamble: str
) -> Iterator[IndexDocument]:
    """A document an article; one for the whole where a statute has no articles (a reply)."""
    for article in articles:
        yield _document(shelf, Pinpoint(article.number), article.text, article.headings)
    if not articles:
        yield _document(shelf, Pinpoint(), preamble)


def _document(shelf: Shelf, at: Pinpoint, text: str, headings: Sequence[str] = ()) -> IndexDocument:
    number, body = fold_text(place(at)), fold_text(text)
    return IndexDocument(
        id=Provision(shelf.work, shelf.day, at).address(),
        words={
            "title": [*shelf.title_words, *words(number), *words(fold_text("".join(headings)))],
            "body": words(body),
        },
        texts=(shelf.folded_work + number, body),
        filed={**shelf.filed, FacetName.STATUTE: statute_values(_citation(shelf, at))},
        day=shelf.day.toordinal(),
        prior=shelf.prior,
        sections=((TITLE, 0, len(shelf.folded_work) + len(number)),),
    )


def _citation(shelf: Shelf, at: Pinpoint) -> Citation:
    """The article as something cited, for it is filed where those that cite it are."""
    return Citation(
        span=Span(0, 0),
        raw="",
        work=shelf.work,
        version=shelf.day,
        article=at.article,
        paragraph=None,
        item=None,
        status=CitationStatus.RESOLVED,
        rule="statute",
    )
