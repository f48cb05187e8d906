"""Serves the site with waitress, a production WSGI server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from web.app import create_app
from web.settings import Settings

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

MAX_HEADERS = 262_144  # bytes: a pasted text of 20,000 characters, percent-encoded, is a query too


def serve(kb: KnowledgeBase, host: str = "127.0.0.1", port: int = 8000, threads: int = 8) -> None:
    """Serves until interrupted, settings from the environment. OSError if the port is taken."""
    server(kb, host, port, threads).run()


def server(
    kb: KnowledgeBase,
    host: str,
    port: int,
    threads: int,
    *,
    settings: Settings | None = None,
) -> MultiSocketServer | BaseWSGIServer:
    """A server that listens already, serves at `run()`, ends at `close()`. Port 0: any free one."""
    return create_server(
        create_app(kb, settings=settings or Settings.from_environment()),
        host=host,
        port=port,
        threads=threads,
        ident=None,
        max_request_header_size=MAX_HEADERS,
    )
