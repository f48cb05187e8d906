"""The revisions of a draft, what changed between two, and taking up an earlier one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.errors import Conflict, Sealed, WrongStage
from kb.store.revisions import Kept
from web.desk.differences import differences
from web.desk.doubts import FIELDS
from web.desk.drafts import EDITABLE, revision, shown
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("history", __name__)


@blueprint.get("/drafts/<record>/history")
@asks(*CASE_ROLES)
def page(record: str) -> str:
    """Every revision, and what the one asked for (`to`) changed of another (`from`)."""
    desk = knowledge().desk
    draft, all_ = desk.draft(record), desk.revisions(record)
    to = revision(request.args.get("to", str(draft.revision)))
    old = revision(request.args.get("from", str(max(to - 1, 1))))
    kept = {one.number: one.kept for one in all_}
    away = [one for one in (old, to) if kept.get(one, Kept.HERE) is not Kept.HERE]
    changes = None
    if not away:
        changes = differences(desk.revision(record, old), desk.revision(record, to))
    # Earlier revisions say what was masked since.
    desk.viewed_unmasked(record, actor())
    return render_template(
        "desk/history.html",
        draft=draft,
        revisions=all_[::-1],
        old=old,
        to=to,
        names=FIELDS,
        differences=changes,
        away=away,
        sees_originals=actor().may(UserRole.REVIEWER, UserRole.PUBLISHER, UserRole.ADMIN),
        sealed=Kept.SEALED,
        here=Kept.HERE,
        editable=actor().may(UserRole.EDITOR) and draft.stage in EDITABLE,
    )


@blueprint.post("/drafts/<record>/restore")
@asks(UserRole.EDITOR)
def restore(record: str) -> Response:
    """Makes an earlier revision the draft again, as a new one."""
    number, expected = (revision(request.form.get(name, "")) for name in ("number", "revision"))
    try:
        knowledge().desk.restore(record, number, actor(), expected)
    except Sealed as error:
        return shown(record, refused=str(error), status=403)
    except (Conflict, WrongStage) as error:
        return shown(record, refused=str(error), status=409)
    return redirect(url_for("desk.drafts.page", record=record), 303)
