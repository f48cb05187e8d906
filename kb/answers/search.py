"""The answer to a search: hits, facets, how the query was read, and help where nothing is found."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from kb.answers.base import Answer, Coded, Mark, RegionAnswer


class Passage(Answer):
    """The best stretch of a section for a query. start: its offset in the record's text."""

    heading: str
    role: str
    text: str
    start: int
    marks: list[Mark]


class Hit(Answer):
    """One record found. why: short lines that say what matched."""

    id: str
    path: str = Field(description="the page of this record on the site, e.g. /cases/k7m2…")
    kind: Coded
    title: str
    title_marks: list[Mark]
    subtitle: str
    score: float
    passages: list[Passage]
    why: list[str]
    regions: list[RegionAnswer]
    acts: list[Coded]
    issues: list[Coded]
    outcomes: list[Coded]
    statutes: list[str] = Field(description="provisions cited, e.g. 行政处罚法第三十三条第一款")
    dockets: list[str]
    batch: str
    publishers: list[str]
    decided: date | None
    published: date | None
    url: str = Field(description="where it was published, empty where not known")


class FacetValue(Answer):
    """A value of a facet. count: records if it were chosen, the facet's own filter set aside.
    parent: value of the row above in a tree, "" at the top; rows come in tree order."""

    value: str
    label: str
    count: int
    selected: bool
    parent: str = ""
    depth: int = 0


class Facet(Answer):
    name: str
    label: str
    values: list[FacetValue]


class Reading(Answer):
    """How the query was understood. text: one line for people. notes: synonyms used, what could
    not be read and was taken as words, which areas a region was widened to."""

    text: str
    notes: list[str]


class Dropped(Answer):
    """For an empty answer: one word or filter, and how many would be found without it."""

    what: str
    parameter: str
    value: str
    total: int


class Offer(Answer):
    """Another search that may be meant: the article before or after a renumbering. label: what it
    is, for people; q: what to type for it."""

    label: str
    q: str


class SearchAnswer(Answer):
    """total: exact. next: cursor of what follows, null at the end. dropped: only if total is 0."""

    query: str
    reading: Reading
    total: int
    page: int
    size: int
    hits: list[Hit]
    facets: list[Facet]
    next: str | None
    dropped: list[Dropped]
    did_you_mean: list[str]
    offers: list[Offer] = Field(default_factory=list)
    updated: datetime | None = Field(description="when the index last changed")
