"""Marks become HTML without changing or unescaping a single character."""

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from kb.answers import Mark
from web.marks import marked, merged

MARKS = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(-5, 60)).map(lambda p: Mark(start=p[0], end=p[1])),
    max_size=8,
)


@given(st.text(max_size=50), MARKS)
def test_the_text_is_given_back_whole(text: str, marks: list[Mark]) -> None:
    html = str(marked(text, marks))
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text


@given(st.text(max_size=50), MARKS)
def test_exactly_the_marked_characters_are_marked(text: str, marks: list[Mark]) -> None:
    said = {at for mark in marks for at in range(max(0, mark.start), min(mark.end, len(text)))}
    drawn = {at for start, end in merged(marks, len(text)) for at in range(start, end)}
    assert drawn == said


def test_what_a_page_says_is_never_markup() -> None:
    html = marked("<b>罚款</b>&", [Mark(start=3, end=5)])
    assert html == "&lt;b&gt;<mark>罚款</mark>&lt;/b&gt;&amp;"


def test_touching_and_overlapping_marks_are_one() -> None:
    marks = [Mark(start=2, end=4), Mark(start=0, end=2), Mark(start=1, end=3)]
    assert marked("过期食品店", marks) == "<mark>过期食品</mark>店"
