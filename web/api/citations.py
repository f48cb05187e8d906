"""POST /api/v1/citations: what a text cites, looked up in the base. Nothing of the text is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType

from kb.cited import decision_day
from kb.errors import BadRequest
from web.api.respond import DESCRIBED_BY, no_parameters
from web.errors import TooLong
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
    """The body as read. Raises UnsupportedMediaType, TooLong or BadRequest, whose parameter is
    "body" where the body as a whole cannot be read."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = MAX_BODY
    try:
        body = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise BadRequest("body", "正文不是有效的 JSON（UTF-8）") from None
    if not isinstance(body, dict):
        raise BadRequest("body", '正文应为 JSON 对象，如 {"text": "…", "decided": "2024-05-06"}')
    for name in body.keys() - {"text", "decided"}:
        raise BadRequest(name[:40], "没有这个参数")
    return _Asked(_text(body.get("text")), _decided(body.get("decided")))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadRequest("text", "必须给出，且应为文字")
    if len(value) > MAX_TEXT:
        raise TooLong("text", f"不能超过 {MAX_TEXT} 字，现有 {len(value)} 字，请分段发送")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRequest("text", "含有不成对的代理码点，不是有效的 Unicode 文字") from None
    return value


def _decided(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise BadRequest("decided", "应为日期，如 2024-05-06；不知道时不要给出")
    return decision_day(value)
