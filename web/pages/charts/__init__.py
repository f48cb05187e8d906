"""The charts: how cases ended by region and year, what was in dispute about which act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template

from web.knowledge import knowledge
from web.pages.browse.ways import WAYS
from web.pages.charts import heat, shares
from web.pages.charts.table import FEW, Table, csv_file

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

blueprint = Blueprint("charts", __name__, url_prefix="/charts")
blueprint.context_processor(lambda: {"tabs": WAYS})


_TABLES: dict[str, Callable[[KnowledgeBase], Table]] = {
    "outcomes-by-year": lambda kb: shares.year_table(shares.by_year(kb)),
    "outcomes-by-region": lambda kb: shares.region_table(shares.by_region(kb)),
    "issues-by-act": lambda kb: heat.table(heat.issues_by_act(kb)),
}


@blueprint.get("")
def page() -> str:
    kb = knowledge()
    return render_template(
        "charts.html",
        total=kb.survey.found(()),
        families=shares.shown_families(),
        panels=shares.by_year(kb),
        places=shares.by_region(kb),
        heat=heat.issues_by_act(kb),
        few=FEW,
    )


@blueprint.get("/<name>.csv")
def numbers(name: str) -> Response:
    """The numbers behind a chart."""
    if name not in _TABLES:
        abort(404)
    return csv_file(name, _TABLES[name](knowledge()))
