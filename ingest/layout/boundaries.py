"""Where each case of a page begins and ends, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.document import BlockKind
from ingest.layout.contents import Entry, announcements, entries_of, listed_lines
from ingest.layout.endings import closing_starts, tail_starts
from ingest.layout.numbered import named_cases, ordinal_cases
from ingest.layout.page import Page
from ingest.layout.titles import (
    clean_subtitle,
    clean_title,
    is_case_title,
    is_masthead,
    is_subtitle,
    may_be_title,
)
from ingest.layout.unnumbered import unnumbered_cases

_HEAD = 6  # lines that a title with all that stands under it takes at most


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines [first, end) of one case; its title is read up to head_end."""

    first: int
    head_end: int
    end: int
    title: str
    subtitle: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    first: int
    head_end: int
    title: str
    subtitle: str = ""
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def cases(page: Page) -> tuple[Stretch, ...]:
    """The cases of a page in order, without its foreword, contents list, group headings and closing
    words; empty where no start of a case can be told, one for a page that numbers its only case."""
    starts = _starts(page)
    if not starts:
        return ()
    firsts = [start.first for start in starts]
    stretches = []
    for start, (first, limit) in zip(starts, pairwise([*firsts, len(page.lines)]), strict=True):
        limit = _before_outer(page, firsts[0], start.head_end, limit)
        end = _without_leftovers(page, first, _before_missing(page, start.head_end, limit))
        if start is starts[-1]:
            end = closing_starts(page, start.head_end, tail_starts(page, start.head_end, end))
        stretches.append(
            Stretch(first, start.head_end, end, start.title, start.subtitle, start.warnings)
        )
    return tuple(stretches)


def _starts(page: Page) -> list[_Start]:
    named = named_cases(page)
    ordinals = ordinal_cases(page) if len(named) < 2 else []
    numbered = ordinals if len(ordinals) > len(named) else named
    plain = unnumbered_cases(page) if len(numbered) < 2 else []
    if len(plain) > len(numbered):
        return [_titled_start(page, at) for at in plain]
    starts = [_numbered_start(page, item) for item in numbered]
    return _first_from_contents(page, numbered) + starts


def _numbered_start(page: Page, item: Entry) -> _Start:
    title, subtitle, head_end, warnings = item.title, "", item.title_at + 1, []
    if len(title) > 90:  # the case itself runs on behind its number
        title, warnings = title.split("。")[0][:60], ["标题与正文连在一行，标题取自首句"]
        head_end = item.at
    elif not title:
        head_end, warnings = item.at + 1, ["案例有编号而无标题"]
    else:
        title, subtitle, head_end = _read_head(page, title, head_end)
    return _Start(item.at, head_end, title, subtitle, tuple(warnings))


def _titled_start(page: Page, at: int) -> _Start:
    title, subtitle, head_end = _read_head(page, clean_title(page.lines[at].text), at + 1)
    return _Start(at, head_end, title, subtitle)


def _read_head(page: Page, title: str, at: int) -> tuple[str, str, int]:
    """Title, subtitle and the first line below them: a title broken over two lines is joined, a
    second name becomes the subtitle."""
    subtitle = ""
    for below in range(at, min(at + _HEAD, len(page.lines))):
        line = page.lines[below]
        if page.headings[below] or line.is_prose or not may_be_title(line):
            break
        if is_subtitle(line.text) and not subtitle:
            subtitle, at = clean_subtitle(line.text), below + 1
        elif is_masthead(line.text):
            continue
        elif below == at and _goes_on(title, line.text):
            title, at = title + clean_title(line.text), below + 1
        elif is_case_title(line.text) and not subtitle and not page.marks[below]:
            subtitle, at = clean_title(line.text), below + 1
    return title, subtitle, at


def _goes_on(title: str, below: str) -> bool:
    """某公司不服某局 / 行政处罚案: the second line ends what the first began."""
    ends = below.rstrip("。 　").endswith("案")
    return ends and not title.endswith("案") and not any(w in below for w in ("诉", "不服", "与"))


def _first_from_contents(page: Page, numbered: list[Entry]) -> list[_Start]:
    """The first case where the page lost its title line: the contents list still names it, and
    headings stand between the list and the second case."""
    if not numbered or numbered[0].number != 2:
        return []
    second = numbered[0]
    mark = page.marks[second.at]
    if not mark:
        return []
    entries = entries_of(page, "" if mark.names_case else mark.style)
    listed = announcements(page, entries)
    announced = [item for item in entries if item.at in listed and item.at < second.at]
    if not announced or announced[0].number != 1:
        return []
    for at in range(announced[-1].title_at + 1, second.at):
        if page.headings[at]:
            return [_Start(at, at, announced[0].title, warnings=("标题取自页首目录",))]
    return []


def _before_outer(page: Page, first: int, at: int, limit: int) -> int:
    """Where the page's own chapters go on: cases under 三、典型案例 end at 四、工作建议."""
    outer: dict[str, int] = {}
    for before in range(first):
        mark = page.marks[before]
        if mark and not mark.names_case and before not in listed_lines(page):
            outer[mark.style] = mark.number
    for look in page.looks:
        outer.pop(look.numbered, None)
    for line in range(at, limit):
        mark = page.marks[line]
        goes_on = mark and outer.get(mark.style) == mark.number - 1
        if goes_on and may_be_title(page.lines[line]) and not page.lines[line].is_prose:
            return line
    return limit


def _before_missing(page: Page, first: int, limit: int) -> int:
    """Where a numbered title stands without any body (a picture, a lost part): nothing from there
    to the next case belongs to the case above."""
    for at in range(first, limit):
        mark = page.marks[at]
        if mark and mark.names_case and not page.has_body(at + 1, limit):
            return at if not page.lines[at].is_prose else limit
    return limit


def _without_leftovers(page: Page, first: int, end: int) -> int:
    """A case's end without what stands last before the next: the heading of a group of cases, a
    number whose case is missing, a rule."""
    while end - first > 2 and _is_leftover(page, end - 1):
        end -= 1
    return end


def _is_leftover(page: Page, at: int) -> bool:
    line = page.lines[at]
    if page.headings[at] or line.is_prose or line.kind is BlockKind.TABLE:
        return False
    if not any(character.isalnum() for character in line.folded):
        return True
    mark = page.marks[at]
    if mark and mark.names_case:
        return True
    short = len(line.folded) <= 30 and not line.text.strip().endswith(("。", "；", "！", "”"))
    is_group = line.folded.rstrip(")）").endswith(("类", "篇", "部分", "领域", "方面", "案例"))
    return short and (line.kind is BlockKind.HEADING or bool(is_group and (mark or line.strong)))
