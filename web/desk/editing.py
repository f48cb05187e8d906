"""Every edit of a draft: saved as a revision, or answered with both versions where another was
saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.errors import BadRequest, Conflict
from kb.model import Content
from web.desk import unfinished
from web.desk.differences import differences
from web.desk.doubts import FIELDS
from web.desk.drafts import revision, shown
from web.desk.edits import NOTES, changed
from web.desk.session import actor, asks
from web.desk.view import anchors, undecided
from web.knowledge import knowledge

blueprint = Blueprint("editing", __name__)

DECIDED = ("accept", "reject", "accept_all")
"""The edits after which the next value in doubt is looked at."""


@blueprint.post("/drafts/<record>/edit")
@asks(UserRole.EDITOR)
def edit(record: str) -> Response:
    """Saves an edit of the revision that the page showed. A stale one is answered 409 with both
    versions, and what was sent stays in that page's forms and among the unfinished work."""
    desk, form = knowledge().desk, request.form
    expected = revision(form.get("revision", ""))
    kept = unfinished.kept(record)
    try:
        draft = desk.draft(record)
        seen = draft.content
        if draft.revision != expected:
            seen = desk.revision(record, expected)
        content = changed(record, seen, form, knowledge().statutes.registry())
        note = NOTES.get(form.get("do", ""), "")
        desk.save(record, content, actor(), expected, note)
    except BadRequest as error:
        _keep_typed(record, expected)
        return shown(record, refused=error.reason, status=400)
    except Conflict as stale:
        return _stale(record, stale)
    unfinished.ended(record, _typed_in(form), kept)
    then = _then(form, seen, content)
    return redirect(url_for("desk.drafts.page", record=record, focus=then, _anchor=then), 303)


def _then(form: Mapping[str, str], before: Content, after: Content) -> str | None:
    """Where to look after an edit: at the next value in doubt, at the field that was filled in."""
    field = form.get("field", "")
    if form.get("do") in ("mask", "mask_one"):
        return "gates"
    if field not in FIELDS:
        return None
    if form.get("do") not in DECIDED:
        return f"f-{field}"
    left, order = undecided(after), anchors(before)
    here = f"v-{field}-{form.get('value', '')}"
    done = next((n for n, one in enumerate(order, 1) if one.startswith(here)), 0)
    following = [one for one in (*order[done:], *order[:done]) if one in left]
    return next(iter(following), "gates")


def _typed_in(form: Mapping[str, str]) -> str:
    """The form that was sent, as `unfinished` names it; "" where nothing is typed in it."""
    if form.get("do") == "add" and form.get("typed"):
        return f"add-{form.get('field', '')}"
    return unfinished.WORDS if form.get("do") == "words" else ""


def _keep_typed(record: str, revision: int) -> dict[str, str]:
    """Keeps what was sent among the unfinished, if any of it was typed; gives the form sent."""
    form = {name: value for name, value in request.form.items() if name != "csrf_token"}
    if typed_in := _typed_in(form):
        unfinished.keep_form(record, typed_in, form, revision)
    return form


def _stale(record: str, stale: Conflict) -> Response:
    form = _keep_typed(record, stale.expected)
    mine: Content = stale.mine
    page = render_template(
        "desk/stale.html",
        refused=gettext("没有保存：您打开这一页之后，这份草稿又有了第 %(n)s 版。", n=stale.current),
        record=record,
        mine=mine,
        current=stale.current,
        names=FIELDS,
        differences=differences(stale.theirs, mine),
        form={name: value for name, value in form.items() if name != "revision"},
    )
    return make_response(page, 409)
