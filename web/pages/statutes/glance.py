"""A provision in a few lines, for a word beside a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb.law.located import locate
from kb.law.provisions import Pinpoint, Provision, place
from kb.model import Span
from kb.statutes import StatuteBook
from kb.statutes.values import Force
from web import links
from web.pages.statutes.editions import Choice, choice
from web.pages.statutes.lines import Level, Line, lines

if TYPE_CHECKING:
    from kb.answers import CitationAnswer

_WHOLE, _MOST, _PLACES = 420, 560, 5


@dataclass(frozen=True, slots=True)
class Glance:
    """label: 行政处罚法第三十三条第一款. lines: of a long article only what was asked for, or its
    beginning; cut: whether anything of it is left out. now: what it became where another version
    is in force, "" where this one is or nothing is known. unsaid: whether no version was named
    and there are several."""

    label: str
    edition: Choice
    lines: tuple[Line, ...]
    cut: bool
    missing: str
    now: str
    unsaid: bool


def glance(book: StatuteBook, asked: Provision) -> Glance | None:
    """None where the text is not here."""
    article = book.glance(asked)
    if article is None:
        return None
    about = book.about(asked.work)
    edition = about.edition(asked.version) if asked.version else book.current(about)
    if edition is None:
        return None
    span = locate(article.text, asked.at)
    whole = span in (None, Span(0, len(article.text)))
    every = lines(article.text, [span] if span and not whole else ())
    shown = every if len(article.text) <= _WHOLE else _short(_about(every, asked.at))
    return Glance(
        label=about.title + place(asked.at),
        edition=choice(edition),
        lines=shown,
        cut=len(shown) < len(every),
        missing="" if span else place(asked.at),
        now=_now(book, asked) if asked.version and edition.force is Force.SUPERSEDED else "",
        unsaid=asked.version is None and len(about.editions) > 1,
    )


def href(book: StatuteBook, cited: CitationAnswer) -> str:
    """The page of a provision that a record cites; "" where its text is not here. Where the
    citation leaves the version open, so does the address."""
    if cited.work is None or cited.article is None:
        return ""
    at = Pinpoint(cited.article, cited.paragraph, cited.item, cited.subitem)
    provision = Provision(cited.work, cited.version, at)
    return links.provision(provision) if book.glance(provision) else ""


def _about(every: Sequence[Line], at: Pinpoint) -> Sequence[Line]:
    """The lines of a place, after the opening words of its paragraph; all where there are none."""
    of = [
        line
        for line in every
        if at.paragraph in (None, line.at.paragraph)
        and at.item in (None, line.at.item)
        and at.subitem in (None, line.at.subitem)
    ]
    openings = {line.at.paragraph for line in of}
    kept = [
        line
        for line in every
        if line in of or (line.at.paragraph in openings and line.level is Level.PARAGRAPH)
    ]
    return kept or every


def _short(found: Sequence[Line]) -> tuple[Line, ...]:
    """The first lines, up to a length that is read at a glance; at least one."""
    lengths = accumulate(len(line.html.striptags()) for line in found)
    return tuple(line for line, length in zip(found, lengths, strict=True) if length <= _MOST) or (
        found[0],
    )


def _now(book: StatuteBook, asked: Provision) -> str:
    """What a provision of a version that is no longer in force has become."""
    current = [e for e in book.about(asked.work).editions if e.force is Force.IN_FORCE]
    if not current or asked.version is None:
        return gettext("这一版本已被修改")
    rows = book.crosswalk(asked.work, asked.at, asked.version, current[-1].day)
    places = list(dict.fromkeys(place(row.new) for row in rows if row.new))
    if not places:
        return gettext("这一版本已被修改")
    return gettext("这一版本已被修改，现为%(places)s", places="、".join(places[:_PLACES]))
