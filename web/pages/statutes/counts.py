"""How many records cite an article: as a search finds them, and of those that mean this version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kb.law.provisions import Pinpoint
from kb.search.request import FacetName
from web import links

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Count:
    """total: records that cite this article in any version, which is what href finds. here: those
    of them that mean the version shown, or leave it open."""

    total: int
    here: int
    href: str


def by_article(kb: KnowledgeBase, title: str, day: date | None) -> dict[int | str, Count]:
    """The articles of a statute that are cited. day: of the version shown, None for none."""
    found = {row.value: row.count for row in kb.survey.rows(FacetName.STATUTE).values}
    here = kb.statutes.cited(title, day) if day else {}
    numbers = {citing.article for citing in kb.statutes.citing(title)}
    counts = {}
    for number in numbers:
        value = links.filed(title, Pinpoint(number))
        if total := found.get(value, 0):
            counts[number] = Count(total, min(here.get(number, 0), total), links.statute(value))
    return counts


def of_statute(kb: KnowledgeBase, title: str) -> Count:
    """The records that cite a statute in any of its versions."""
    found = {row.value: row.count for row in kb.survey.rows(FacetName.STATUTE).values}
    total = found.get(title, 0)
    return Count(total, total, links.statute(title))
