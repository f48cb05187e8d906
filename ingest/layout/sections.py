"""From the lines of one case to its text and the sections that partition it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.layout import unheaded
from ingest.layout.boundaries import Stretch
from ingest.layout.endings import tail_starts
from ingest.layout.headings import Heading, alike
from ingest.layout.page import Page
from kb.model import Role, Section, Span


@dataclass(frozen=True, slots=True)
class Sectioned:
    """The text of a case, an exact slice of the document's, its sections and what to look at."""

    text: str
    sections: tuple[Section, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A section to be. start: where it begins; body: where its words below the heading begin."""

    role: Role
    start: int
    body: int
    is_known: bool = True
    words: str = ""


def sections_of(page: Page, stretch: Stretch, *, keep_tail: bool = True) -> Sectioned:
    """The sections of one case.

    HEAD holds number, title, subtitle and masthead. Words between it and the first heading are a
    section OTHER without a heading; so is an unknown heading with what stands below it. Without any
    heading the sections are what the paragraphs tell (`unheaded`). A heading without words below it
    joins the next one. keep_tail: editors and sources at the end are a section TAIL. Each but HEAD
    has words of its own.
    """
    base = page.lines[stretch.first].start
    stop = page.lines[stretch.end - 1].end
    tail = tail_starts(page, stretch.head_end, stretch.end) if keep_tail else stretch.end
    parts = _parts(page, stretch, tail)
    text = page.document.text[base:stop]
    warnings: list[str] = []
    parts = _with_bodies(parts, page.document.text, stop, warnings)
    if not any(page.headings[stretch.first : stretch.end]):
        told = any(part.role is Role.FACTS for part in parts)
        how = "按段首用语分段，请核对" if told else "全文作为一段"
        warnings.append(f"没有识别出任何小标题，{how}")
    warnings += [f"未识别的小标题“{p.words}”，归入其他段落" for p in parts if not p.is_known]
    warnings += _twice(parts)
    ends = [part.start for part in parts[1:]] + [stop]
    sections = tuple(_section(part, end, base, text) for part, end in zip(parts, ends, strict=True))
    return Sectioned(text, sections, tuple(dict.fromkeys(warnings)))


def _twice(parts: list[_Part]) -> list[str]:
    """A case tells its facts once; where their heading comes again, another case may begin."""
    facts = Counter(part.words for part in parts if part.role is Role.FACTS and part.words)
    return [
        f"小标题“{words}”出现 {times} 次，可能把几个案例读成了一个，请核对"
        for words, times in facts.items()
        if times > 1
    ]


def _parts(page: Page, stretch: Stretch, tail: int) -> list[_Part]:
    openings = _openings(page, stretch, tail)
    first = openings[0][0] if openings else tail
    base = page.lines[stretch.first].start
    parts = [_Part(Role.HEAD, base, base)]
    prose = next((at for at in range(stretch.head_end, first) if page.lines[at].is_prose), first)
    told = [] if openings else unheaded.parts(page.lines[prose:first])
    for number, role in told or [(0, Role.OTHER)][: first - prose]:
        start = page.lines[prose + number].start
        parts.append(_Part(role, start, start))
    for at, heading in openings:
        start = _number_above(page, stretch, at)
        body = page.lines[at].start + heading.end
        parts.append(
            _Part(heading.role, page.lines[start].start, body, heading.is_known, heading.words)
        )
    if tail < stretch.end:
        parts.append(_Part(Role.TAIL, page.lines[tail].start, page.lines[tail].start))
    if parts[1:] and parts[1].start == base:  # the case begins with a heading: no head
        parts = parts[1:]
    return parts


def _openings(page: Page, stretch: Stretch, tail: int) -> list[tuple[int, Heading]]:
    """The lines that open sections: known headings, and those set off in the same way."""
    found: list[tuple[int, Heading]] = []
    last_number: dict[str, int] = {}
    for at in range(stretch.head_end, tail):
        heading = page.headings[at]
        if heading is None:
            heading = alike(page.lines[at], page.looks, last_number)
            if heading and not found and not _opens(page, at, tail):
                heading = None  # a second title above the first heading
        if heading is None or _is_body_of(page, found, at, heading):
            continue
        if heading.mark:
            last_number[heading.mark.style] = heading.mark.number
        found.append((at, heading))
    return found


def _opens(page: Page, at: int, end: int) -> bool:
    """Whether words, and not another heading or a title, stand below an unknown heading."""
    return at + 1 < end and page.headings[at + 1] is None and page.lines[at + 1].is_prose


def _is_body_of(page: Page, found: list[tuple[int, Heading]], at: int, heading: Heading) -> bool:
    """申请人称：… right below a bare heading is how its text begins, not a heading of its own."""
    if not found or not heading.look.plain or not heading.inline(page.lines[at]):
        return False
    above, opening = found[-1]
    return above == at - 1 and not opening.inline(page.lines[above])


def _number_above(page: Page, stretch: Stretch, at: int) -> int:
    """A heading's number may stand alone on the line above it (01 / 基本案情)."""
    if at - 1 < stretch.head_end:
        return at
    mark, line = page.marks[at - 1], page.lines[at - 1]
    return at - 1 if mark and not mark.names_case and not mark.rest(line.text) else at


def _with_bodies(parts: list[_Part], text: str, stop: int, warnings: list[str]) -> list[_Part]:
    """The same parts, those without words below their heading joined to a neighbour."""
    kept: list[_Part] = []
    waiting: _Part | None = None
    for part, end in zip(parts, [*(p.start for p in parts[1:]), stop], strict=True):
        if part.role is not Role.HEAD and not text[part.body : end].strip():
            if part.is_known and part.words:
                warnings.append(f"小标题“{part.words}”下没有正文")
            waiting = _joined(waiting, part)
            continue
        kept.append(_joined(waiting, part))
        waiting = None
    if waiting and not kept:
        kept.append(replace(waiting, role=Role.HEAD, body=waiting.start))
    return kept


def _joined(above: _Part | None, below: _Part) -> _Part:
    """One part of a heading without words and the part below it; a known role wins."""
    if above is None:
        return below
    if below.is_known and below.role is not Role.TAIL:
        return replace(below, start=above.start)
    return replace(above, body=below.body)


def _section(part: _Part, end: int, base: int, text: str) -> Section:
    start, body, stop = part.start - base, part.body - base, end - base
    heading = re.sub(r"\s*\n\s*", " ", text[start:body]).strip()
    words = text[body:stop]
    inner = body + len(words) - len(words.lstrip())
    outer = max(inner, body + len(words.rstrip()))
    return Section(part.role, heading, Span(start, stop), Span(inner, outer))
