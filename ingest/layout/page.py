"""One document as the layouts look at it: its lines, their headings and their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.document import BlockKind, SourceDocument
from ingest.layout.headings import (
    Heading,
    Look,
    before_colon_alone,
    before_colon_inline,
    opens_title,
    read,
)
from ingest.layout.lines import Line, lines
from ingest.layout.numbering import Mark, case_mark, ordinal
from kb.model import Role

_OF_A_CASE = re.compile(
    r"申请人|被申请人|原告|被告|上诉人|复议机关|复议机构|行政复议|法院|不服|当事人|诉至|仲裁"
)


@dataclass(frozen=True, eq=False)
class Page:
    """A document's lines with what was read of each; the tuples run in step.

    Pages are compared by identity, so that what is worked out of one can be kept.
    headings: of the table only. marks: the number a line bears, unless it is a heading's.
    """

    document: SourceDocument
    lines: tuple[Line, ...]
    headings: tuple[Heading | None, ...]
    marks: tuple[Mark | None, ...]

    @cached_property
    def looks(self) -> frozenset[Look]:
        """How the headings of this page are set off from the text."""
        return frozenset(heading.look for heading in self.headings if heading)

    def has_body(self, first: int, end: int) -> bool:
        """Whether lines [first, end) hold more than titles: a section heading or a paragraph."""
        return any(self.headings[i] or self.lines[i].is_prose for i in range(first, end))

    def keys(self, first: int, end: int) -> list[str]:
        """The headings among lines [first, end), as compared, in order."""
        return [h.words for h in self.headings[first:end] if h]

    def speaks_of_a_case(self, first: int, end: int) -> bool:
        """Whether the words of parties and authorities stand in lines [first, end)."""
        return sum(len(_OF_A_CASE.findall(line.text)) for line in self.lines[first:end]) >= 2


@lru_cache(maxsize=4)
def page_of(document: SourceDocument) -> Page:
    """The page of a document; every layout asks for it, so the last few are kept."""
    found = lines(document)
    headings = _headings(found)
    marks = tuple(
        None if heading else _mark(line) for line, heading in zip(found, headings, strict=True)
    )
    return Page(document, found, headings, marks)


def _headings(found: tuple[Line, ...]) -> tuple[Heading | None, ...]:
    headings = [read(line) for line in found]
    for at, (line, heading) in enumerate(zip(found, headings, strict=True)):
        in_title = at == 0 or line.kind is BlockKind.HEADING
        if heading and in_title and opens_title(line, heading):
            headings[at] = None
    so_set = sum(
        heading is not None and heading.look.plain and line.text.rstrip().endswith(("：", ":"))
        for line, heading in zip(found, headings, strict=True)
    )
    if so_set >= 2:
        headings = [h or before_colon_alone(line) for h, line in zip(headings, found, strict=True)]
    if _set_inline(found, headings) >= 2:
        headings = [
            heading or (before_colon_inline(line) if at else None)
            for at, (line, heading) in enumerate(zip(found, headings, strict=True))
        ]
    return tuple(headings)


def _set_inline(found: tuple[Line, ...], headings: list[Heading | None]) -> int:
    """How many different headings of the page open their line with a colon: 案情：… 意义：…"""
    return len(
        {
            heading.words
            for line, heading in zip(found, headings, strict=True)
            if heading
            and heading.look.plain
            and heading.role in (Role.FACTS, Role.SIGNIFICANCE)
            and heading.inline(line)
            and line.text[: heading.end].rstrip().endswith(("：", ":"))
        }
    )


def _mark(line: Line) -> Mark | None:
    if named := case_mark(line.text):
        return named
    # Rows of a table are numbered as rows, not as cases.
    return None if line.kind is BlockKind.TABLE else ordinal(line.text)
