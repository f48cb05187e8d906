"""The parallel regulations as shown: each side with its records, and where its text stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from kb.errors import NotFound
from kb.law.compare import pair_up
from kb.law.parallel import Basis, Pair, Regulation
from kb.law.provisions import Pinpoint, Provision, place
from kb.law.text import Article
from kb.search.request import FacetName
from web import links

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

BASIS = {
    Basis.TEXT: lazy_gettext("日期据法规文本"),
    Basis.REPORT: lazy_gettext("日期据公开报道，未与文本核对"),
    Basis.UNVERIFIED: lazy_gettext("未核对"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """place: Sichuan or Chongqing, for people. regulation: None where nothing is known. cases:
    records that cite it; href: the search for them, "" where none. has_text: whether its text is
    here; page: where it stands, "" where nowhere yet."""

    place: str
    regulation: Regulation | None
    cases: int
    href: str
    has_text: bool
    page: str


@dataclass(frozen=True, slots=True)
class Shown:
    """together: both came into force on the same day. comparable: both texts are here."""

    pair: Pair
    sides: tuple[Side, ...]
    together: bool
    comparable: bool


def shown(pair: Pair, names: Mapping[str, str], kb: KnowledgeBase) -> Shown:
    """A pair with what the base knows of it."""
    sides = (
        _side(names["sichuan"], pair.sichuan, kb),
        _side(names["chongqing"], pair.chongqing, kb),
    )
    days = {side.regulation.in_force if side.regulation else None for side in sides}
    return Shown(
        pair,
        sides,
        together=len(days) == 1 and None not in days,
        comparable=all(side.has_text for side in sides),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """An article of each side that are alike, or one alone. score: how alike, 0 where alone."""

    sichuan: One | None
    chongqing: One | None
    score: float


@dataclass(frozen=True, slots=True)
class One:
    """label: 第三条; href: its page; lines: its paragraphs."""

    label: str
    href: str
    lines: tuple[str, ...]


def side_by_side(pair: Pair, kb: KnowledgeBase) -> tuple[Beside, ...]:
    """Both texts in force, article beside article as their words pair them. Raises NotFound where
    a text is not here."""
    if pair.sichuan is None or pair.chongqing is None:
        raise NotFound(f"“{pair.label}”只有一地有法规，无从对照")
    titles = (pair.sichuan.title, pair.chongqing.title)
    pairs = pair_up(*(kb.statutes.text(title).articles for title in titles))
    return tuple(
        Beside(
            _one(titles[0], one.old),
            _one(titles[1], one.new),
            one.score if one.old and one.new else 0.0,
        )
        for one in pairs
        if one.main
    )


def _one(title: str, article: Article | None) -> One | None:
    if article is None:
        return None
    at = Pinpoint(article.number)
    href = links.provision(Provision(title, at=at))
    return One(place(at), href, tuple(article.text.splitlines()))


def _side(place: str, regulation: Regulation | None, kb: KnowledgeBase) -> Side:
    if regulation is None:
        return Side(place, None, 0, "", False, "")
    cases = kb.survey.found(((FacetName.STATUTE, regulation.title),))
    href = links.filtered(statute=regulation.title) if cases else ""
    has_text = _has_text(regulation.title, kb)
    page = links.statute_text(regulation.title) if has_text else ""
    return Side(place, regulation, cases, href, has_text, page)


def _has_text(title: str, kb: KnowledgeBase) -> bool:
    try:
        return any(edition.has_text for edition in kb.statutes.about(title).editions)
    except NotFound:
        return False
