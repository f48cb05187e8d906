"""Caching: a static file's address carries a mark of its content; a page is checked by its own."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

import kb

STATIC = Path(__file__).parent / "static"
ONE_YEAR = 31_536_000


def register(app: Flask) -> None:
    app.url_defaults(_add_version)
    app.after_request(_cache)


@cache
def build() -> str:
    """A mark of the program and its data files as installed, alike in every serving process."""
    digest = sha256()
    for folder in (Path(kb.__file__).parent, Path(__file__).parent):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                seen = file.stat()
                digest.update(f"{file.name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values and "v" not in values:
        values["v"] = _version(values["filename"])


@cache
def _version(filename: str) -> str:
    file = STATIC / filename
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _cache(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        lasting = "v" in request.args
        response.headers["Cache-Control"] = (
            f"public, max-age={ONE_YEAR}, immutable" if lasting else "no-cache"
        )
    elif response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")  # the language is remembered there
        if response.status_code == 200 and not response.direct_passthrough:
            response.add_etag()
            response.make_conditional(request)
    return response
