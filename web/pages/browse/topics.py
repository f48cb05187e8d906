"""The terms of a taxonomy with what they mean and how many records each has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb.issues import Term
from kb.search.fields import TAXONOMIES
from kb.search.request import FacetName
from web import links

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Topic:
    """count: records filed under it or below it. href: the search for them, "" where none."""

    term: Term
    count: int
    href: str
    below: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Topics under one heading, "" where the taxonomy has no such parts."""

    heading: str
    topics: tuple[Topic, ...]


def groups(kb: KnowledgeBase, name: FacetName) -> list[Group]:
    """The whole taxonomy in its own order; outcomes by who decides."""
    taxonomy = TAXONOMIES[name]()
    counts = {row.value: row.count for row in kb.survey.rows(name).values}

    def topic(term: Term) -> Topic:
        count = counts.get(term.code, 0)
        return Topic(
            term,
            count,
            links.filtered(**{name.value: term.code}) if count else "",
            tuple(topic(below) for below in taxonomy.children(term.code)),
        )

    headings = {"": "", "review": gettext("复议机关的决定"), "court": gettext("法院的裁判")}
    found: dict[str, list[Topic]] = {}
    for term in taxonomy.children(""):
        found.setdefault(term.forum, []).append(topic(term))
    return [Group(headings[forum], tuple(topics)) for forum, topics in found.items()]
