"""POST /api/v1/citations: what a text cites, looked up in the base. Nothing of the text is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response

from kb.cited import decision_day
from kb.errors import BadRequest
from web.api.body import posted, text_of
from web.api.respond import DESCRIBED_BY, no_parameters
from web.knowledge import knowledge

blueprint = Blueprint("api_citations", __name__)

MAX_TEXT = 200_000
MAX_BODY = 3_000_000  # bytes: every character may be written as two \u escapes


@blueprint.post("/citations")
def citations() -> Response:
    no_parameters()
    asked = _asked()
    answer = knowledge().citations(asked.text, asked.decided)
    response = Response(answer.model_dump_json(), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers.add("Link", DESCRIBED_BY)
    return response


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    decided: date | None


def _asked() -> _Asked:
    body = posted(MAX_BODY, '{"text": "…", "decided": "2024-05-06"}', ("text", "decided"))
    return _Asked(text_of(body, MAX_TEXT, "请分段发送"), _decided(body.get("decided")))


def _decided(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise BadRequest("decided", "应为日期，如 2024-05-06；不知道时不要给出")
    return decision_day(value)
