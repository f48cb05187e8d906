"""Lists of contents: which numbered titles only announce the cases that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from ingest.layout.page import Page
from ingest.layout.titles import clean_title, may_be_title
from kb.text.normalise import fold_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered line with its title. title_at: the line of the title, at or below the number."""

    at: int
    number: int
    title_at: int
    title: str


def entry(page: Page, at: int) -> Entry | None:
    """The numbered line as an entry, if a title stands behind its number or on the next line."""
    mark, line = page.marks[at], page.lines[at]
    if mark is None:
        return None
    if mark.rest(line.text):
        if mark.names_case or may_be_title(line):
            return Entry(at, mark.number, at, clean_title(line.text))
        return None
    below = at + 1
    if below < len(page.lines) and not page.headings[below] and may_be_title(page.lines[below]):
        other = page.marks[below]
        if other is None or (other.rest(page.lines[below].text) and other.style != mark.style):
            return Entry(at, mark.number, below, clean_title(page.lines[below].text))
    return Entry(at, mark.number, at, "") if mark.names_case else None


def entries_of(page: Page, style: str = "") -> list[Entry]:
    """The entries of one style of ordinals, or without a style those whose marks name a case."""
    found = []
    for at, mark in enumerate(page.marks):
        if mark and (mark.style == style if style else mark.names_case):
            found.append(entry(page, at))
    return [item for item in found if item]


def styles(page: Page) -> list[str]:
    """The styles of plain ordinals on a page."""
    return sorted({mark.style for mark in page.marks if mark and not mark.names_case})


@lru_cache(maxsize=8)
def listed_lines(page: Page) -> frozenset[int]:
    """The lines of contents lists, numbered or not."""
    found: set[int] = set()
    for style in ["", *styles(page)]:
        entries = entries_of(page, style)
        listed = announcements(page, entries)
        found |= {at for e in entries if e.at in listed for at in (e.at, e.title_at)}
    if last := announced_titles(page):
        for at, line in enumerate(page.lines):
            if last.get(fold_text(clean_title(line.text)), at) != at:
                found.add(at)
    return frozenset(found)


def announcements(page: Page, entries: list[Entry]) -> set[int]:
    """The lines of entries that announce a case rather than begin it.

    An entry with nothing below it but the next entry announces. The last of a list has the first
    case below it; it announces too if at least two entries before it do, or if it comes again.
    """
    found: set[int] = set()
    titles = Counter(fold_text(entry.title) for entry in entries if entry.title)
    run, last = 0, 0  # entries of the list so far, and the number of the last
    for here, after in zip_longest(entries, entries[1:]):
        end = after.at if after else len(page.lines)
        if not page.has_body(here.title_at + 1, end):
            found.add(here.at)
            run = run + 1 if here.number == last + 1 else 1
            last = here.number
            continue
        again = titles[fold_text(here.title)] > 1 or any(
            other.number == here.number for other in entries if other.at > here.at
        )
        if here.number == last + 1 and (run >= 2 or (run == 1 and again)):
            found.add(here.at)
        run = last = 0
    return found


@lru_cache(maxsize=8)
def announced_titles(page: Page) -> Mapping[str, int]:
    """Titles, folded, that stand in the page twice or more, and the line where each comes last;
    only where at least two of them first stand together, as in a list."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(page.lines):
        if not page.headings[at] and may_be_title(line) and not line.is_prose:
            title = fold_text(clean_title(line.text))
            if len(title) >= 6:
                places.setdefault(title, []).append(at)
    twice = {title: at for title, at in places.items() if len(at) > 1}
    firsts = {at[0] for at in twice.values()}
    return {
        title: at[-1]
        for title, at in twice.items()
        if firsts & {at[0] - 2, at[0] - 1, at[0] + 1, at[0] + 2}
    }
