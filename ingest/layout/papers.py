"""The formal papers of a page, decisions and judgments, each where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.layout import forms, spun
from ingest.layout.page import Page
from ingest.layout.paper_sections import Opening, openings
from ingest.layout.paper_words import PARTIES, REASONS, RESULT, TAIL
from kb.law import dockets
from kb.law.papers import Named, issuer, mentioned, named, opening
from kb.model import DocketKind, Kind, Role

_OF_A_SET = frozenset({"基本案情", "典型意义", "案例意义", "复议办理", "裁判要旨", "裁判要点"})
_FIELD = re.compile(r"\(?[\u4e00-\u9fff]{2,6}\)?:")  # 【文书类型】：判决书
_RUN_ON = 100  # a line that holds the head of a paper and more is longer
_TITLE_AMONG = 15  # lines at the top, fields of a database among them


@dataclass(frozen=True, slots=True)
class Paper:
    """Lines [first, end) of a page. named_at: the line that names it. openings: of its sections."""

    first: int
    named_at: int
    end: int
    named: Named
    openings: tuple[Opening, ...]

    @property
    def kind(self) -> Kind:
        return self.named.paper.kind


@lru_cache(maxsize=4)
def papers(page: Page) -> tuple[Paper, ...]:
    """The papers in order; () where the page holds none, or cases written up under headings.

    A line that names a paper begins one only where the parts of a paper follow before the next such
    line: titles of a contents list and the page's own title above a paper do not.
    """
    if len(_OF_A_SET.intersection(page.keys(0, len(page.lines)))) >= 2:
        return ()
    if spun.reason(page.document.text) or forms.reason(page.document.text):
        return ()
    names = list(_names(page))
    starts = [_with_organ(page, at) for at, _, _ in names]
    found: list[Paper] = []
    for number, (at, name, text_at) in enumerate(names):
        end = starts[number + 1] if number + 1 < len(names) else len(page.lines)
        first = at if text_at else at + 1
        opened = openings(page.lines, first, end, name.paper.kind, text_at)
        if is_whole(opened):
            found.append(Paper(starts[number], at, end, name, opened))
    if not found and (titled := _titled(page)):
        return (titled,)
    if len(found) == 1 and not _is_list(page, found[0].first):
        (only,) = found
        return (Paper(0, only.named_at, only.end, only.named, only.openings),)
    return tuple(found)


def reason_of_fragment(page: Page) -> str:
    """What part of a paper a page is that has none of its head, in words for the user; "" if it is
    no part of one."""
    if any(named(line.text) for line in page.lines):
        return ""
    for kind, name in ((Kind.REVIEW_DECISION, "行政复议文书"), (Kind.JUDGMENT, "裁判文书")):
        stages = {o.part.stage for o in openings(page.lines, 0, len(page.lines), kind)}
        if REASONS in stages and {RESULT, TAIL} & stages:
            return f"像是{name}的后半部分（没有名称、编号和当事人），请连同前一页合成一个文件再导入"
    return ""


def is_whole(opened: tuple[Opening, ...]) -> bool:
    """Whether enough parts of a paper follow a name for it to be one: of parties, reasons, result
    and closing at least two, one of them reasons or result."""
    stages = {opening.part.stage for opening in opened if opening.part}
    has_result = any(opening.role is Role.RESULT for opening in opened)
    signs = len(stages & {PARTIES, REASONS, TAIL}) + has_result
    return signs >= 2 and (has_result or REASONS in stages)


def _names(page: Page) -> Iterator[tuple[int, Named, int]]:
    """The lines that name papers: which line, what, and where in it the text of the paper begins, 0
    where it begins on the next."""
    for at, line in enumerate(page.lines):
        if name := named(line.text):
            yield at, name, 0
        elif len(line.text) > _RUN_ON and (run_on := opening(line.text)):
            yield at, *run_on


def _titled(page: Page) -> Paper | None:
    """A page that names its paper only in its title: 张某诉某局一审行政判决书."""
    for at, line in enumerate(page.lines[:_TITLE_AMONG]):
        is_title = len(line.folded) <= 80 and not _FIELD.match(line.folded)
        name = mentioned(line.text) if is_title else None
        if name and not line.is_prose and line.folded.rstrip(")").endswith(("书", "号")):
            opened = openings(page.lines, at + 1, len(page.lines), name.paper.kind)
            return Paper(0, at, len(page.lines), name, opened) if _is_sure(opened) else None
    name = mentioned(page.document.meta.title)
    if name:
        opened = openings(page.lines, 0, len(page.lines), name.paper.kind)
        return Paper(0, 0, len(page.lines), name, opened) if _is_sure(opened) else None
    return None


def _is_sure(opened: tuple[Opening, ...]) -> bool:
    stages = {opening.part.stage for opening in opened}
    return PARTIES in stages and {REASONS, RESULT} <= stages


def _with_organ(page: Page, at: int) -> int:
    """The first line of a paper's head: organ, number and marks may stand above its name."""
    while at > 0 and _is_of_head(page, at - 1):
        at -= 1
    return at


def _is_of_head(page: Page, at: int) -> bool:
    line = page.lines[at]
    return bool(issuer(line.text)) or is_number(line.text)


def is_number(text: str) -> bool:
    """Whether a line is nothing but the number of a decision or case."""
    found = [span for span, docket in dockets.find(text) if docket.kind is not DocketKind.DOCUMENT]
    return bool(found) and not (text[: found[0].start] + text[found[-1].end :]).strip(" 　()（）")


def _is_list(page: Page, first: int) -> bool:
    """Whether a list of papers or running text stands above the first one."""
    above = page.lines[:first]
    titles = sum(mentioned(line.text) is not None for line in above)
    return titles >= 2 or any(line.is_prose and len(line.text) > 60 for line in above)
