"""Statutes, their versions and articles."""

from __future__ import annotations

from datetime import date

from kb.answers.base import Answer


class StatuteVersionAnswer(Answer):
    """A version of a statute. version: the day in force, as in addresses; certain: whether that is
    sure, or the earliest it can be. last_day: the last in force, null while it stands. force:
    coming, in_force, superseded or repealed. has_text: whether the text is in the base."""

    version: date
    certain: bool
    adopted: date | None
    last_day: date | None
    force: str
    has_text: bool
    articles: int | None


class HeadingAnswer(Answer):
    """A heading of the contents. depth: from 0. first: the article it begins with."""

    text: str
    depth: int
    first: int | str


class SubitemAnswer(Answer):
    number: int
    text: str


class ItemAnswer(Answer):
    """An item (项); its mark, （一）, stands in the text."""

    number: int
    text: str
    subitems: list[SubitemAnswer]


class ParagraphAnswer(Answer):
    """A paragraph (款), from 1, with the items listed under it."""

    number: int
    text: str
    items: list[ItemAnswer]


class CounterpartAnswer(Answer):
    """What the provision is in another version. label: 第二十八条第一款, "" where it has no place
    there; address: likewise. mine: the part of this article that is meant. relation: same, revised,
    split, merged, added or dropped. score: how alike the texts are, null where a person checked."""

    version: date
    address: str
    label: str
    mine: str
    relation: str
    topic: str
    score: float | None


class ArticleAnswer(Answer):
    """An article. number: 30, or "120之1". text: a line each paragraph, item and subitem. start,
    end: of the place asked for in the text. cases: records that cite it in this version, or leave
    the version open. older, newer: in the version before and after."""

    number: int | str
    headings: list[str]
    text: str
    paragraphs: list[ParagraphAnswer]
    start: int
    end: int
    cases: int
    older: list[CounterpartAnswer]
    newer: list[CounterpartAnswer]


class StatuteLinks(Answer):
    """Addresses on the site. text: the page; cases: the search for records that cite it; previous,
    next: the articles beside this one, as resources of this interface."""

    text: str
    cases: str
    previous: str | None
    next: str | None


class StatuteAnswer(Answer):
    """A statute in one version, or one of its articles. address: stable, with the version named.
    label: 行政复议法第三十条第一款. versions: oldest first. contents, articles (their numbers) and
    preamble (the words before the first article): for a whole statute; article: for an article."""

    address: str
    label: str
    work: str
    full_title: str
    kind: str | None
    issuer: str
    aliases: list[str]
    version: date
    versions: list[StatuteVersionAnswer]
    history: list[str]
    preamble: str
    contents: list[HeadingAnswer]
    articles: list[int | str]
    article: ArticleAnswer | None
    links: StatuteLinks
