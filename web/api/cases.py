"""GET /api/v1/cases/<id>: one whole record."""

from __future__ import annotations

from flask import Blueprint, Response

from web.api.respond import conditional, no_parameters
from web.knowledge import knowledge

blueprint = Blueprint("api_cases", __name__)


@blueprint.get("/cases/<case_id>")
def case(case_id: str) -> Response:
    no_parameters()
    kb = knowledge()
    state = kb.state()
    record = kb.case(case_id)
    return conditional(f"{record.id} {record.revision} {state}", lambda: kb.answer(record))
