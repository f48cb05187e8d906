"""A draft's page: the text beside its fields, and the page of its words."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.desk import NEUTRAL, OPEN
from kb.desk.flow import Rule
from kb.errors import BadRequest, GatesClosed
from kb.issues import TAXONOMIES
from kb.model import PartyRole, RegionRole, Status, settled
from web.desk import called
from web.desk.doubts import FIELDS, optional
from web.desk.gates import GATES
from web.desk.handing import colleagues
from web.desk.masks import findings, proposed
from web.desk.provisions import pages
from web.desk.regions import regions
from web.desk.session import CASE_ROLES, actor, asks
from web.desk.unfinished import kept
from web.desk.view import view
from web.desk.walk import way
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
    """Title and text, to be typed over; what was typed before and not saved is put back."""
    desk = knowledge().desk
    draft = desk.draft(record)
    desk.viewed(record, desk.failures(draft), actor())
    return render_template("desk/words.html", draft=draft, kept=kept(record))


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
    if closed is None:  # the refusal has written it down
        desk.viewed(record, failures, actor())
    masks = proposed(findings(record, draft.content)) if failures else {}
    page = render_template(
        "desk/draft.html",
        refused=refused or (_closed(closed) if closed else ""),
        draft=draft,
        called=called,
        view=view(draft.content, failures, masks, pages(knowledge().statutes)),
        looked_at=request.args.get("show", 0, type=int),
        way=way(record),
        gates=GATES,
        neutral=NEUTRAL,
        names=FIELDS,
        region_roles=list(RegionRole),
        party_roles=list(PartyRole),
        terms={field: taxonomy().terms for field, taxonomy in TAXONOMIES.items()},
        regions=regions(),
        decided=next(iter(settled(draft.content.decided)), None),
        optional=optional(draft.content),
        steps=desk.steps(draft, actor()),
        needs_reason=Rule.REASON,
        needs_note=Rule.NOTE,
        colleagues=colleagues() if draft.stage in OPEN else {},
        editable=actor().may(UserRole.EDITOR) and draft.stage in EDITABLE,
        comments=desk.comments(record),
        overrides=[one for one in desk.overrides(record) if not one.second],
        may_agree=actor().may(UserRole.REVIEWER, UserRole.PUBLISHER),
        kept=kept(record),
        others=[one.who for one in desk.others_at_work(record, actor())],
    )
    return make_response(page, status)


def _closed(closed: GatesClosed) -> str:
    return gettext("还有 %(n)s 项未通过，不能发布", n=len(closed.failures))
