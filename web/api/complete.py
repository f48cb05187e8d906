"""GET /api/v1/complete: what the end of a search box may become, while someone types."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kb.errors import BadRequest
from kb.search.complete import MAX_TYPED
from web.api.respond import conditional
from web.knowledge import knowledge

blueprint = Blueprint("api_complete", __name__)


@blueprint.get("/complete")
def complete() -> Response:
    kb, typed = knowledge(), _typed()
    return conditional(kb.completion_state(), lambda: kb.complete(typed))


def _typed() -> str:
    """The box as it stands: a blank at its end says that a word is finished."""
    for name in request.args:
        if name != "q":
            raise BadRequest(name, "没有这个参数")
    given = set(request.args.getlist("q"))
    if len(given) > 1:
        raise BadRequest("q", "只能给出一个值")
    typed = given.pop() if given else ""
    if len(typed) > MAX_TYPED:
        raise BadRequest("q", f"补全的内容不能超过 {MAX_TYPED} 字，现有 {len(typed)} 字")
    return typed
