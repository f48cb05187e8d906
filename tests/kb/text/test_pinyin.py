"""Chinese by its sounds."""

import pytest

from kb.text.pinyin import sounds


@pytest.mark.parametrize(
    ("text", "whole", "letters"),
    [
        ("重庆", "chongqing", "cq"),
        ("成都", "chengdu", "cd"),
        ("渝北区", "yubeiqu", "ybq"),
        ("长寿", "changshou", "cs"),
        ("行政处罚法", "xingzhengchufafa", "xzcff"),
        ("行复法30", "xingfufa30", "xff30"),
        ("女工", "nvgong", "ng"),
        ("都江堰（市）", "dujiangyanshi", "djys"),
    ],
)
def test_a_name_is_spelt_as_it_is_said(text: str, whole: str, letters: str) -> None:
    syllables, initials = sounds(text)
    assert whole in syllables
    assert letters in initials


def test_readings_that_names_do_not_have_are_left_out() -> None:
    assert sounds("九龙坡区") == (("jiulongpoqu",), ("jlpq",))


@pytest.mark.parametrize("text", ["", "2024", "kb-1", "（）"])
def test_without_chinese_there_is_nothing_to_spell(text: str) -> None:
    assert sounds(text) == ((), ())
