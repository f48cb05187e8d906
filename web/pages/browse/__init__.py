"""Ways into the base other than words: by issue, act, outcome, statute, region, authority, year."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext

from kb.errors import NotFound
from kb.law.parallel import parallels
from kb.search.request import FacetName
from web import links
from web.knowledge import knowledge
from web.pages.browse import authorities, parallel, regions, statutes, topics, years
from web.pages.browse.ways import TAXONOMIES, WAYS, overview

blueprint = Blueprint("browse", __name__, url_prefix="/browse")
blueprint.context_processor(lambda: {"tabs": WAYS})


@blueprint.get("")
def index() -> str:
    return render_template("browse/index.html", ways=overview(knowledge()))


@blueprint.get("/issues", defaults={"name": FacetName.ISSUE}, endpoint="issues")
@blueprint.get("/acts", defaults={"name": FacetName.ACT}, endpoint="acts")
@blueprint.get("/outcomes", defaults={"name": FacetName.OUTCOME}, endpoint="outcomes")
def taxonomy(name: FacetName) -> str:
    """The terms of a taxonomy, those without a record too: what they mean is worth knowing."""
    return render_template(
        "browse/topics.html",
        name=name,
        about=TAXONOMIES[name],
        groups=topics.groups(knowledge(), name),
    )


@blueprint.get("/statutes")
def laws() -> str:
    found = statutes.cited(knowledge())
    kinds = statutes.kinds(found)
    chosen = request.args.get("kind", "")
    if chosen not in {kind.code for kind in kinds}:
        chosen = ""
    shown = [statute for statute in found if chosen in ("", statute.kind)]
    return render_template("browse/statutes.html", statutes=shown, kinds=kinds, chosen=chosen)


@blueprint.get("/regions")
def places() -> str:
    return render_template("browse/regions.html", atlas=regions.atlas(knowledge()))


@blueprint.get("/authorities")
def organs() -> str:
    return render_template("browse/authorities.html", provinces=authorities.provinces(knowledge()))


@blueprint.get("/years")
def calendar() -> str:
    return render_template(
        "browse/years.html",
        calendar=years.calendar(knowledge()),
        batches=knowledge().batches(),
    )


@blueprint.get("/parallel")
def together() -> str:
    known = parallels()
    names = {"sichuan": gettext("四川"), "chongqing": gettext("重庆")}
    return render_template(
        "browse/parallel.html",
        pairs=[parallel.shown(pair, names, knowledge()) for pair in known.pairs],
        facts=known.facts,
        basis=parallel.BASIS,
    )


@blueprint.get("/parallel/<code>")
def side_by_side(code: str) -> str:
    pair = next((pair for pair in parallels().pairs if pair.code == code), None)
    if pair is None:
        raise NotFound(f"没有“{code}”这一事项的协同立法")
    return render_template(
        "browse/side_by_side.html",
        pair=pair,
        rows=parallel.side_by_side(pair, knowledge()),
        links=links,
    )
