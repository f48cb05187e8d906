"""POST /api/v1/similar: the cases like a pasted text. Nothing of the text is kept."""

from __future__ import annotations

from flask import Blueprint, Response

from kb.search.similar import MAX_TEXT
from web.api.body import posted, text_of
from web.api.respond import DESCRIBED_BY, no_parameters
from web.knowledge import knowledge

blueprint = Blueprint("api_similar", __name__)

MAX_BODY = 400_000  # bytes: every character may be written as two \u escapes


@blueprint.post("/similar")
def similar() -> Response:
    no_parameters()
    text = text_of(posted(MAX_BODY, '{"text": "…"}', ("text",)), MAX_TEXT, "请删减后再发送")
    response = Response(knowledge().similar_to(text).model_dump_json(), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers.add("Link", DESCRIBED_BY)
    return response
