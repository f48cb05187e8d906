"""The lines of an article, each with its own place, and with what is to be marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup, escape

from kb.law.provisions import Pinpoint
from kb.law.text import paragraphs
from kb.model import Span


class Level(StrEnum):
    """What a line is: a paragraph (款), an item (项) or a subitem (目)."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SUBITEM = "subitem"


class Mark(StrEnum):
    """The elements that mark a stretch."""

    ASKED = "mark"
    REMOVED = "del"
    INSERTED = "ins"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as shown. at: its place in the article, the article's number left out. sign: what an
    item or subitem begins with, （一） or 1., "" of a paragraph; html: the rest of the line."""

    level: Level
    at: Pinpoint
    sign: Markup
    html: Markup


def lines(text: str, spans: Iterable[Span] = (), mark: Mark = Mark.ASKED) -> tuple[Line, ...]:
    """The lines of an article's text, with these stretches of it marked."""
    marked = sorted(spans)
    return tuple(
        Line(_level(at), at, *_cut(text, start, end, marked, mark, signed=at.item is not None))
        for at, (start, end) in zip(_places(text), _stretches(text), strict=True)
    )


def _level(at: Pinpoint) -> Level:
    if at.item is None:
        return Level.PARAGRAPH
    return Level.ITEM if at.subitem is None else Level.SUBITEM


def _places(text: str) -> Iterator[Pinpoint]:
    """The places of the lines of a text, in its order."""
    for paragraph in paragraphs(text):
        yield Pinpoint(None, paragraph.number)
        for item in paragraph.items:
            yield Pinpoint(None, paragraph.number, item.number)
            for number, _ in item.subitems:
                yield Pinpoint(None, paragraph.number, item.number, number)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _cut(
    text: str, start: int, end: int, marked: list[Span], mark: Mark, *, signed: bool
) -> tuple[Markup, Markup]:
    """The sign of a line and the rest of it."""
    here = [span for span in marked if span.start < end and span.end > start]
    middle = start
    if signed:
        signs = ("）", ")", "．", ".", "、")
        found = [at for sign in signs if (at := text.find(sign, start, start + 8)) >= 0]
        middle = min(found) + 1 if found else start
    return (
        _tagged(text, start, middle, here, mark),
        _tagged(text, middle, end, here, mark),
    )


def _tagged(text: str, start: int, end: int, here: list[Span], mark: Mark) -> Markup:
    """A stretch of text with the marks that fall into it."""
    html, at = Markup(""), start
    for span in here:
        left, right = max(span.start, at), min(span.end, end)
        if left < right:
            html += escape(text[at:left])
            html += _OPEN[mark] + escape(text[left:right]) + _CLOSE[mark]
            at = right
    return html + escape(text[at:end])


_OPEN = {mark: Markup(f"<{mark}>") for mark in Mark}
_CLOSE = {mark: Markup(f"</{mark}>") for mark in Mark}
