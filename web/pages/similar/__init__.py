"""Similar cases: of a record, of a pasted text, and two records side by side."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask_babel import gettext

from kb.answers import SimilarAnswer
from kb.search.similar import MAX_TEXT
from web.errors import TooLong, failure
from web.knowledge import knowledge
from web.pages.pasted import pasted_text
from web.pages.similar.compare import facts, rows
from web.pages.similar.group import groups
from web.words import count

blueprint = Blueprint("similar", __name__)


@blueprint.get("/similar")
def form() -> str:
    return _page()


@blueprint.post("/similar")
def result() -> Response:
    """The cases like the text sent, or why it cannot be read; the form keeps what was typed."""
    text = pasted_text()
    try:
        page, status = _page(text, answer=knowledge().similar_to(_short(text))), 200
    except TooLong as error:
        page, status = _page(text, refused=error.reason), failure(error).status
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/cases/<case_id>/similar")
def of_case(case_id: str) -> str:
    """All the cases like a record."""
    case = knowledge().case(case_id)
    answer = knowledge().similar(case)
    return render_template(
        "similar/of_case.html", case=knowledge().answer(case), answer=answer, groups=groups(answer)
    )


@blueprint.get("/cases/<case_id>/compare/<other_id>")
def compare(case_id: str, other_id: str) -> str:
    """Two records side by side, with what they share."""
    case, other = knowledge().case(case_id), knowledge().case(other_id)
    likeness = knowledge().likeness(case, other)
    one, another = knowledge().answer(case), knowledge().answer(other)
    words = next(leg.shared for leg in likeness.legs if leg.code == "facts")
    return render_template(
        "similar/compare.html",
        one=one,
        other=another,
        likeness=likeness,
        rows=rows(one, another),
        facts=[facts(case.content, words), facts(other.content, words)],
    )


def _short(text: str) -> str:
    """The text. Raises TooLong."""
    if len(text) <= MAX_TEXT:
        return text
    now, most = count(len(text)), count(MAX_TEXT)
    raise TooLong(
        "text", gettext("至多 %(most)s 字，现有 %(now)s 字，请删减后再试。", most=most, now=now)
    )


def _page(text: str = "", *, refused: str = "", answer: SimilarAnswer | None = None) -> str:
    return render_template(
        "similar/index.html",
        text=text,
        refused=refused,
        answer=answer,
        groups=groups(answer) if answer else [],
        most=MAX_TEXT,
    )
