"""Which issues are in dispute about which acts, as a table shaded by its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb.issues import Term, acts, issues
from kb.search.request import FacetName
from web import links
from web.language import chosen
from web.pages.browse.shades import Scale, scale
from web.pages.charts.table import Table

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Head:
    """Of a row or a column. count: its records; href: the search for them."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Records of an issue and an act. shade: 0 to 5."""

    count: int
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Heat:
    """columns: acts, rows: issues, those with most records first, those with none left out."""

    columns: tuple[Head, ...]
    rows: tuple[tuple[Head, tuple[Cell, ...]], ...]
    scale: Scale


def issues_by_act(kb: KnowledgeBase) -> Heat:
    """The upper level of issues against acts."""
    counts = kb.survey.across(FacetName.ACT, FacetName.ISSUE)
    across = _terms(kb, FacetName.ACT, acts().children(""))
    down = _terms(kb, FacetName.ISSUE, issues().children(""))
    numbers = [counts.get((act.code, issue.code), 0) for act, _ in across for issue, _ in down]
    shades = scale(max(numbers, default=0))

    def cell(act: Term, issue: Term) -> Cell:
        count = counts.get((act.code, issue.code), 0)
        href = links.filtered(act=act.code, issue=issue.code) if count else ""
        return Cell(count, shades.shade(count), href)

    return Heat(
        columns=tuple(_head(FacetName.ACT, act, count) for act, count in across),
        rows=tuple(
            (_head(FacetName.ISSUE, issue, count), tuple(cell(act, issue) for act, _ in across))
            for issue, count in down
        ),
        scale=shades,
    )


def table(heat: Heat) -> Table:
    return Table(
        (gettext("争议焦点"), gettext("案例数"), *(head.label for head in heat.columns)),
        tuple((head.label, head.count, *(c.count for c in cells)) for head, cells in heat.rows),
    )


def _terms(kb: KnowledgeBase, name: FacetName, terms: tuple[Term, ...]) -> list[tuple[Term, int]]:
    counts = {row.value: row.count for row in kb.survey.rows(name).values}
    found = [(term, counts[term.code]) for term in terms if counts.get(term.code)]
    return sorted(found, key=lambda one: -one[1])


def _head(name: FacetName, term: Term, count: int) -> Head:
    label = term.label_en if chosen() == "en" else term.label
    return Head(label, count, links.filtered(**{name.value: term.code}))
