"""The pages for readers: home, search, a case, a text's citations, ways in, charts, help."""

from __future__ import annotations

from flask import Flask

from web.pages import browse, case, charts, check, guide, home, search


def register(app: Flask) -> None:
    for room in (home, search, case, check, browse, charts, guide):
        app.register_blueprint(room.blueprint)
