"""How to search, how results come about, where the records come from, and the interface."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.search.request import MAX_SIZE, FacetName
from web.language import chosen

blueprint = Blueprint("guide", __name__)


@blueprint.get("/help")
def page() -> str:
    return render_template(f"help.{chosen()}.html", facet_names=list(FacetName), max_size=MAX_SIZE)
