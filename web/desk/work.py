"""The list of work: drafts by stage, with what is missing or doubtful in each."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import OPEN
from web.desk import walk
from web.desk.called import STAGES
from web.desk.doubts import doubtful, missing
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("work", __name__)

PAGE = 50


@blueprint.get("/")
@asks()
def index() -> Response | str:
    """The work asked for: stage, whose, batch, words of the title, page. Who has no part in it is
    led to the accounts."""
    if not actor().may(*CASE_ROLES):
        return redirect(url_for("desk.people.index"), 303)
    asked = walk.asked()
    page = request.args.get("page", 1, type=int)
    start = (max(page, 1) - 1) * PAGE
    found = knowledge().desk.work(walk.query(asked, start=start, size=PAGE))
    return render_template(
        "desk/work.html",
        may_add=actor().may(CASE_ROLES[0]),
        found=found,
        asked=asked,
        stages=STAGES,
        open=sum(found.by_stage.get(one, 0) for one in OPEN),
        missing=missing,
        doubtful=doubtful,
        before=page - 1 if page > 1 else None,
        after=page + 1 if start + PAGE < found.total else None,
    )
