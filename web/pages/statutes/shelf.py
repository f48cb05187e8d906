"""The list of the statutes whose text is here: found by title, sorted by who cites them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from kb.law.statutes import name_key
from kb.search.request import FacetName
from kb.store.statutes import StoredWork
from web import links
from web.pages.statutes.editions import Choice, choice

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

PAGE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A statute. shown: the version its page shows. versions: how many have their text here.
    cases: records that cite it; search: the address of those."""

    title: str
    kind: str
    href: str
    shown: Choice
    versions: int
    articles: int
    cases: int
    search: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the list. total: statutes found; kinds: how many of each rank the words find.
    elsewhere: the title that the words name whose text is not here, "" if none."""

    rows: tuple[Row, ...]
    total: int
    kinds: dict[str, int]
    page: int
    last: int
    elsewhere: str


def shelf(kb: KnowledgeBase, words: str, kind: str, page: int) -> Shelf:
    """The statutes with these words in their title, or of this alias; kind: a value of `WorkKind`,
    "unknown" or "". A page beyond the last is the last."""
    known = kb.statutes.registry().work(words) if words.strip() else None
    keys = [name_key(word) for word in words.split()]
    found = [
        work
        for work in kb.statutes.works()
        if (known and work.title == known.title) or all(key in name_key(work.title) for key in keys)
    ]
    kinds = Counter(_kind(work) for work in found)
    chosen = [work for work in found if kind in ("", _kind(work))]
    cited = {row.value: row.count for row in kb.survey.rows(FacetName.STATUTE).values}
    named = known.title if known else ""
    chosen.sort(key=lambda work: (work.title != named, -cited.get(work.title, 0), work.title))
    last = max(1, ceil(len(chosen) / PAGE))
    page = min(page, last)
    rows = tuple(_row(kb, work, cited) for work in chosen[(page - 1) * PAGE : page * PAGE])
    here = {work.title for work in found}
    return Shelf(rows, len(chosen), dict(kinds), page, last, "" if named in here else named)


def _row(kb: KnowledgeBase, work: StoredWork, cited: dict[str, int]) -> Row:
    about = kb.statutes.described(work)
    edition = kb.statutes.current(about)
    return Row(
        title=work.title,
        kind=_kind(work),
        href=links.statute_text(work.title),
        shown=choice(edition),
        versions=len(work.versions),
        articles=edition.articles or 0,
        cases=cited.get(work.title, 0),
        search=links.statute(work.title),
    )


def _kind(work: StoredWork) -> str:
    return work.kind.value if work.kind else "unknown"
