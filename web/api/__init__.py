"""The JSON interface, version 1: search, a record, similar cases, a statute, a text's citations,
itself."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web.api import cases, citations, complete, desk, openapi, search, similar, statutes
from web.settings import OFF, Settings

DESK = "/api/v1/desk"


def register(app: Flask, settings: Settings) -> None:
    """Puts the interface on the site, each address held to the rate set."""
    app.after_request(_open)
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri="memory://",
        headers_enabled=True,  # not `enabled`: that would hold for the desk's limiter as well
    )
    for room in (search, complete, cases, similar, statutes, citations, openapi):
        if settings.rate_limit != OFF:
            limiter.limit(settings.rate_limit)(room.blueprint)
        app.register_blueprint(room.blueprint, url_prefix="/api/v1")
    if settings.rate_limit != OFF:
        limiter.limit(settings.rate_limit)(desk.blueprint)
    app.register_blueprint(desk.blueprint, url_prefix=DESK)


def _open(response: Response) -> Response:
    """Anyone's page may read the interface: it is public, and no cookie changes what it says. The
    desk's part is for programs that hold a token, and for no page."""
    if request.path.startswith("/api/") and not request.path.startswith(f"{DESK}/"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if request.path.startswith("/api/") and response.status_code not in (429, 503):
        response.headers.pop("Retry-After", None)
    return response
