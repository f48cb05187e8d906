"""What the desk's part of the JSON API answers: the work there is, a draft, what became of a
change, and why one was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from kb.answers.base import Answer, Coded, Problem
from kb.answers.case import CaseAnswer


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A record in the list of work. status: what readers have; stage: where the desk has it."""

    id: str
    title: str
    kind: str
    stage: str
    status: str
    revision: int
    batch: str
    assignee: str
    worked: datetime
    source_changed: bool
    comments: int


class WorkAnswer(Answer):
    """A page of the work, the latest first. by_stage: how many at each stage, everything else being
    asked alike. next: the cursor of the page after, null on the last."""

    total: int
    by_stage: dict[str, int]
    items: list[DraftItem]
    next: str | None


@dataclass(frozen=True, slots=True)
class FailureAnswer:
    """What a gate found against publishing. start, end: where in the draft's text, if there."""

    gate: str
    key: str
    message: str
    field: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step that whoever asks may take now. reason, note: whether it needs one."""

    name: str
    label: str
    reason: bool
    note: bool


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """A remark. about: a field, "" for the whole; settled: who dealt with it, "" for nobody yet."""

    id: int
    revision: int
    about: str
    start: int | None
    end: int | None
    text: str
    who: str
    at: datetime
    settled: str


@dataclass(frozen=True, slots=True)
class OverrideAnswer:
    """A failure that someone would let pass. gate, key: which; second: who agreed, "" for nobody
    yet, and until then it counts for nothing."""

    id: int
    gate: str
    key: str
    reason: str
    who: str
    at: datetime
    second: str


class DraftState(Answer):
    """Where a draft is. revision: the one worked on, which is its ETag."""

    id: str
    revision: int
    stage: Coded
    status: str


class DraftAnswer(DraftState):
    """A draft. case: what its revision says, every claim with its place in the text. public: the
    revision that readers have; waiting: a later one of the source that nobody took up."""

    public: int | None
    waiting: int | None
    assignee: str
    submitter: str
    approver: str
    editors: list[str]
    failures: list[FailureAnswer]
    overrides: list[OverrideAnswer]
    steps: list[StepAnswer]
    comments: list[CommentAnswer]
    case: CaseAnswer


class MadeAnswer(Answer):
    """A remark that was made, or an override that was asked for."""

    id: int


@dataclass(frozen=True, slots=True)
class AddedDraft:
    """A draft that a document gave. became: added, updated, unchanged, held or duplicate."""

    id: str
    title: str
    became: str
    note: str


class AddedAnswer(Answer):
    """What became of a document. warnings: what to look at, beside its text too."""

    drafts: list[AddedDraft]
    warnings: list[str]


class VersionAnswer(Answer):
    """What a revision says, as far as two are compared."""

    title: str
    subtitle: str
    text: str
    fields: dict[str, list[str]]


class StaleProblem(Problem):
    """Someone saved another revision meanwhile; nothing was saved. mine: what was sent, as it would
    have stood; theirs: what stands."""

    revision: int
    mine: VersionAnswer | None
    theirs: VersionAnswer | None


class ClosedProblem(Problem):
    """What stands against publishing."""

    failures: list[FailureAnswer]


class UnreadProblem(Problem):
    """A document that could not be read."""

    errors: list[str] = Field(description="where in it, and what was expected")
