"""Edits of several records, made as one and undone as one. Each is a revision of its own, with its
lock, its row in the audit and its history; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.accounts import Actor, UserRole
from kb.desk.desk import Desk
from kb.errors import BadRequest, Forbidden, KnowledgeBaseError
from kb.model import Content, Status
from kb.store.together import Became, Together


@dataclass(frozen=True, slots=True)
class Edit:
    """A record as it shall be. revision: the one that was edited. note: for its history."""

    record: str
    revision: int
    content: Content
    note: str = ""


def save(desk: Desk, edits: Iterable[Edit], actor: Actor, what: str) -> Together:
    """Saves each edit, at most one a record; gives what became of them, which is kept for `undo`.
    what: the whole in a few words."""
    together = desk.together.begin(actor.name, what)
    for edit in edits:
        add(desk, together, edit, actor)
    return desk.together.read(together)


def add(desk: Desk, together: int, edit: Edit, actor: Actor) -> str:
    """Saves one more edit of those begun with `desk.together.begin`; gives why it was not saved,
    "" where it was. The same again does nothing: work that was broken off may be done anew."""
    if known := desk.together.edit(together, edit.record):
        return known.error
    try:
        desk.save(edit.record, edit.content, actor, edit.revision, edit.note, together=together)
    except KnowledgeBaseError as error:
        desk.together.failed(together, edit.record, error.told)
        return error.told
    return ""


def read(desk: Desk, together: int) -> Together:
    """What became of edits made together. Raises NotFound."""
    return desk.together.read(together)


def undo(desk: Desk, together: int, actor: Actor) -> Together:
    """Gives each record back what it said before, as a new revision, or ends the correction that
    the edit began; a record that someone changed or moved on since stays as it is, and says why.
    Only for whoever made the edits. Raises NotFound, Forbidden, and BadRequest where they are
    undone already. Goes on where it was broken off."""
    made = desk.together.read(together)
    if made.who != actor.name or not actor.may(UserRole.EDITOR):
        raise Forbidden("只能撤销自己做的修改，且须有“编辑”角色")
    if made.undone:
        raise BadRequest("together", "这批修改已经撤销过")
    for one in made.changed:
        if one.restored is None and not one.kept:
            revision, kept = _restored(desk, one, actor)
            desk.together.restored(together, one.record, revision, kept)
    desk.together.undone(together)
    return desk.together.read(together)


def _restored(desk: Desk, one: Became, actor: Actor) -> tuple[int | None, str]:
    """The revision that a record is back at, or why it is not."""
    assert one.before is not None
    assert one.after is not None
    draft = desk.draft(one.record)
    try:
        if draft.stage is one.stage and draft.content == desk.revision(one.record, one.before):
            return draft.revision, ""  # by whoever it was
        if draft.revision != one.after:
            return None, "此后有人改过，没有撤销"
        if one.stage is Status.PUBLISHED and draft.stage is Status.DRAFT:
            given = desk.take(one.record, "drop", actor, one.after, reason="撤销批量修改")
            return given.revision, ""
        return desk.restore(one.record, one.before, actor, one.after), ""
    except KnowledgeBaseError as error:
        return None, error.told
