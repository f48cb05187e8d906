"""The text of one version of a statute: its articles in order, under their headings.

A statute is a work with dated versions; this is what one version says. Articles are the units that
are cited, addressed and searched; paragraphs and items are read from an article's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.law.statutes import WorkKind
from kb.text.numerals import number

_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")
_SUBITEM = re.compile(r"(\d{1,2})[.．、]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条). number: 30, or "120之1". line: in the source, from 1.

    text: its paragraphs, a line each, without the words 第三十条. headings: the part (编), chapter
    (章) and section (节) it stands under, outermost first.
    """

    number: int | str
    text: str
    headings: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item (项) of a paragraph, its mark （一） included, with its subitems (目)."""

    number: int
    text: str
    subitems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款), from 1, with the items listed under it."""

    number: int
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteText:
    """A version of a statute as read.

    work: title without 中华人民共和国. dated: the latest day of adoption, change or publication
    that the text names. in_force: the day it came into force; rule says where that was
    read (head, closing_article, published, amended_on, file_name), amended_on and file_name being
    no more than the earliest day it can be. history: the lines that tell of adoption and changes.
    preamble: the words before the first article, or all of a text that has none.
    """

    full_title: str
    work: str
    kind: WorkKind | None
    issuer: str
    dated: date | None
    in_force: date | None
    rule: str
    history: tuple[str, ...]
    preamble: str
    articles: tuple[Article, ...]
    origin: str
    sha256: str


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of an article's text; lines that begin with （一） or 1. belong to the
    paragraph or item above them."""
    read: list[tuple[str, list[tuple[int, str, list[tuple[int, str]]]]]] = []
    for line in text.splitlines():
        item, subitem = _ITEM.match(line), _SUBITEM.match(line)
        if item and read:
            read[-1][1].append((number(item[1]) or 0, line, []))
        elif subitem and read and read[-1][1]:
            read[-1][1][-1][2].append((int(subitem[1]), line))
        else:
            read.append((line, []))
    return tuple(
        Paragraph(n, line, tuple(Item(i, words, tuple(below)) for i, words, below in items))
        for n, (line, items) in enumerate(read, 1)
    )
