"""The years, and the batches that their records are from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.search.request import FacetName
from web import links

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Share:
    """A batch's records of one year."""

    title: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Year:
    """percent: of the fullest year. alone: records that are in no batch."""

    year: str
    count: int
    percent: float
    href: str
    batches: tuple[Share, ...]
    alone: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """years: newest first. undated: records without any date."""

    years: tuple[Year, ...]
    undated: int


def calendar(kb: KnowledgeBase) -> Calendar:
    """The years of decision, or of publication where no other is known."""
    rows = kb.survey.rows(FacetName.YEAR).values
    most = max((row.count for row in rows), default=1)
    return Calendar(
        tuple(_year(kb, row.value, row.count, 100 * row.count / most) for row in rows),
        kb.survey.beside((), FacetName.YEAR, [row.value for row in rows]),
    )


def _year(kb: KnowledgeBase, year: str, count: int, percent: float) -> Year:
    within = ((FacetName.YEAR, year),)
    batches = kb.survey.rows(FacetName.BATCH, within).values
    return Year(
        year=year,
        count=count,
        percent=round(percent, 2),
        href=links.filtered(year=year),
        batches=tuple(
            Share(row.value, row.count, links.filtered(year=year, batch=row.value))
            for row in batches
        ),
        alone=kb.survey.beside(within, FacetName.BATCH, [row.value for row in batches]),
    )
