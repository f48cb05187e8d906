"""The statutes that records cite, those cited most first, each with its articles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import LazyString

from kb.law.statutes import registry
from kb.search.request import FacetName
from web import links, words

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

UNKNOWN = "unknown"
KINDS = words.STATUTE_KINDS
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Article:
    """An article cited. label: 第64条. count: records that cite it."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute cited. kind: a key of KINDS. count: records that cite it. href: its own address;
    cases: that of the records. articles: those cited most first."""

    title: str
    kind: str
    count: int
    href: str
    cases: str
    articles: tuple[Article, ...]

    @property
    def kind_label(self) -> LazyString:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Kind:
    """A rank of statutes and how many of it are cited."""

    code: str
    label: LazyString
    count: int


def cited(kb: KnowledgeBase) -> list[Statute]:
    """Every statute cited, those that most records cite first."""
    rows = kb.survey.rows(FacetName.STATUTE).values
    below: dict[str, list[Article]] = {}
    for row in rows:
        if row.depth:
            article = Article(row.label, row.count, links.statute(row.value))
            below.setdefault(row.parent, []).append(article)
    return [
        Statute(
            title=row.value,
            kind=_kind(row.value),
            count=row.count,
            href=links.statute_text(row.value),
            cases=links.filtered(statute=row.value),
            articles=tuple(sorted(below.get(row.value, ()), key=_order)),
        )
        for row in rows
        if not row.depth
    ]


def kinds(statutes: list[Statute]) -> list[Kind]:
    """The ranks there are among the statutes, highest first."""
    counted = Counter(statute.kind for statute in statutes)
    return [Kind(code, label, counted[code]) for code, label in KINDS.items() if counted[code]]


def _kind(title: str) -> str:
    work = registry().work(title)
    return work.kind.value if work else UNKNOWN


def _order(article: Article) -> tuple[int, list[int]]:
    return -article.count, [int(number) for number in _NUMBER.findall(article.label)]
