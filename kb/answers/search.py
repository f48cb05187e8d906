"""The answer to a search: hits, facets, how the query was read, and help where nothing is found."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Match:
    """Where one thing asked for stands in a record. term: as typed, or the synonym, or the
    provision; kind: word, longer (a word made of words typed), quotation, synonym or provision;
    meant: of a synonym what was typed. title, text: begin and end of each place, at most 20 each;
    count: of all of them."""

    term: str
    kind: str
    meant: str
    title: list[tuple[int, int]]
    text: list[tuple[int, int]]
    count: int


@dataclass(frozen=True, slots=True)
class ScorePartAnswer:
    """One of the summands of a score. kind: word, longer, quotation, synonym, characters or
    feedback; text: what was found."""

    kind: str
    text: str
    score: float


class Hit(Answer):
    """One record found. why: short lines that say what matched; matches: the same as data;
    score_parts: what the score is the sum of."""

    id: str
    path: str = Field(description="the page of this record on the site, e.g. /cases/k7m2…")
    kind: Coded
    title: str
    title_marks: list[Mark]
    subtitle: str
    score: float
    passages: list[Passage]
    why: list[str]
    matches: list[Match]
    score_parts: list[ScorePartAnswer]
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


# Not frozen: an answer has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class FacetValue:
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
    """For an empty answer: what may be left out of the search, and how many are found then.
    parameter, value: the words or the filter; value is "" for all of a facet's values, both are ""
    where more than one thing is left out. query: the query string of that search."""

    what: str
    parameter: str
    value: str
    total: int
    query: str


class Coverage(Answer):
    """What the index holds. years: the first and the last that records are of, null without."""

    records: int
    years: tuple[int, int] | None
    updated: datetime | None


class Offer(Answer):
    """Another search that may be meant: the article before or after a renumbering. label: what it
    is, for people; q: what to type for it."""

    label: str
    q: str


class SearchAnswer(Answer):
    """within: words looked for within the results of the query. total: exact. next: cursor of what
    follows, null at the end. dropped, did_you_mean: only if total is 0."""

    query: str
    within: list[str]
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
    coverage: Coverage
