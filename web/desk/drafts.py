"""A draft's page: the text beside its fields, and every edit of them."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb import places
from kb.accounts import UserRole
from kb.desk import STAGE_LABELS
from kb.desk.flow import Rule
from kb.errors import BadRequest, Conflict, GatesClosed
from kb.issues import acts, issues, outcomes
from kb.labels import ROLE_LABELS
from kb.model import Content, PartyRole, RegionRole, Status
from web.desk.differences import differences
from web.desk.doubts import FIELDS, doubtful, missing
from web.desk.edits import NOTES, changed
from web.desk.session import CASE_ROLES, actor, asks, user
from web.desk.view import view
from web.knowledge import knowledge

blueprint = Blueprint("drafts", __name__)

EDITABLE = (Status.DRAFT, Status.PUBLISHED)


@blueprint.get("/drafts/<record>")
@asks(*CASE_ROLES)
def page(record: str) -> Response:
    return shown(record)


@blueprint.get("/drafts/<record>/words")
@asks(UserRole.EDITOR)
def words(record: str) -> str:
    """Title and text, to be typed over."""
    draft = knowledge().desk.draft(record)
    _note_view(record)
    return render_template("desk/words.html", me=user(), told="", refused="", draft=draft)


@blueprint.post("/drafts/<record>/edit")
@asks(UserRole.EDITOR)
def edit(record: str) -> Response:
    """Saves an edit of the revision that the page showed. A stale one is answered 409 with both
    versions, and what was sent stays in that page's forms and among the unfinished work."""
    desk, form = knowledge().desk, request.form
    expected = revision(form.get("revision", ""))
    try:
        draft = desk.draft(record)
        seen = draft.content
        if draft.revision != expected:
            seen = desk.revision(record, expected)
        content = changed(seen, form, knowledge().statutes.registry())
        note = NOTES.get(form.get("do", ""), "")
        desk.save(record, content, actor(), expected, note)
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    except Conflict as stale:
        return _stale(record, stale)
    anchor = f"f-{form['field']}" if form.get("field") in FIELDS else None
    return redirect(url_for("desk.drafts.page", record=record, _anchor=anchor), 303)


@blueprint.post("/drafts/<record>/forget")
@asks(UserRole.EDITOR)
def forget(record: str) -> Response:
    knowledge().desk.forget_unfinished(record, actor())
    return redirect(url_for("desk.drafts.page", record=record), 303)


def revision(typed: str) -> int:
    """The number of a revision, as a form or an address says it. Raises BadRequest."""
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 9:
        raise BadRequest("revision", gettext("没有这一版，请刷新后再试"))
    return int(typed)


def shown(
    record: str, *, refused: str = "", status: int = 200, closed: GatesClosed | None = None
) -> Response:
    """The page of a draft, with what was wrong with what was asked."""
    desk = knowledge().desk
    draft = desk.draft(record)
    failures = desk.failures(draft)
    _note_view(record, bool(failures))
    looked_at = request.args.get("show", 0, type=int)
    page = render_template(
        "desk/draft.html",
        me=user(),
        told="",
        refused=refused or (str(closed) if closed else ""),
        draft=draft,
        stage=STAGE_LABELS[draft.stage],
        view=view(draft.content, failures),
        looked_at=looked_at,
        names=FIELDS,
        roles=ROLE_LABELS,
        region_roles=list(RegionRole),
        party_roles=list(PartyRole),
        terms={"acts": acts().terms, "issues": issues().terms, "outcomes": outcomes().terms},
        regions=_regions(),
        missing=missing(draft.content),
        doubtful=doubtful(draft.content),
        steps=desk.steps(draft, actor()),
        needs_reason=Rule.REASON,
        needs_note=Rule.NOTE,
        editable=actor().may(UserRole.EDITOR) and draft.stage in EDITABLE,
        comments=desk.comments(record),
        overrides=[one for one in desk.overrides(record) if not one.second],
        may_agree=actor().may(UserRole.REVIEWER, UserRole.PUBLISHER),
        unfinished=desk.unfinished(record, actor()),
    )
    return make_response(page, status)


def _note_view(record: str, is_open: bool | None = None) -> None:
    """Writes down that someone sees personal information, before they do."""
    desk = knowledge().desk
    if is_open if is_open is not None else bool(desk.failures(desk.draft(record))):
        desk.viewed_unmasked(record, actor())


def _stale(record: str, stale: Conflict) -> Response:
    form = {name: value for name, value in request.form.items() if name != "csrf_token"}
    mine: Content = stale.mine
    knowledge().desk.keep_unfinished(record, actor(), stale.expected, form)
    page = render_template(
        "desk/stale.html",
        me=user(),
        told="",
        refused=gettext("没有保存：您打开这一页之后，这份草稿又有了第 %(n)s 版。", n=stale.current),
        record=record,
        mine=mine,
        current=stale.current,
        names=FIELDS,
        differences=differences(stale.theirs, mine),
        form={name: value for name, value in form.items() if name != "revision"},
    )
    return make_response(page, 409)


@cache
def _regions() -> list[tuple[str, str]]:
    """The regions offered: of Sichuan and Chongqing; any other may be typed by its code."""
    codes = [code for top in ("500000", "510000") for code in (top, *_below(top))]
    return [(code, places.place(code).full_name) for code in codes]


def _below(code: str) -> list[str]:
    return [one for child in places.children(code) for one in (child, *_below(child))]
