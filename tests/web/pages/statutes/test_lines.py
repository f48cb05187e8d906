"""An article's lines: their places, their signs, and marks that may cross them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kb.law.provisions import Pinpoint
from kb.model import Span
from web.pages.statutes.lines import Level, Mark, lines

TEXT = "有下列情形的：\n（一）甲；\n1.子；\n（二）乙<b>。\n另一款。"


def test_lines_know_their_places() -> None:
    found = lines(TEXT)
    assert [line.at for line in found] == [
        Pinpoint(None, 1),
        Pinpoint(None, 1, 1),
        Pinpoint(None, 1, 1, 1),
        Pinpoint(None, 1, 2),
        Pinpoint(None, 2),
    ]
    assert [line.sign for line in found] == ["", "（一）", "1.", "（二）", ""]
    assert found[2].level is Level.SUBITEM
    assert found[3].html == Markup("乙&lt;b&gt;。")


def test_marks_are_cut_at_the_ends_of_lines() -> None:
    found = lines("甲乙\n丙丁", [Span(1, 4)], Mark.REMOVED)
    assert [line.html for line in found] == [Markup("甲<del>乙</del>"), Markup("<del>丙</del>丁")]


@given(
    st.lists(st.text("甲乙（一）1.；<&", min_size=1, max_size=8), max_size=6).map("\n".join),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=4),
)
def test_marks_take_no_word_away(text: str, stretches: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in stretches]
    found = lines(text, spans, Mark.INSERTED)
    read = [re.sub(r"</?ins>", "", line.sign + line.html) for line in found]
    assert [Markup(line).unescape() for line in read] == text.splitlines()
    covered = {n for span in spans for n in range(span.start, min(span.end, len(text)))}
    marked = "".join(
        Markup(part).unescape()
        for line in found
        for part in re.findall(r"<ins>(.*?)</ins>", line.sign + line.html)
    )
    assert marked == "".join(text[n] for n in sorted(covered) if text[n] != "\n")
