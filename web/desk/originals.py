"""What readers must not have: texts from before masking, for few to see, and names of files."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.errors import BadRequest, WrongStage
from web.desk.differences import differences
from web.desk.doubts import FIELDS
from web.desk.drafts import shown
from web.desk.session import actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("originals", __name__)


@blueprint.get("/drafts/<record>/originals/<int:number>")
@asks(UserRole.REVIEWER, UserRole.PUBLISHER, UserRole.ADMIN)
def page(record: str, number: int) -> str:
    """A text that was put away, and what became of it. Each look is written down."""
    desk = knowledge().desk
    content = desk.original(record, number, actor())
    draft = desk.draft(record)
    return render_template(
        "desk/original.html",
        draft=draft,
        number=number,
        names=FIELDS,
        differences=differences(content, draft.content),
    )


@blueprint.post("/drafts/<record>/source")
@asks(UserRole.EDITOR)
def name_source(record: str) -> Response:
    """What readers are told instead of the name of the file, "" for the name."""
    try:
        knowledge().desk.show_source_as(record, request.form.get("shown", ""), actor())
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    except WrongStage as error:
        return shown(record, refused=str(error), status=409)
    return redirect(url_for("desk.drafts.page", record=record, _anchor="gates"), 303)
