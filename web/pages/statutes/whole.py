"""The page of a whole statute: its contents and articles, each with its anchor and its cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.law.provisions import Pinpoint, Provision, place
from kb.statutes import Edition, StatuteAbout, VersionText
from web import links
from web.pages.statutes.counts import Count, by_article
from web.pages.statutes.lines import Line, lines

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_MOST = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the contents. anchor: where it stands in the page; depth: from 0."""

    anchor: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article. anchor: art-30, the same in every version. label: 第三十条. headings: those that
    begin with it. cases: None where no record cites it."""

    anchor: str
    label: str
    href: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    cases: Count | None


@dataclass(frozen=True, slots=True)
class Whole:
    """preamble: the words before the first article, or all where there are none. cited: the
    articles that most records cite."""

    headings: tuple[Heading, ...]
    articles: tuple[ArticleView, ...]
    preamble: tuple[str, ...]
    cited: tuple[ArticleView, ...]


def whole(kb: KnowledgeBase, text: VersionText) -> Whole:
    """A version of a statute as shown."""
    counts = by_article(kb, text.about.title, text.edition.day)
    headings = tuple(
        Heading(f"part-{n}", entry.text, entry.depth) for n, entry in enumerate(text.outline, 1)
    )
    begins: dict[int | str, list[Heading]] = {}
    for entry, heading in zip(text.outline, headings, strict=True):
        begins.setdefault(entry.first, []).append(heading)
    articles = tuple(_articles(text, begins, counts))
    cited = sorted((a for a in articles if a.cases), key=_by_cases)
    return Whole(headings, articles, tuple(text.preamble.splitlines()), tuple(cited[:_MOST]))


def anchor(number: int | str) -> str:
    """The anchor of an article in the page of its statute: as in its address."""
    return "art-" + str(number).replace("之", "-")


def _articles(
    text: VersionText, begins: dict[int | str, list[Heading]], counts: dict[int | str, Count]
) -> Iterator[ArticleView]:
    stem = links.provision(Provision(text.about.title, text.edition.day))
    for article in text.articles:
        name = anchor(article.number)
        yield ArticleView(
            anchor=name,
            label=place(Pinpoint(article.number)),
            href=f"{stem}/{name}",
            headings=tuple(begins.get(article.number, ())),
            lines=lines(article.text),
            cases=counts.get(article.number),
        )


def _by_cases(article: ArticleView) -> tuple[int, int]:
    assert article.cases is not None
    return -article.cases.here, -article.cases.total


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """An article of a statute whose text is not here, and the records that cite it."""

    label: str
    cases: Count


def cited_places(
    kb: KnowledgeBase, about: StatuteAbout, edition: Edition | None
) -> list[CitedPlace]:
    """What records cite of a statute whose text is not here, most cited first."""
    counts = by_article(kb, about.title, edition.day if edition else None)
    ordered = sorted(counts.items(), key=lambda pair: -pair[1].total)
    return [CitedPlace(place(Pinpoint(number)), count) for number, count in ordered]
