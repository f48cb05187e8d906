"""The first page: a box to type into, what is in the base, ways in by region, issue, statute."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, send_from_directory

from web.assets import STATIC
from web.knowledge import knowledge
from web.pages.tree import Node, Tree, trees

blueprint = Blueprint("home", __name__)

ENTRIES = ("region", "issue", "act", "statute")
HOMES = ("500000", "510000")
GROUPS = 8
EXAMPLES = ("过期食品 罚款", "“工伤认定” 上下班途中", "行政处罚法第三十三条", "-维持 程序违法")


@dataclass(frozen=True, slots=True)
class Entry:
    """A facet as a way in: rows drawn with what is below them, and the rest as plain rows."""

    name: str
    label: str
    groups: list[Node]
    rest: list[Node]


@blueprint.get("/")
def index() -> str:
    facets = {facet.name: facet for facet in knowledge().entries() if facet.values}
    return render_template(
        "home.html",
        overview=knowledge().overview(),
        entries=[_entry(trees(facets[name])) for name in ENTRIES if name in facets],
        examples=EXAMPLES,
    )


@blueprint.get("/healthz")
def health() -> Response:
    """For a monitor: 200 while records can be read and found, else 503."""
    seen = knowledge().checkup.health()
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


def _entry(tree: Tree) -> Entry:
    """The most frequent rows; of the regions, the two that this base is about."""
    if tree.name == "region":
        groups = [node for node in tree.nodes if node.row.value in HOMES]
    else:
        groups = tree.nodes[:GROUPS] if any(node.children for node in tree.nodes) else []
    rest = [node for node in tree.nodes if node not in groups]
    return Entry(tree.name, tree.label, groups, rest)
