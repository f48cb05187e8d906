"""A page that holds a set of cases: 案例一 … 案例十, or titles with the same headings below."""

from __future__ import annotations

from dataclasses import replace

from ingest.document import SourceDocument
from ingest.layout.boundaries import Stretch, cases
from ingest.layout.kinds import kind_of
from ingest.layout.page import Page, page_of
from ingest.layout.sections import sections_of
from ingest.layout.unfit import reason_against
from kb.model import Content

EXPECTS = (
    "一页多案：两个以上案例，各有编号（案例一、1.、01、一、）或标题，其下有【基本案情】等小标题"
)


def recognise(document: SourceDocument) -> float:
    """0.9 for two cases or more; 0 for fewer, and for a page that cannot hold any."""
    page = page_of(document)
    return 0.9 if not reason_against(page) and len(cases(page)) >= 2 else 0.0


def parse(document: SourceDocument) -> tuple[Content, ...]:
    """The cases in order; what stands before, between and after them is left out."""
    page = page_of(document)
    first, *others = cases(page)
    missing = _missing_before(page, first)
    first = replace(first, warnings=missing + first.warnings)
    return tuple(_content(page, stretch) for stretch in (first, *others))


def _missing_before(page: Page, first: Stretch) -> tuple[str, ...]:
    """A warning where a set begins with its second case or a later one."""
    mark = page.marks[first.first]
    if not mark or mark.number < 2 or mark.style == "guiding":  # those count all that ever were
        return ()
    return (f"本页案例从第 {mark.number} 个编号开始，之前的案例可能没有读出，请核对",)


def _content(page: Page, stretch: Stretch) -> Content:
    parsed = sections_of(page, stretch, keep_tail=False)
    title_lines = page.lines[stretch.first : stretch.head_end]
    return Content(
        kind=kind_of("\n".join(line.text for line in title_lines)),
        title=stretch.title,
        subtitle=stretch.subtitle,
        text=parsed.text,
        sections=parsed.sections,
        warnings=stretch.warnings + parsed.warnings,
    )
