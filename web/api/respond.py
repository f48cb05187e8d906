"""How the interface gives an answer: JSON in UTF-8, an ETag that changes when the index does."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from flask import Response, request
from pydantic import BaseModel

from kb.errors import BadRequest
from web.assets import build

DESCRIBED_BY = '</api/v1/openapi.json>; rel="describedby"'


def conditional(state: str, answer: Callable[[], BaseModel]) -> Response:
    """304 where the caller already holds this state of the resource, else the answer in full.

    state: what the answer depends on besides the address, which counts as well. It must be read
    before the answer is made: should the index change in between, the tag is merely older than the
    body.
    """
    asked = request.full_path.encode("utf-8", "surrogateescape")
    tag = sha256(f"{build()} {state} ".encode() + asked).hexdigest()[:20]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(answer().model_dump_json(), mimetype="application/json")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers.add("Link", DESCRIBED_BY)
    return response


def no_parameters() -> None:
    """Raises BadRequest if the address carries any."""
    for name in request.args:
        raise BadRequest(name, "没有这个参数")
