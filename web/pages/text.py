"""A record's text as the page shows it: sections, numbered paragraphs and tables, with what was
cited, found as evidence, or searched for marked in place.

All offsets are of the record's whole text; nothing is re-read or rewritten here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from kb.answers import CaseAnswer, SectionAnswer
from kb.model import Role
from kb.text.normalise import fold_text

_ORNAMENT = "【】［］[]►▶■●◆◇★☆#*＊ 　:：\t\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch of the text. kind: "cite", "evidence" or "hit"; number: which one of its
    kind; row: of a citation, its row in the list of what is cited; page: the page of the provision,
    "" where its text is not here."""

    start: int
    end: int
    kind: str
    number: int = 0
    row: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source. number: from 1, over the whole record; cells: more than one in a
    row of a table."""

    number: int
    start: int
    end: int
    cells: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs of one kind in a row: running text, or the rows of a table."""

    table: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: its anchor, its role, its heading without ornament ("" if none), its blocks."""

    anchor: str
    role: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (paragraph for block in self.blocks for paragraph in block.paragraphs)


def sections(answer: CaseAnswer, stretches: Iterable[Stretch] = ()) -> tuple[SectionView, ...]:
    """The sections that hold any words, paragraphs numbered through. Title and subtitle, which the
    page says above, are not said again."""
    said = {fold_text(answer.title), fold_text(answer.subtitle)}
    marked = sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end))
    views, number = [], 1
    for index, section in enumerate(answer.sections, 1):
        paragraphs = []
        for start, end in _lines(answer.text, *_body(answer.text, section)):
            if section.role == Role.HEAD and fold_text(answer.text[start:end]) in said:
                continue
            cells = tuple(
                _html(answer.text, *cell, marked) for cell in _cells(answer.text, start, end)
            )
            paragraphs.append(Paragraph(number, start, end, cells))
            number += 1
        heading = section.heading.strip(_ORNAMENT) or (section.heading and section.label)
        if heading or paragraphs:
            views.append(SectionView(f"s{index}", section.role, heading, _blocks(paragraphs)))
    return tuple(views)


def paragraph_at(views: Sequence[SectionView], offset: int) -> int | None:
    """The number of the paragraph that holds an offset; None in a heading or between paragraphs."""
    for view in views:
        for paragraph in view.paragraphs:
            if paragraph.start <= offset < paragraph.end:
                return paragraph.number
    return None


def _body(text: str, section: SectionAnswer) -> tuple[int, int]:
    """The stretch of a section below its heading, which may stand in the text on several lines or
    with letters spaced out: the words below it are what the section's own end is."""
    if not section.heading:
        return section.start, section.end
    start = text.rfind(section.text, section.start, section.end)
    return (start if start >= 0 else section.start), section.end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines that hold words, without the white space around them."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = line.group().strip()
        if words:
            at = start + line.start() + line.group().index(words)
            yield at, at + len(words)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A row of a table parted by " | "; a line without it is one cell."""
    cells, at = [], start
    for bar in re.finditer(r" \| ", text[start:end]):
        cells.append((at, start + bar.start()))
        at = start + bar.end()
    return [*cells, (at, end)]


def _blocks(paragraphs: Iterable[Paragraph]) -> tuple[Block, ...]:
    grouped = groupby(paragraphs, key=lambda paragraph: len(paragraph.cells) > 1)
    return tuple(Block(table, tuple(rows)) for table, rows in grouped)


def _html(text: str, start: int, end: int, stretches: Sequence[Stretch]) -> Markup:
    """The text between two offsets, cut wherever a stretch begins or ends, so that stretches may
    overlap freely; each piece says all that covers it."""
    here = [s for s in stretches if s.start < end and s.end > start]
    cuts = sorted(
        {start, end, *(max(start, s.start) for s in here), *(min(end, s.end) for s in here)}
    )
    html, named = Markup(""), set[int]()
    for left, right in pairwise(cuts):
        over = [s for s in here if s.start <= left and s.end >= right]
        html += _piece(text[left:right], over, left, named)
    return html


def _piece(words: str, over: list[Stretch], left: int, named: set[int]) -> Markup:
    html = escape(words)
    if any(stretch.kind == "hit" for stretch in over):
        html = Markup("<mark>{}</mark>").format(html)
    evidence = [stretch.number for stretch in over if stretch.kind == "evidence"]
    if evidence:
        numbers = " ".join(map(str, evidence))
        html = Markup('<span class="ground" data-ground="{}">{}</span>').format(numbers, html)
    cites = [stretch for stretch in over if stretch.kind == "cite"]
    if not cites:
        return html
    opening = [c.number for c in cites if c.start == left and c.number not in named]
    named.update(opening)
    anchor = Markup(' id="c{}"').format(opening[0]) if opening else ""
    others = Markup("").join(Markup('<span id="c{}"></span>').format(n) for n in opening[1:])
    return others + _link(cites[0], anchor, html)


def _link(cite: Stretch, anchor: Markup, html: Markup) -> Markup:
    """To the provision's text, else to the list of what is cited."""
    if not cite.page:
        return Markup('<a class="cite"{} href="#law-{}">{}</a>').format(anchor, cite.row, html)
    return Markup('<a class="cite"{} href="{}" data-glance="{}/glance">{}</a>').format(
        anchor, cite.page, cite.page, html
    )
