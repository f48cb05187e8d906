"""The page on which drafts are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from kb.accounts import UserRole
from kb.errors import BadRequest
from web.desk.session import asks, user

if TYPE_CHECKING:
    from web.desk.taking import Row

blueprint = Blueprint("adding", __name__)


@blueprint.get("/add")
@asks(UserRole.EDITOR)
def form() -> str:
    return _page()


@blueprint.post("/add")
@asks(UserRole.EDITOR)
def add() -> tuple[str, int]:
    """Reads what was sent; one file that cannot be read does not stop the others."""
    from web.desk.taking import take  # the readers of files take a while to load

    typed = {name: request.form.get(name, "").strip() for name in ("text", "addresses", "batch")}
    try:
        rows = take(typed)
    except BadRequest as error:
        return _page(typed, refused=error.reason), 400
    return _page(rows=rows), 200


def _page(
    typed: dict[str, str] | None = None, *, refused: str = "", rows: list[Row] | None = None
) -> str:
    from web.desk.taking import ENDINGS, MOST_ADDRESSES, MOST_BYTES, MOST_FILES

    return render_template(
        "desk/add.html",
        me=user(),
        told="",
        refused=refused,
        typed=typed or {"text": "", "addresses": "", "batch": ""},
        rows=rows,
        endings=ENDINGS,
        most_files=MOST_FILES,
        most_megabytes=MOST_BYTES // 1_000_000,
        most_addresses=MOST_ADDRESSES,
    )
