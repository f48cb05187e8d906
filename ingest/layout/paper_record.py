"""From a formal paper to a record: its title, text, sections, and what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import BlockKind
from ingest.layout.page import Page
from ingest.layout.paper_sections import partition
from ingest.layout.papers import Paper, papers
from ingest.layout.titles import clean_title, from_page_title
from kb.law import dockets
from kb.law.papers import issuer, mentioned, named
from kb.model import Content, Docket, DocketKind, Kind, Role, Section
from kb.text.normalise import fold_text

_NUMBERS = {Kind.REVIEW_DECISION: DocketKind.REVIEW, Kind.JUDGMENT: DocketKind.COURT}
_FIELD = re.compile(r"^[\s【\[]*案\s*号(?:[\s】\]]*[:：|｜]|\s)\s*(?P<value>[^\n]{2,40})$")
_LOST_MARKS = re.compile(r"(?:19|20)\d{6}日")
_LATER = re.compile(r"^(?P<base>.+?\d)-\d{1,2}号$")
_TELLS = re.compile(r"不服|与|诉|请求|申请|认定|处罚|纠纷|案")
_LONGEST_TITLE = 120
_CLOSING = 12  # lines at the end of a paper that may name who signs


def contents(page: Page) -> tuple[Content, ...]:
    """A record for every paper of the page, of whatever kind, in order."""
    return tuple(_content(page, paper) for paper in papers(page))


def _content(page: Page, paper: Paper) -> Content:
    base, stop = page.lines[paper.first].start, page.lines[paper.end - 1].end
    whole = page.document.text
    sections, empty = partition(whole, base, stop, paper.openings)
    text = whole[base:stop]
    numbers = _own_numbers(paper, text, sections)
    return Content(
        kind=paper.kind,
        title=_title(page, paper, numbers),
        text=text,
        sections=sections,
        warnings=(
            *_about_the_page(page, paper, numbers),
            *_about_the_number(page, paper, numbers),
            *(f"小标题“{heading}”下没有正文" for heading in empty if 2 <= len(heading) <= 20),
            *_about_the_text(text, sections),
        ),
    )


def _own_numbers(paper: Paper, text: str, sections: tuple[Section, ...]) -> list[Docket]:
    """The numbers in the head of a paper that are of its kind, the one nearest its text first."""
    if not sections or sections[0].role is not Role.HEAD:
        return []
    found = [docket for _, docket in dockets.find(sections[0].span.of(text))]
    return [docket for docket in reversed(found) if docket.kind is _NUMBERS[paper.kind]]


# --- the title ---


def _title(page: Page, paper: Paper, numbers: list[Docket]) -> str:
    """The title the page gives if it tells what the case is about, else organ, name and number."""
    for line in page.lines[paper.first : paper.named_at + 1]:
        if not line.is_prose and _is_telling(line.text, paper):
            return clean_title(line.text)
    alone = paper.first == 0 and len(papers(page)) == 1
    if alone and _is_telling(page.document.meta.title, paper):
        return from_page_title(page.document.meta.title)
    organ, name = _organ(page, paper), paper.named.name
    number = " ".join(numbers[0].raw.split()) if numbers else ""
    if paper.kind is Kind.JUDGMENT:
        return f"{organ}{number}{name}"
    return f"{organ}{name}（{number}）" if number else f"{organ}{name}"


def _is_telling(line: str, paper: Paper) -> bool:
    """张某与某局一审行政判决书, 张某不服某局处罚案: not organ, name and number alone."""
    folded = fold_text(line)
    if not 8 <= len(folded) <= _LONGEST_TITLE or named(line) or dockets.find(line):
        return False
    name = mentioned(line)
    says_kind = name is not None and name.paper == paper.named.paper
    says_case = folded.rstrip(")").endswith("案")
    return bool(_TELLS.search(folded)) and (says_kind or says_case)


def _organ(page: Page, paper: Paper) -> str:
    """Who decided, as the head says before the paper's name or on a line of its own, else the
    closing."""
    head = reversed(page.lines[paper.first : paper.named_at + 1])
    closing = reversed(page.lines[max(paper.first, paper.end - _CLOSING) : paper.end])
    named_by = (issuer(line.text) for line in (*head, *closing))
    return paper.named.organ or next(filter(None, named_by), "")


# --- warnings ---


def _about_the_page(page: Page, paper: Paper, numbers: list[Docket]) -> Iterator[str]:
    """Where the page's title says otherwise than the paper below it; the paper holds."""
    if len(papers(page)) > 1:
        return
    above = [line for line in page.lines[: paper.named_at] if line.kind is BlockKind.HEADING]
    titles = dict.fromkeys([page.document.meta.title, *(line.text for line in above)])
    own = paper.named.paper
    for title in titles:
        said = mentioned(title)
        if said and said.paper != own and (said.paper.outcome or said.paper.kind is not own.kind):
            yield f"页面标题说是“{said.name}”，正文是“{paper.named.name}”，以正文为准"
            break
    known = {number.normalised for number in numbers[:1]}
    for title in titles:
        of_title = {d.normalised for _, d in dockets.find(title) if d.kind is _NUMBERS[paper.kind]}
        if known and of_title and not known & of_title:
            yield f"页面标题的编号 {'、'.join(sorted(of_title))} 与正文的 {'、'.join(known)} 不同"
            break


def _about_the_number(page: Page, paper: Paper, numbers: list[Docket]) -> Iterator[str]:
    for line in page.lines[paper.first : paper.named_at + 8]:
        field = _FIELD.match(line.text.strip())
        if field and not dockets.find(field["value"]):
            yield f"“案号”一栏写的是“{field['value'].strip()}”，不是编号，未采用"
    if not numbers:
        yield "文书首部没有编号（案号）"
    elif later := _LATER.match(numbers[0].normalised):
        yield (
            f"编号 {numbers[0].normalised} 与 {later['base']}号 同号加序，"
            "可能是补正或替换它的文书；两件都保留，不作重复处理"
        )


def _about_the_text(text: str, sections: tuple[Section, ...]) -> Iterator[str]:
    if not any(section.role is Role.RESULT for section in sections):
        yield "没有找到决定（裁判）主文，页面可能不完整或分了页"
    for section in sections:
        words = section.span.of(text)
        if section.role is Role.TAIL and (lost := _LOST_MARKS.search(fold_text(words))):
            yield f"落款日期“{lost.group()}”丢了“年”“月”，请核对"
