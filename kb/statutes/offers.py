"""The old article beside the new: what else someone who types a provision may mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kb import law
from kb.answers import Offer
from kb.errors import NotFound
from kb.law.crosswalk import Correspondence
from kb.law.provisions import Pinpoint, place
from kb.statutes.book import StatuteBook
from kb.text.dates import written

_MOST = 6
# Pairs that a program made are offered only where the words are plainly the same provision.
_ALIKE = 0.6


def offers(book: StatuteBook, typed: str) -> list[Offer]:
    """The places a typed provision had before, or got after, each renumbering of its statute."""
    cited = law.typed(typed)
    if cited is None or cited.work is None or cited.article is None:
        return []
    at = Pinpoint(cited.article, cited.paragraph, cited.item, cited.subitem)
    try:
        found = dict.fromkeys(_offers(book, cited.work, at))
    except NotFound:
        return []
    return list(found)[:_MOST]


def _offers(book: StatuteBook, work: str, at: Pinpoint) -> Iterator[Offer]:
    for older, newer in pairwise(edition.day for edition in book.about(work).editions):
        day = written(newer)
        for row in book.crosswalk(work, at, older, newer):
            if _differs(row, row.new, at) and row.new:
                yield _offer(f"{day}修订前的{place(at)}，修订后为", work, row.new, row)
        for row in book.crosswalk(work, at, newer, older):
            if _differs(row, row.old, at) and row.old:
                yield _offer(f"{day}修订后的{place(at)}，修订前为", work, row.old, row)


def _differs(row: Correspondence, other: Pinpoint | None, at: Pinpoint) -> bool:
    sure = row.score is None or row.score >= _ALIKE
    return sure and other is not None and other.article != at.article


def _offer(what: str, work: str, at: Pinpoint, row: Correspondence) -> Offer:
    computed = "" if row.score is None else f"（按条文相似度推算，{row.score:.2f}）"
    return Offer(label=f"{what}{place(at)}{computed}", q=work + place(at))
