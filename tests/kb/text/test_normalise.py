"""Folding: spellings that mean the same compare equal, and every character knows its origin."""

import unicodedata

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.normalise import fold, fold_text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("渝中府复〔2024〕85号", "渝中府复(2024)85号"),
        ("渝中府复﹝2024﹞85号", "渝中府复(2024)85号"),
        ("渝中府复［２０２４］８５号", "渝中府复(2024)85号"),
        ("渝中府复【2024】 85 号", "渝中府复(2024)85号"),
        ("申 请 人：\u3000陈某某", "申请人:陈某某"),
        ("《關於〈條例〉的解釋》", "《关于《条例》的解释》"),
        ("行政複議決定書", "行政复议决定书"),
        ("“某公司”", '"某公司"'),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Ａ座２－１", "a座2-1"),
        ("二○二四年", "二〇二四年"),
    ],
)
def test_spellings_that_mean_the_same(typed: str, folded: str) -> None:
    assert fold_text(typed) == folded


@given(st.text())
def test_folding_with_offsets_gives_the_same_text(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)


@given(
    st.text(alphabet=st.sampled_from("第六條㎡…（）A \n\u200b𠮷款ﬀ"), min_size=300, max_size=400)
)
def test_a_long_text_folds_as_its_characters_do(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text) == "".join(fold_text(character) for character in text)
    for at, origin in enumerate(folded.origin[:-1]):
        assert folded.text[at] in fold_text(text[origin])


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


@given(st.text(), st.data())
def test_a_part_folds_to_a_part(text: str, data: st.DataObject) -> None:
    """What makes quotations lossless: folding looks at one character at a time."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold_text(text[start:end]) in fold_text(text)


@given(st.text(min_size=1), st.data())
def test_a_span_covers_what_it_was_folded_from(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    assert folded.text[start:end] in fold_text(folded.span(start, end).of(text))


def test_every_chinese_character_becomes_the_simplified_one() -> None:
    simplified = opencc.OpenCC("t2s")
    for start, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFAFF)):
        for character in map(chr, range(start, end)):
            plain = unicodedata.normalize("NFKC", character)
            assert fold_text(character) == simplified.convert(plain), hex(ord(character))
