"""The page of an article: the place asked for marked, its counterparts, and who cites it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kb.answers import Hit
from kb.law.crosswalk import Correspondence, Relation
from kb.law.provisions import Pinpoint, Provision, place
from kb.model import Span
from kb.search.request import FacetName, SearchRequest
from kb.statutes import ArticlePage, Edition, StatuteAbout, StatuteBook
from web import links
from web.pages.found import spans_of_text
from web.pages.statutes.counts import Count
from web.pages.statutes.editions import after, before, since
from web.pages.statutes.lines import Line, lines

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_CASES = 5


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a place is in another version. label: 第二十八条第一款, "" where it has none there;
    mine: the part of this article that is meant, "" for all that was asked for. score: None where
    a person checked the row."""

    label: str
    href: str
    mine: str
    relation: Relation
    topic: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Other:
    """Another version beside this one. since: its day in words. rows: what the article is there.
    namesake: the article of the same number there, where that is another provision, with what it
    is in this version. compare: the page of both side by side at this article, "" without texts."""

    since: str
    later: bool
    rows: tuple[Counterpart, ...]
    namesake: Counterpart | None
    became: tuple[Counterpart, ...]
    compare: str


@dataclass(frozen=True, slots=True)
class Cases:
    """Who cites the place. count: with its total as the search finds them."""

    count: Count
    hits: tuple[Hit, ...]


def marked_lines(page: ArticlePage, found: SearchRequest) -> tuple[Line, ...]:
    """The article with the paragraph or item asked for marked; where the whole article is, with
    the words it was found by."""
    text = page.article.text
    if page.span and page.span != Span(0, len(text)):
        return lines(text, [page.span])
    return lines(text, spans_of_text(text, found))


def others(
    book: StatuteBook, about: StatuteAbout, edition: Edition, at: Pinpoint
) -> Iterator[Other]:
    """What a place was in the version before, and became in the one after."""
    for later in (True, False):
        for other in _beside(about, edition, later=later):
            if told := _other(book, edition, other, at, later=later):
                yield told
                break


def cases(kb: KnowledgeBase, title: str, at: Pinpoint, day: date | None) -> Cases:
    """The newest records that cite a place in any version. day: of the version shown, whose own
    are counted apart where the place is a whole article; None for none."""
    value = links.filed(title, at)
    answer = kb.search(SearchRequest(filters={FacetName.STATUTE: (value,)}, size=_CASES))
    here = answer.total
    if day and at.article and at == Pinpoint(at.article):
        here = min(here, kb.statutes.cited(title, day).get(at.article, 0))
    return Cases(Count(answer.total, here, links.statute(value)), tuple(answer.hits))


def cite_as(page: ArticlePage) -> str:
    """The line to paste: 《中华人民共和国行政复议法》（2024年1月1日起施行）第三十条第一款."""
    return f"《{page.about.full_title}》（{since(page.edition)}）{place(page.provision.at)}"


def _beside(about: StatuteAbout, edition: Edition, *, later: bool) -> Iterator[Edition]:
    """The next version on one side, and the next one there whose text is here."""
    n = about.editions.index(edition) + (1 if later else -1)
    if 0 <= n < len(about.editions):
        next_one = about.editions[n]
        yield next_one
        with_text = after(about, edition) if later else before(about, edition)
        if with_text and with_text != next_one:
            yield with_text


def _other(
    book: StatuteBook, edition: Edition, other: Edition, at: Pinpoint, *, later: bool
) -> Other | None:
    title = edition.work
    rows = book.crosswalk(title, at, edition.day, other.day)
    number = Pinpoint(at.article)
    same_number = book.crosswalk(title, number, other.day, edition.day)
    strangers = [row for row in same_number if not _reaches(row, number, forward=not later)]
    stranger = bool(strangers) and len(strangers) == len(same_number)
    if not rows and not stranger:
        return None
    return Other(
        since=since(other),
        later=later,
        rows=tuple(_counterpart(row, other, at, forward=later) for row in rows),
        namesake=_named(number, other) if stranger else None,
        became=tuple(_counterpart(row, edition, number, forward=not later) for row in strangers[:6])
        if stranger
        else (),
        compare=_compare(edition, other, at) if other.has_text and edition.has_text else "",
    )


def _reaches(row: Correspondence, number: Pinpoint, *, forward: bool) -> bool:
    """Whether a row of the article of the same number leads to this article."""
    there = row.new if forward else row.old
    return there is not None and there.article == number.article


def _counterpart(
    row: Correspondence, other: Edition, at: Pinpoint, *, forward: bool
) -> Counterpart:
    there, mine = (row.new, row.old) if forward else (row.old, row.new)
    return Counterpart(
        label=place(there) if there else "",
        href=links.provision(Provision(other.work, other.day, there))
        if there and other.has_text
        else "",
        mine=place(mine) if mine and mine != at else "",
        relation=row.relation,
        topic=row.topic,
        score=row.score,
    )


def _named(number: Pinpoint, other: Edition) -> Counterpart:
    href = links.provision(Provision(other.work, other.day, number)) if other.has_text else ""
    return Counterpart(place(number), href, "", Relation.SAME, "", None)


def _compare(edition: Edition, other: Edition, at: Pinpoint) -> str:
    older, newer = sorted((edition, other), key=lambda e: e.day)
    side = "new" if edition is newer else "old"
    return links.comparison(edition.work, older.day, newer.day) + (
        f"#{side}-{str(at.article).replace('之', '-')}"
    )
