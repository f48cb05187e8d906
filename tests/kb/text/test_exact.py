"""Quotations: a part of a text always stands in it, and a number stands whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.exact import Haystack, Parted, needle

LEGAL = st.text(
    alphabet="第六十四一二三百条款项年月日罚万元复议法，。、（）〔〕“” \n\u30000123456789号某",
    min_size=1,
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "quoted", "found"),
    [
        ("依照第六十四条处理", "第64条", ["第六十四条"]),
        ("依照第64条处理", "第六十四条", ["第64条"]),
        ("依照第六十四条处理", "四条", ["四条"]),
        ("依照第六十四条处理", "4条", []),
        ("罚款三万元", "罚款30000元", ["罚款三万元"]),
        ("二〇二四年五月", "2024年5月", ["二〇二四年五月"]),
        ("罚款，\n责令改正", "罚款，责令", ["罚款，\n责令"]),
        ("申 请 人陈某", "申请人", ["申 请 人"]),
        ("渝中府复〔2024〕85号", "府复", ["府复"]),
        ("甲甲甲", "甲甲", ["甲甲", "甲甲"]),
        ("第一百二十条之一", "第120条之1", ["第一百二十条之一"]),
    ],
)
def test_where_a_quotation_stands(text: str, quoted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Haystack(text).places(needle(quoted))] == found


@given(LEGAL, st.data())
def test_every_part_stands_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = needle(text[start:end])
    if wanted.plain:
        places = Haystack(text).places(wanted)
        assert any(start <= place[0] and place[1] <= end for place in places)


@given(LEGAL, st.data())
def test_a_number_stands_in_the_same_places_however_it_is_looked_for(
    text: str, data: st.DataObject
) -> None:
    """What is looked for around its numbers, and in the text with all its numerals as numbers."""
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = needle(text[start : data.draw(st.integers(start + 1, len(text)))])
    if wanted.numbered:
        found = Haystack(text).places(wanted)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Parted, "apart", lambda _: False)
            assert Haystack(text).places(wanted) == found
