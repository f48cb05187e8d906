"""Cases that bear no number: titles before headings that come again, or that a list announced."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ingest.document import BlockKind
from ingest.layout.contents import announced_titles, listed_lines
from ingest.layout.numbered import is_parallel
from ingest.layout.page import Page
from ingest.layout.titles import is_case_title, is_masthead, may_be_title

_Test = Callable[[Page, int], bool]
_HEAD = 4  # lines a title, its subtitle and masthead may take


def unnumbered_cases(page: Page) -> list[int]:
    """The lines where such cases begin, in order; empty unless there are two at least."""
    announced = _announced(page)
    titled = _repeating(page, _titled(page, (_names_case, _is_set_off)))
    bare = [] if titled else _repeating(page, _titled(page, (_is_bare,)))
    return max(announced, titled, bare, key=len)


def _announced(page: Page) -> list[int]:
    """Titles of a contents list, found again below it with a body of their own."""
    starts = sorted(announced_titles(page).values())
    bounds = pairwise([*starts, len(page.lines)])
    starts = [start for start, end in bounds if page.has_body(start + 1, end)]
    return starts if len(starts) >= 2 else []


def _titled(page: Page, looks: tuple[_Test, ...]) -> list[int]:
    """Lines that look like a case's title and stand above a heading of a section."""
    starts = []
    for at, heading in enumerate(page.headings):
        if heading and (start := _title_above(page, at, looks)) is not None:
            starts.append(start)
    return starts


def _title_above(page: Page, heading_at: int, looks: tuple[_Test, ...]) -> int | None:
    first = heading_at
    while first > max(0, heading_at - _HEAD) and _belongs_to_head(page, first - 1):
        first -= 1
    if first and (above := page.headings[first - 1]):
        # What stands right below a bare heading is its body.
        first += not above.inline(page.lines[first - 1])
    group = range(first, heading_at)
    for looks_like in looks:
        for at in group:
            if looks_like(page, at):
                return at
    return None


def _belongs_to_head(page: Page, at: int) -> bool:
    line = page.lines[at]
    listed = at in listed_lines(page)
    return not (listed or page.headings[at] or line.is_prose) and may_be_title(line)


def _names_case(page: Page, at: int) -> bool:
    return is_case_title(page.lines[at].text) and not is_masthead(page.lines[at].text)


def _is_set_off(page: Page, at: int) -> bool:
    line = page.lines[at]
    set_off = line.kind is BlockKind.HEADING or line.strong
    return set_off and not is_masthead(line.text) and len(line.folded) >= 5


def _is_bare(page: Page, at: int) -> bool:
    """A short line with nothing to tell it by but its place between a paragraph and a heading."""
    line = page.lines[at]
    after_text = at == 0 or page.lines[at - 1].is_prose or page.lines[at - 1].text.endswith("。")
    return after_text and 6 <= len(line.folded) <= 60 and not is_masthead(line.text)


def _repeating(page: Page, starts: list[int]) -> list[int]:
    """The starts after which the headings of the case before begin again."""
    kept: list[int] = []
    for start, end in pairwise([*starts, len(page.lines)]):
        before = set(page.keys(kept[-1], start)) if kept else set()
        if not kept or before & set(page.keys(start, end)):
            kept.append(start)
    return kept if is_parallel(page, kept) else []
