"""Puts the site together: `create_app` joins a knowledge base, the pages and the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from web import api, assets, desk, errors, language, marks, pages, security, words
from web.settings import Settings

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


def create_app(kb: KnowledgeBase, *, settings: Settings | None = None) -> Flask:
    """The WSGI application over one knowledge base; settings default to those built in."""
    settings = settings or Settings()
    app = Flask("web")
    app.extensions["knowledge"] = kb
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(words=words, marked=marks.marked)
    for part in (security, assets, language, errors):
        part.register(app)
    pages.register(app)
    api.register(app, settings)
    desk.register(app, settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app
