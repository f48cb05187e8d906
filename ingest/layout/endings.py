"""What stands after the last case: editors, sources, and words about the whole set."""

from __future__ import annotations

from ingest.layout.lines import Line
from ingest.layout.page import Page
from ingest.layout.vocabulary import endings

_LONGEST_TAIL_LINE = 80
_WRAPPING = '()-~*#=_·/|.。>《》"'


def tail_starts(page: Page, first: int, end: int) -> int:
    """The line where the tail of [first, end) begins (来源, 编辑, 供稿 and what follows them);
    end if there is none."""
    tail, at = end, end
    while at - 1 > first and not page.headings[at - 1] and _may_be_tail(page.lines[at - 1]):
        at -= 1
        if _is_tail(page.lines[at]):
            tail = at
    return tail


def closing_starts(page: Page, first: int, end: int) -> int:
    """The line where a paragraph about the whole set begins, after the last case; end if none."""
    for at in range(first + 1, end):
        alone = not page.headings[at] and not any(page.headings[at:end])
        if alone and _speaks_of_the_set(page.lines[at].folded) and _has_body(page, at):
            return at
    return end


def _speaks_of_the_set(paragraph: str) -> bool:
    words = endings()
    if "本案" in paragraph:
        return False
    looks_ahead = paragraph.startswith(words.outlook)
    return paragraph.startswith(words.closing) or (
        looks_ahead and any(name in paragraph for name in words.publishers)
    )


def _has_body(page: Page, at: int) -> bool:
    """Whether something of the case stands above, so that cutting here leaves no bare heading."""
    above = page.headings[at - 1]
    return above is None or above.inline(page.lines[at - 1])


def _may_be_tail(line: Line) -> bool:
    return len(line.text.strip()) <= _LONGEST_TAIL_LINE and (
        _is_tail(line) or not line.text.rstrip().endswith(("。", "；", "！", "？"))
    )


def _is_tail(line: Line) -> bool:
    words = line.folded.strip(_WRAPPING)
    if words in endings().whole or not words:
        return True
    return words.startswith(endings().starts)
