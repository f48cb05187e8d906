"""What is answered: the bodies of the JSON API, which the pages and `--json` print as well.

Labels are Chinese, codes are stable. Offsets are code points, half open.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Coded(Answer):
    """A value of a taxonomy or of the regions: a stable code and what to show for it."""

    code: str
    label: str


class RegionAnswer(Answer):
    """A region in one role. name: full, as on the record's date. note: e.g. 原渝北区, or ""."""

    code: str
    name: str
    role: str
    note: str = ""


class Mark(Answer):
    """A highlighted stretch, in offsets of the text it goes with."""

    start: int
    end: int


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
    offers: list[Offer] = []
    updated: datetime | None = Field(description="when the index last changed")


class SectionAnswer(Answer):
    """heading and text as printed; start: offset of the section in the record's text."""

    role: str
    label: str
    heading: str
    text: str
    start: int
    end: int


class EvidenceAnswer(Answer):
    rule: str
    quote: str
    start: int | None
    end: int | None
    source: str
    version: int


class FieldAnswer(Answer):
    """One claim of a field: its value as data, the label to show, and the evidence."""

    field: str
    value: object
    label: str
    evidence: EvidenceAnswer
    rejected: bool


class CaseLink(Answer):
    id: str
    title: str


class CitationAnswer(Answer):
    """A provision as cited. label: e.g. 行政处罚法第三十三条第一款. See `kb.model.Citation`."""

    start: int
    end: int
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


class RelatedRecord(Answer):
    """A record of the same dispute, or one that a record mentions. stage: what it is (复议, 一审…).
    relation: what joins the two. docket: the number they share, as the other record spells it."""

    link: CaseLink
    stage: Coded
    relation: Coded
    docket: str
    decided: date | None


class RelatedAnswer(Answer):
    """The records joined to a record, in the order of the proceedings."""

    related: list[RelatedRecord]


class CaseAnswer(Answer):
    """A whole record, as /api/v1/cases/<id> and `kb export` give it."""

    id: str
    revision: int
    status: str
    kind: Coded
    title: str
    subtitle: str
    batch: str
    position: int
    publishers: list[str]
    published: date | None
    decided: date | None
    url: str
    origin: str
    sha256: str
    text: str
    sections: list[SectionAnswer]
    dockets: list[dict[str, str]]
    parties: list[dict[str, object]]
    regions: list[RegionAnswer]
    acts: list[Coded]
    issues: list[Coded]
    outcomes: list[Coded]
    citations: list[CitationAnswer]
    keywords: list[str]
    fields: list[FieldAnswer]
    warnings: list[str]
    cite_as: str = Field(description="the line a lawyer pastes into a document")


class Overview(Answer):
    """What is in the base. by_kind: records by kind code. newest_*: of the latest publication."""

    records: int
    articles: int
    by_kind: dict[str, int]
    newest_batch: str
    newest_published: date | None
    updated: datetime | None


class Problem(Answer):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    parameter: str = ""
