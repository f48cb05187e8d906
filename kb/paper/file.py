"""A set of cases as a DOCX: a title page, the contents, then each case on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import IO

from docx.document import Document

from kb.answers import CaseAnswer
from kb.paper import sheet
from kb.paper.sheet import Style
from kb.text.dates import written

SITE = "川渝行政复议案例库"


class Mark(StrEnum):
    """What the head of every page says of the set."""

    PUBLIC = ""
    INTERNAL = "内部·未发布"
    UNMASKED = "内部·未隐名"


@dataclass(frozen=True, slots=True)
class Paper:
    """A case for the file. stage: as the title page counts it, such as 已发布."""

    case: CaseAnswer
    mark: Mark
    stage: str


def write(title: str, papers: Sequence[Paper], day: date, out: IO[bytes]) -> None:
    """Writes the set. title: of the batch, or of the selection; day: of the export."""
    mark = _strictest(papers)
    document = sheet.blank(title, SITE, mark.value or title)
    _title_page(document, title, papers, day, mark)
    if len(papers) > 1:
        _contents(document, papers)
    for number, paper in enumerate(papers, 1):
        _case(document, number, paper, alone=len(papers) == 1)
    document.save(out)


def named(batches: Iterable[str]) -> str:
    """What a set is called whose cases are of these batches: as theirs, where it is one."""
    found = set(batches)
    return (found.pop() if len(found) == 1 else "") or "案例选编"


def file_name(title: str) -> str:
    """A name that every file system takes."""
    kept = re.sub(r"[\x00-\x1f\x7f\\/:*?\"<>|]+", " ", title).strip(" .")
    kept = re.sub(r"\s+", " ", kept).encode()[:150].decode(errors="ignore").strip(" .")
    return f"{kept or '案例'}.docx"


def _strictest(papers: Iterable[Paper]) -> Mark:
    found = {paper.mark for paper in papers}
    return next((mark for mark in (Mark.UNMASKED, Mark.INTERNAL) if mark in found), Mark.PUBLIC)


def _title_page(
    document: Document, title: str, papers: Sequence[Paper], day: date, mark: Mark
) -> None:
    sheet.say(document, title, Style.TITLE)
    stages: dict[str, int] = {}
    for paper in papers:
        stages[paper.stage] = stages.get(paper.stage, 0) + 1
    counted = "，".join(f"{stage} {count} 件" for stage, count in stages.items())
    for words in (f"共 {len(papers)} 件（{counted}）", written(day), SITE):
        sheet.say(document, words, Style.CENTRED)
    if mark is not Mark.PUBLIC:
        sheet.say(document, mark.value, Style.MARK)


def _contents(document: Document, papers: Sequence[Paper]) -> None:
    sheet.heading(document, "目录")
    for number, paper in enumerate(papers, 1):
        sheet.entry(document, f"{number}．{paper.case.title}", _name(number))


def _case(document: Document, number: int, paper: Paper, *, alone: bool) -> None:
    case = paper.case
    shown = case.title if alone else f"{number}．{case.title}"
    sheet.heading(document, shown, _name(number))
    if case.subtitle:
        sheet.say(document, case.subtitle, Style.CENTRED)
    sheet.facts(document, _facts(paper))
    for section in case.sections:
        words = section.text.strip()
        if not words or words == case.title or words == case.subtitle:
            continue
        if section.role != "head" or section.heading:
            named = section.heading.strip("【】［］[] ") or section.label
            sheet.say(document, named, Style.PART)
        for line in words.splitlines():
            if line.strip() and line.strip() not in (case.title, case.subtitle):
                sheet.say(document, line.strip(), Style.TEXT)
    if not case.sections:
        for line in case.text.splitlines():
            if line.strip():
                sheet.say(document, line.strip(), Style.TEXT)
    sheet.say(document, f"来源：{case.cite_as}编号 {case.id}，第 {case.revision} 版。", Style.NOTE)


def _facts(paper: Paper) -> list[tuple[str, str]]:
    case = paper.case
    bodies = ("review_authority", "court")
    said = {
        "案号": [docket["raw"] for docket in case.dockets],
        "机关": [str(party["name"]) for party in case.parties if party["role"] in bodies],
        "地区": [region.name for region in case.regions],
        "决定日期": [written(case.decided)] if case.decided else [],
        "行政行为": [one.label for one in case.acts],
        "争议焦点": [one.label for one in case.issues],
        "处理结果": [one.label for one in case.outcomes],
        "引用法条": [one.label for one in case.citations],
        "发布": [*case.publishers, *([written(case.published)] if case.published else [])],
        "阶段": [paper.stage],
    }
    return [(name, "；".join(dict.fromkeys(values))) for name, values in said.items() if values]


def _name(number: int) -> str:
    return f"case{number}"
