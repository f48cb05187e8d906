"""What a case is: the values that every room of the knowledge base speaks in.

Offsets are code points into `Content.text`, half open. Nothing here reads, stores or searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

V = TypeVar("V")


class Kind(StrEnum):
    """Kinds of record (文书种类)."""

    TYPICAL_CASE = "typical_case"
    REVIEW_DECISION = "review_decision"
    JUDGMENT = "judgment"
    GUIDING_CASE = "guiding_case"
    REFERENCE_CASE = "reference_case"


class Status(StrEnum):
    """Where a record stands between draft and withdrawal; only PUBLISHED is searchable."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """What a section of a record does. Headings that mean each role: `kb/data/headings.toml`."""

    HEAD = "head"
    KEYWORDS = "keywords"
    PARTIES = "parties"
    FACTS = "facts"
    CLAIMS = "claims"
    DEFENCE = "defence"
    REVIEW = "review"
    REASONS = "reasons"
    RESULT = "result"
    HOLDING = "holding"
    SIGNIFICANCE = "significance"
    COMMENTARY = "commentary"
    STATUTES = "statutes"
    TAIL = "tail"
    OTHER = "other"


class RegionRole(StrEnum):
    """What a region has to do with a record."""

    AUTHORITY = "authority"
    COURT = "court"
    PARTY = "party"
    ACT = "act"
    PUBLISHER = "publisher"


class PartyRole(StrEnum):
    """The part someone plays in the dispute; PLAINTIFF to APPELLEE are a court's words."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD_PARTY = "third_party"
    REVIEW_AUTHORITY = "review_authority"
    COURT = "court"
    PLAINTIFF = "plaintiff"
    DEFENDANT = "defendant"
    APPELLANT = "appellant"
    APPELLEE = "appellee"


class DocketKind(StrEnum):
    """Which family a number belongs to; DOCUMENT is any other numbered official paper (文号)."""

    REVIEW = "review"
    COURT = "court"
    REFERENCE = "reference"
    DOCUMENT = "document"


class CitationStatus(StrEnum):
    """How far a citation could be resolved; nothing is guessed."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


class ClaimSource(IntEnum):
    """Who says so, in rising precedence. DOCUMENT: stated by the page's own structure or meta;
    RULE: inferred from the text; EXTERNAL: given with the import; PERSON: decided by a person."""

    DOCUMENT = 1
    RULE = 2
    EXTERNAL = 3
    PERSON = 4


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a record's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a claim is made.

    rule: the dotted name of what found it, e.g. "region.authority" or "import.option".
    quote: the words as they stand. span: where in the record's text; None where the words stand
    outside it (the page's meta, the command line). version: of the rule, raised when it changes.
    """

    rule: str
    quote: str = ""
    span: Span | None = None
    source: ClaimSource = ClaimSource.RULE
    version: int = 1


@dataclass(frozen=True, slots=True)
class Claim(Generic[V]):
    """One value said of one field, with its evidence; a rejected claim is kept, never erased."""

    value: V
    evidence: Evidence
    rejected: bool = False


def settled(claims: Sequence[Claim[V]]) -> tuple[V, ...]:
    """The values that hold, each once, rejected ones left out: what a person said, or else what
    was given with the import, found by rules and stated by the page, in this order. The first is
    *the* value of a field that can have only one."""
    if len(claims) < 2:  # as most fields have
        return tuple([claim.value for claim in claims if not claim.rejected])
    rejected = [claim.value for claim in claims if claim.rejected]
    standing = [claim for claim in claims if not claim.rejected and claim.value not in rejected]
    by_person = [claim for claim in standing if claim.evidence.source is ClaimSource.PERSON]
    values: list[V] = []
    for claim in by_person or sorted(standing, key=lambda claim: -claim.evidence.source):
        if claim.value not in values:
            values.append(claim.value)
    return tuple(values)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a record under one heading.

    The sections of a record partition its text: joined spans give the text back, character by
    character. heading: the heading as printed, marks such as 【】 included, "" where there is
    none. span: heading and body with the white space around them; body: the words below it.
    """

    role: Role
    heading: str
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Region:
    """A region in one role. code: six digits of GB/T 2260, or six characters for a zone of
    `kb/data/areas.toml`. name: full name from the province down, as on the date of the record."""

    code: str
    name: str
    role: RegionRole


@dataclass(frozen=True, slots=True)
class Docket:
    """A number of a case or paper (案号/文号). normalised: see `kb.law.dockets.normalise`."""

    raw: str
    normalised: str
    kind: DocketKind


@dataclass(frozen=True, slots=True)
class Party:
    """Someone in the dispute, by the name the text gives. natural: a natural person or not."""

    name: str
    role: PartyRole
    natural: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of a statute in a text.

    work: the statute's title without 中华人民共和国; None where unresolved. version: the day that
    version came into force, None where unknown. article: 30, or "120之1"; paragraph 款, item 项,
    subitem 目: integers. candidates: the versions it may mean, where ambiguous.
    rule: what settled it (bracketed_version, decision_date, alias_in_text, carried, registry, …).
    """

    span: Span
    raw: str
    work: str | None
    version: date | None
    article: int | str | None
    paragraph: int | None
    item: int | None
    status: CitationStatus
    rule: str
    subitem: int | None = None
    candidates: tuple[date, ...] = ()


# The fields of a Content that are lists of claims.
CLAIM_FIELDS = (
    "batch",
    "publishers",
    "published",
    "decided",
    "dockets",
    "parties",
    "regions",
    "acts",
    "issues",
    "outcomes",
    "citations",
    "keywords",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a record says: text, sections and every field as claims with evidence.

    acts, issues, outcomes: codes of the taxonomies (`kb.issues`). decided: the day of the decision.
    published: the day the page was published. warnings: what a reviewer should look at.
    """

    kind: Kind
    title: str
    text: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    batch: tuple[Claim[str], ...] = ()
    publishers: tuple[Claim[str], ...] = ()
    published: tuple[Claim[date], ...] = ()
    decided: tuple[Claim[date], ...] = ()
    dockets: tuple[Claim[Docket], ...] = ()
    parties: tuple[Claim[Party], ...] = ()
    regions: tuple[Claim[Region], ...] = ()
    acts: tuple[Claim[str], ...] = ()
    issues: tuple[Claim[str], ...] = ()
    outcomes: tuple[Claim[str], ...] = ()
    citations: tuple[Claim[Citation], ...] = ()
    keywords: tuple[Claim[str], ...] = ()
    warnings: tuple[str, ...] = ()

    def section(self, role: Role) -> Section | None:
        """The first section of this role."""
        return next((section for section in self.sections if section.role is role), None)

    def with_fields(self, **fields: object) -> Content:
        """The same content with some fields replaced."""
        return replace(self, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that a file says beside its text: an author, a comment, a tracked change. rule: the
    dotted name of what found it. quote: the words; why: what to do, in Chinese."""

    rule: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where records come from: one file or page as it was read.

    origin: path or URL it was read from. url: the public address readers can check, "" if none.
    sha256: of the bytes read. media: html, markdown, docx, pdf, text or jsonl.
    text: everything read, contents lists and mastheads included.
    """

    origin: str
    sha256: str
    media: str
    text: str
    url: str = ""
    attachments: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A record as the store keeps it.

    id: opaque and permanent. position: place in its source, from 0. revision: from 1. shown: what
    readers are told instead of the origin, "" for the origin.
    """

    id: str
    revision: int
    status: Status
    content: Content
    origin: str
    url: str
    sha256: str
    position: int
    created: datetime
    changed: datetime
    shown: str = ""
