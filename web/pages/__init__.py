"""The pages for readers: home, search, a case, help."""

from __future__ import annotations

from flask import Flask

from web.pages import case, guide, home, search


def register(app: Flask) -> None:
    for room in (home, search, case, guide):
        app.register_blueprint(room.blueprint)
