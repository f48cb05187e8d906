"""Public cases that cite a law which changed since: the list of those to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import Look
from kb.errors import NotFound
from web import links
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("looks", __name__)

PAGE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A look with the address where both versions stand side by side, "" where their texts are not
    here."""

    look: Look
    compare: str


def register(app: Flask) -> None:
    """The number of open ones, for the way to them on every page of the desk."""
    app.jinja_env.globals["open_looks"] = lambda: knowledge().desk.open_looks()


@blueprint.get("/looks")
@asks(*CASE_ROLES)
def index() -> str:
    """Those that are open, or that were done; after: the last one of the page before."""
    done = request.args.get("done") == "1"
    after = max(request.args.get("after", 0, type=int), 0)
    found = knowledge().desk.looks(done=done, limit=PAGE + 1, after=after)
    return render_template(
        "desk/looks.html",
        looks=[Shown(one, _compare(one)) for one in found[:PAGE]],
        done=done,
        first=not after,
        after=found[PAGE - 1].id if len(found) > PAGE else None,
    )


@blueprint.post("/looks/<int:look>")
@asks(*CASE_ROLES)
def looked(look: int) -> Response:
    """That a case was looked at again, with what came of it; the list goes on where it was."""
    knowledge().desk.looked(look, actor(), request.form.get("note", ""))
    after = max(request.form.get("after", 0, type=int), 0)
    return redirect(url_for("desk.looks.index", after=after or None), 303)


def _compare(look: Look) -> str:
    """The version before the new one beside it, where both texts are here."""
    try:
        about = knowledge().statutes.about(look.work)
    except NotFound:
        return ""
    days = [edition.day for edition in about.editions if edition.has_text]
    earlier = [day for day in days if day < look.version]
    if look.version not in days or not earlier:
        return ""
    return links.comparison(about.title, max(earlier), look.version) + "&only=changes"
