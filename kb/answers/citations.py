"""The citations found in a text, and whether what they cite stands."""

from __future__ import annotations

from datetime import date

from kb.answers.base import Answer


class StandingAnswer(Answer):
    """Whether a provision is there in one version that a citation may mean. version: null where
    none is known. standing: found, superseded (it is there, but another version is in force by
    now), absent, or no_text (the text is not in the base). missing: article, paragraph, item or
    subitem, where absent. newer: what it became in the version in force, where that is known."""

    version: date | None
    standing: str
    missing: str
    newer: list[str]


class CitationFound(Answer):
    """A citation in a text. span: start and end in the text. label: the provision in full, the
    words as written where unresolved. candidates: the days in force of the versions it may mean,
    where ambiguous. standing: one for each such version; empty where no base was asked or the
    citation is unresolved. See `kb.model.Citation`."""

    span: tuple[int, int]
    raw: str
    work: str | None
    version: date | None
    article: int | str | None
    paragraph: int | None
    item: int | None
    subitem: int | None
    status: str
    rule: str
    label: str
    candidates: list[date]
    standing: list[StandingAnswer]


class CitationLinks(Answer):
    """Addresses on the site. cases: the search for records that cite this provision, null where
    it is unresolved. text: the page of the provision, null where its text is not here, or it is
    open in which of several versions it is meant."""

    cases: str | None
    text: str | None = None


class CitationChecked(CitationFound):
    """cases: how many records of the base cite this provision in any version."""

    cases: int
    links: CitationLinks


class CitationCounts(Answer):
    """How many citations of a text there are of each status."""

    resolved: int
    ambiguous: int
    unresolved: int


class CitationsFound(Answer):
    """The citations of a text, in its order. text: what the offsets count in, where that is not
    the input itself (a web page, DOCX, PDF, Markdown), else null."""

    citations: list[CitationFound]
    counts: CitationCounts
    text: str | None = None


class CitationsAnswer(Answer):
    """The citations of a text, in its order, looked up in the base."""

    citations: list[CitationChecked]
    counts: CitationCounts
