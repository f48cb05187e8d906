"""The first page: a box to type into, what is in the base, ways in by region, issue, statute."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, send_from_directory

from web.assets import STATIC
from web.knowledge import knowledge
from web.pages.tree import trees

blueprint = Blueprint("home", __name__)

ENTRIES = ("region", "issue", "act", "statute")
EXAMPLES = ("过期食品 罚款", "“工伤认定” 上下班途中", "行政处罚法第三十三条", "-维持 程序违法")


@blueprint.get("/")
def index() -> str:
    facets = {facet.name: facet for facet in knowledge().entries() if facet.values}
    return render_template(
        "home.html",
        overview=knowledge().overview(),
        entries=[trees(facets[name]) for name in ENTRIES if name in facets],
        examples=EXAMPLES,
    )


@blueprint.get("/healthz")
def health() -> Response:
    """For a monitor: 200 while records can be read and found, else 503."""
    seen = knowledge().health()
    answer = jsonify(
        ok=seen.ok,
        records=seen.records,
        indexed=seen.indexed,
        backlog=seen.backlog,
        detail=seen.detail,
    )
    answer.status_code = 200 if seen.ok else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Cases may be crawled; the endless combinations of filters may not."""
    return Response("User-agent: *\nDisallow: /search\nDisallow: /api/\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """For what asks by habit; the pages name the drawing itself."""
    return send_from_directory(STATIC, "favicon.svg", mimetype="image/svg+xml", max_age=86_400)
