"""What is answered about statutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.law.compare import Row
from kb.law.crosswalk import Correspondence
from kb.law.provisions import Provision
from kb.law.statutes import WorkKind
from kb.law.text import Article, Paragraph
from kb.model import Citation, Span


class Force(StrEnum):
    """Where a version stands on a day (时效性)."""

    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a statute, its text here or not.

    day: as in addresses; certain: whether it is the day in force, or only the earliest it can be.
    last_day: the last in force, None while it stands or where unknown. rule: where the day was
    read (registry, head, closing_article, published, amended_on, file_name; text or decision for
    versions known without text). articles: their number, None where unknown.
    """

    work: str
    day: date
    certain: bool
    adopted: date | None
    last_day: date | None
    force: Force
    has_text: bool
    articles: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class StatuteAbout:
    """A statute with its versions, oldest first. kind: None where unknown. ended: its last day in
    force, None while it stands or where unknown. undated: days of changes whose version has no
    known day in force."""

    title: str
    full_title: str
    kind: WorkKind | None
    issuer: str
    aliases: tuple[str, ...]
    editions: tuple[Edition, ...]
    undated: tuple[date, ...]
    ended: date | None

    def edition(self, day: date) -> Edition | None:
        return next((edition for edition in self.editions if edition.day == day), None)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the contents. depth: from 0. first: the article it begins with."""

    text: str
    depth: int
    first: int | str


@dataclass(frozen=True, slots=True)
class VersionText:
    """The text of a version. preamble: before the first article, or all where there are none."""

    about: StatuteAbout
    edition: Edition
    history: tuple[str, ...]
    preamble: str
    outline: tuple[OutlineEntry, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article of a version.

    provision: what was asked for, its version named. label: 行政复议法第三十条第一款. span: of the
    asked paragraph or item in the article's text; None where the article has no such place.
    before, after: the neighbouring articles' numbers. cited: public records that cite it, those
    that leave the version open included. older, newer: what it was in the version before, and
    became in the one after.
    """

    about: StatuteAbout
    edition: Edition
    provision: Provision
    label: str
    article: Article
    paragraphs: tuple[Paragraph, ...]
    span: Span | None
    before: int | str | None
    after: int | str | None
    cited: int
    older: tuple[Correspondence, ...]
    newer: tuple[Correspondence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side."""

    about: StatuteAbout
    old: Edition
    new: Edition
    rows: tuple[Row, ...]


class Standing(StrEnum):
    """Whether what a citation names is there, in the version it means.

    FOUND: it is, and that version is in force or to come. SUPERSEDED: it is, but another version
    is in force by now. ABSENT: the version has no such place. NO_TEXT: its text is not here.
    """

    FOUND = "found"
    SUPERSEDED = "superseded"
    ABSENT = "absent"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation in one version it may mean.

    provision: with that version, None of it where no version is known. missing: the part that is
    absent (article, paragraph, item, subitem), "" where all is there. newer: where it went.
    """

    citation: Citation
    provision: Provision
    standing: Standing
    missing: str = ""
    newer: tuple[Correspondence, ...] = ()
