"""The pages for readers: search, cases, statutes, citations checked, ways in, charts, help."""

from __future__ import annotations

from flask import Flask

from web.pages import browse, case, charts, check, guide, home, search, similar, statutes


def register(app: Flask) -> None:
    for room in (home, search, case, similar, statutes, check, browse, charts, guide):
        app.register_blueprint(room.blueprint)
