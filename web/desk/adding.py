"""The page on which drafts are added."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.errors import BadRequest
from web.desk.background import uploads, wake
from web.desk.session import asks
from web.desk.taking import MOST_ADDRESSES, take
from web.desk.uploads import MOST_BYTES, MOST_FILES

blueprint = Blueprint("adding", __name__)


@blueprint.get("/add")
@asks(UserRole.EDITOR)
def form() -> str:
    return _page({"text": "", "addresses": "", "batch": ""})


@blueprint.post("/add")
@asks(UserRole.EDITOR)
def add() -> Response | tuple[str, int]:
    """Puts down what was sent and leads to the job that reads it."""
    typed = {name: request.form.get(name, "").strip() for name in ("text", "addresses", "batch")}
    try:
        job = take(typed, uploads())
    except BadRequest as error:
        return _page(typed, refused=error.reason), 400
    wake()
    return redirect(url_for("desk.jobs.page", job=job), 303)


def _page(typed: dict[str, str], *, refused: str = "") -> str:
    from ingest.read.kinds import SUFFIXES  # the readers of files take a while to load

    return render_template(
        "desk/add.html",
        refused=refused,
        typed=typed,
        endings=",".join(sorted(SUFFIXES)),
        most_files=MOST_FILES,
        most_megabytes=MOST_BYTES // 1_000_000,
        most_addresses=MOST_ADDRESSES,
    )
