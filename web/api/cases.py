"""GET /api/v1/cases/<id>: one whole record; …/related: the other proceedings of its dispute;
…/similar: the cases like it."""

from __future__ import annotations

from flask import Blueprint, Response

from kb.answers import RelatedAnswer
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


@blueprint.get("/cases/<case_id>/similar")
def similar(case_id: str) -> Response:
    no_parameters()
    kb = knowledge()
    state = kb.state()
    record = kb.case(case_id)
    return conditional(f"{record.id} {record.revision} {state}", lambda: kb.similar(record))


@blueprint.get("/cases/<case_id>/related")
def related(case_id: str) -> Response:
    no_parameters()
    kb = knowledge()
    state = kb.state()
    record = kb.case(case_id)
    return conditional(
        f"{record.id} {state}", lambda: RelatedAnswer(related=list(kb.related(record)))
    )
