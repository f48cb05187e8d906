"""Numerals: Chinese and Arabic writing say the same numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.numerals import chinese, number, numerals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("六十四", 64),
        ("十", 10),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二十", 120),
        ("一千零五", 1005),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("两千", 2000),
        ("三万五千", 35_000),
        ("十五万", 150_000),
        ("一亿三千万", 130_000_000),
        ("３万", 30_000),
        ("1.5万", 15_000),
        ("10,000", 10_000),
        ("085", 85),
    ],
)
def test_what_a_numeral_says(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize("text", ["万某", "百姓", "两江", "", "某", "1.5", "亿"])
def test_what_says_no_whole_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("text", ["两江新区", "千方", "百姓", "万一方"])
def test_units_alone_are_words(text: str) -> None:
    assert [digits for _, _, digits in numerals(text)] in ([], ["1"])


@given(st.integers(0, 99_999_999))
def test_chinese_writing_is_read_back(value: int) -> None:
    assert number(chinese(value)) == value


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两〇0123456789,.第条年"))
def test_numerals_never_overlap_and_never_fail(text: str) -> None:
    last = 0
    for start, end, digits in numerals(text):
        assert last <= start < end <= len(text)
        assert digits
        last = end


@pytest.mark.parametrize("digits", ["7" * 5000, "九亿" * 1500, "1" * 30])
def test_a_run_too_long_for_a_number_stays_as_it_is(digits: str) -> None:
    assert number(digits) is None
    assert "".join(found for _, _, found in numerals(digits)) == digits
