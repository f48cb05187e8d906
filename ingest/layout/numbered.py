"""Cases that bear numbers: which numbered lines begin a case, and not a section or a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from ingest.document import BlockKind
from ingest.layout.contents import Entry, announcements, entries_of, entry, styles
from ingest.layout.page import Page
from ingest.layout.titles import is_case_title
from kb.text.normalise import fold_text

_SEVERAL = re.compile(
    r"案例(?!分析|研究)|(?:起|个|件|则|大)案例|典型案|以案释法"
)  # said of a set by its title or foreword
_NEAR = 4  # lines of title, subtitle and masthead between a number and the first heading


def named_cases(page: Page) -> list[Entry]:
    """Cases under 案例一, CASE 01, 第一案: marks that nothing but a case bears."""
    entries: list[Entry] = []
    for item in entries_of(page):
        if entries and _says_again(page, entries[-1], item):
            entries[-1] = replace(item, at=entries[-1].at)
        else:
            entries.append(item)
    listed = announcements(page, entries)
    return [item for item in entries if item.at not in listed]


def ordinal_cases(page: Page) -> list[Entry]:
    """Cases under plain ordinals (一、 01 1. （一）…), told from section marks and paragraphs.

    With headings of sections on the page, each case must hold some, and the same ones must come
    again from case to case. On a page without any, the page must speak of several cases.
    """
    best: list[Entry] = []
    for style in styles(page):
        entries = _without_sections(page, style)
        listed = announcements(page, entries)
        entries = [item for item in entries if item.at not in listed]
        chain = _best_chain(page, entries)
        if len(chain) > len(best) and _is_parallel(page, chain):
            best = chain
    if not best and not any(page.headings):
        best = _cases_without_headings(page)
    return best


def is_parallel(page: Page, starts: list[int]) -> bool:
    """Whether the stretches between starts have the build of cases: nearly all hold headings, one
    heading at least comes again in most of them, and none comes twice in most of them."""
    segments = [page.keys(a, b) for a, b in pairwise([*starts, len(page.lines)])]
    filled = [keys for keys in segments if keys]
    if len(segments) < 2 or len(filled) < max(2, 0.8 * len(segments)):
        return False
    common = Counter(key for keys in filled for key in set(keys))
    if common.most_common(1)[0][1] < max(2, 0.6 * len(filled)):
        return False
    doubled = [keys for keys in filled if len(set(keys)) < len(keys)]
    return len(doubled) <= len(filled) / 2


def _is_parallel(page: Page, chain: list[Entry]) -> bool:
    return is_parallel(page, [item.at for item in chain])


def _says_again(page: Page, before: Entry, after: Entry) -> bool:
    """CASE 01 above 案例一: one case numbered twice."""
    near = after.at - before.at <= 2 and after.number == before.number
    return near and not page.has_body(before.at + 1, after.at)


def _without_sections(page: Page, style: str) -> list[Entry]:
    """Entries of a style, less those that only go on counting the sections of a case."""
    found: list[Entry] = []
    last_section = 0
    for at, heading in enumerate(page.headings):
        if heading:
            if heading.mark and heading.mark.style == style:
                last_section = heading.mark.number
                if found and last_section > 1 and found[-1].number == last_section - 1:
                    found = _less_sections(page, found, at)
            continue
        mark = page.marks[at]
        if not mark or mark.names_case or mark.style != style or not (item := entry(page, at)):
            continue
        if last_section and mark.number == last_section + 1 and not is_case_title(item.title):
            last_section = mark.number
            continue
        found.append(item)
        last_section = 0
    return found


def _less_sections(page: Page, found: list[Entry], heading_at: int) -> list[Entry]:
    """一、案件由来 二、调处过程 三、典型意义: where a known heading goes on counting from unknown
    ones with no other heading between, those were sections too."""
    if any(page.headings[found[-1].at : heading_at]):
        return found
    kept = list(found)
    number = kept[-1].number
    while kept and kept[-1].number == number and not is_case_title(kept[-1].title):
        kept.pop()
        number -= 1
    return kept


def _best_chain(page: Page, entries: list[Entry]) -> list[Entry]:
    """The chain of entries that counts best: consecutive numbers, each looking like a case."""
    scores: list[float] = []
    came_from: list[int | None] = []
    for j, item in enumerate(entries):
        start = 0.0 if item.number == 1 else -2.0
        options: list[tuple[float, int | None]] = [(start, None)]
        for i in range(max(0, j - 60), j):
            step = item.number - entries[i].number
            cost = 0.0 if step == 1 else 1.0 if item.number == 1 else 3.0
            options.append((scores[i] - cost, i))
        best, origin = max(options, key=lambda option: option[0])
        scores.append(best + _weight(page, item))
        came_from.append(origin)
    chain: list[Entry] = []
    at = max(range(len(scores)), key=scores.__getitem__, default=None)
    while at is not None:
        chain.append(entries[at])
        at = came_from[at]
    return chain[::-1]


def _weight(page: Page, item: Entry) -> float:
    weight = -2.0
    if _heading_follows(page, item.title_at):
        weight += 4.0
    if is_case_title(item.title):
        weight += 2.0
    line = page.lines[item.at]
    if line.kind is BlockKind.HEADING or line.strong:
        weight += 1.0
    return weight


def _heading_follows(page: Page, title_at: int) -> bool:
    for at in range(title_at + 1, min(title_at + 1 + _NEAR, len(page.lines))):
        if page.headings[at]:
            return True
        if page.lines[at].is_prose:
            return False
    return False


def _cases_without_headings(page: Page) -> list[Entry]:
    """一、title and paragraphs, no headings: cases only on a page that says it holds several."""
    best: list[Entry] = []
    for style in styles(page):
        entries = entries_of(page, style)
        listed = announcements(page, entries)
        chain: list[Entry] = []
        for item in entries:
            if item.at not in listed and item.number == len(chain) + 1:
                chain.append(item)
        if len(chain) >= 2 and len(chain) > len(best) and _tells_cases(page, chain):
            best = chain
    return best


def _tells_cases(page: Page, chain: list[Entry]) -> bool:
    title = fold_text(page.document.meta.title)
    foreword = fold_text("".join(line.text for line in page.lines[: chain[0].at]))
    if not _SEVERAL.search(title + foreword) or is_case_title(page.lines[0].text):
        return False
    bounds = pairwise([*(item.at for item in chain), len(page.lines)])
    telling = [page.speaks_of_a_case(a, b) and page.has_body(a + 1, b) for a, b in bounds]
    return sum(telling) >= 0.7 * len(chain)
