"""The reviewers' desk: signing in, the list of work, adding, checking and publishing cases."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from web.desk import (
    accounts,
    adding,
    background,
    beside,
    bulk,
    drafts,
    editing,
    gates,
    history,
    jobs,
    log,
    looks,
    originals,
    paper,
    people,
    said,
    second_factor,
    session,
    spreadsheet,
    steps,
    tokens,
    unfinished,
    walk,
    work,
)
from web.settings import Settings

ROOMS = (
    accounts,
    second_factor,
    work,
    adding,
    jobs,
    spreadsheet,
    drafts,
    editing,
    unfinished,
    steps,
    history,
    beside,
    originals,
    looks,
    bulk,
    paper,
    people,
    tokens,
    log,
)


def register(app: Flask, settings: Settings) -> None:
    """Puts the desk on the site at /desk. Its pages are never kept by a cache nor indexed, and no
    other page of the site sets or reads its cookie."""
    session.register(app, settings)
    gates.install(app.extensions["knowledge"], str(app.secret_key))
    desk = Blueprint("desk", __name__, url_prefix="/desk")
    desk.before_request(session.guard)
    # What every page of the desk shows above its own: who is signed in, what was done or refused.
    desk.context_processor(lambda: {"me": session.user(), "told": "", "refused": ""})
    for room in ROOMS:
        desk.register_blueprint(room.blueprint)
    app.register_blueprint(desk)
    background.register(app, settings)
    walk.register(app)
    said.register(app)
    looks.register(app)
    accounts.limit(app, settings)
    app.after_request(_private)


def _private(response: Response) -> Response:
    if request.path == "/desk" or request.path.startswith("/desk/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "same-origin"
    return response
