"""A whole record, and the records joined to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from kb.answers.base import Answer, CaseLink, Coded, RegionAnswer


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


@dataclass(frozen=True, slots=True)
class CorrectionAnswer:
    """What readers are told of a correction: when it came out, in which revision, and what."""

    revision: int
    at: datetime
    note: str


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
    corrections: list[CorrectionAnswer] = Field(
        default=[], description="what was corrected since it came out, newest first"
    )
