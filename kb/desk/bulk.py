"""One field over many drafts, proposed before it is saved; one step taken with many drafts. Each
draft goes by its own rules: one that cannot does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kb.accounts import Actor
from kb.desk import fields, flow
from kb.desk.desk import Desk
from kb.desk.together import Edit
from kb.desk.values import read_value
from kb.errors import BadRequest, Conflict, KnowledgeBaseError
from kb.law.statutes import Registry
from kb.model import Content, settled
from kb.store.desk import Draft
from kb.store.rows import claims_of

FIELDS = ("batch", "publishers", "published", "regions", "acts", "issues", "outcomes", "keywords")
"""Those that many drafts may have in common."""
NOTE = "批量修改"
"""What the history calls such an edit."""


class How(StrEnum):
    """SET: this value and no other. ADD: beside those that hold, which are confirmed thereby.
    REJECT: not this one. EMPTY: none at all."""

    SET = "set"
    ADD = "add"
    REJECT = "reject"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a field. typed, part: as for `read_value`."""

    field: str
    how: How
    typed: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change would make of a draft. before, after: the values that hold. content: to be
    saved, None where it cannot be changed, and refused says why, or where nothing changes."""

    draft: Draft
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    content: Content | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a step with one draft. error: why it was not taken, "" where it was. closed:
    how many gates' failures stand against it."""

    record: str
    title: str
    error: str
    closed: int = 0


def propose(
    drafts: Iterable[Draft], change: Change, actor: Actor, registry: Registry
) -> list[Proposal]:
    """What a change would make of each draft. Raises BadRequest for a change that is none, and
    where no draft that may be changed can take the value typed."""
    if change.field not in FIELDS:
        raise BadRequest("field", "这一项不能批量修改")
    made = [_proposed(draft, change, actor, registry) for draft in drafts]
    wrong = [error for _, error in made if error is not None]
    if wrong and all(proposal.refused for proposal, _ in made):
        raise wrong[0]
    return [proposal for proposal, _ in made]


def edits(
    desk: Desk, seen: Iterable[tuple[str, int]], change: Change, actor: Actor, registry: Registry
) -> Iterator[Edit]:
    """The edits of the drafts in the revisions seen, for `together.save`; none for those that
    stay as they are."""
    for record, revision in seen:
        draft = desk.draft(record)
        if draft.revision != revision:  # the save tells of it
            yield Edit(record, revision, draft.content, NOTE)
            continue
        proposal, _ = _proposed(draft, change, actor, registry)
        if proposal.content is not None:
            yield Edit(record, revision, proposal.content, NOTE)


def take(
    desk: Desk,
    seen: Iterable[tuple[str, int]],
    step: str,
    actor: Actor,
    *,
    reason: str = "",
    note: str = "",
) -> list[Taken]:
    """Takes a step with each draft, in the revision seen. Raises NotFound."""
    return [
        _taken(desk, desk.draft(record), revision, step, actor, reason, note)
        for record, revision in seen
    ]


def _proposed(
    draft: Draft, change: Change, actor: Actor, registry: Registry
) -> tuple[Proposal, BadRequest | None]:
    before = settled(claims_of(draft.content, change.field))
    try:
        flow.check_edit(draft, actor)
        content = _changed(draft.content, change, registry)
    except KnowledgeBaseError as error:
        bad = error if isinstance(error, BadRequest) else None
        return Proposal(draft, before, before, None, error.told), bad
    after = settled(claims_of(content, change.field))
    same = content == draft.content
    return Proposal(draft, before, after, None if same else content), None


def _changed(content: Content, change: Change, registry: Registry) -> Content:
    if change.how is How.EMPTY:
        return fields.set_values(content, change.field, ())
    value = read_value(content, change.field, change.typed, part=change.part, registry=registry)
    match change.how:
        case How.SET:
            return fields.set_values(content, change.field, (value,))
        case How.ADD:
            holding = settled(claims_of(content, change.field))
            return fields.set_values(content, change.field, (*holding, value))
        case How.REJECT:
            return fields.reject(content, change.field, value)


def _taken(
    desk: Desk, draft: Draft, revision: int, step: str, actor: Actor, reason: str, note: str
) -> Taken:
    title = draft.content.title
    try:
        desk.take(draft.id, step, actor, revision, reason=reason, note=note)
    except Conflict:
        return Taken(draft.id, title, "此后有人改过，没有办理：请打开核对")
    except KnowledgeBaseError as error:
        return Taken(draft.id, title, error.told, len(getattr(error, "failures", ())))
    return Taken(draft.id, title, "")
