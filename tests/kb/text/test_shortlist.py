"""A shortlist may name a pattern in vain, but never leaves one out that matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.issues import acts, issues, outcomes
from kb.text.shortlist import shortlist, words

PATTERNS = [cue.find for kind in (acts(), issues(), outcomes()) for _, cue in kind.cues]
KNOWN = shortlist(PATTERNS)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("程序违法", {"程序违法"}),
        ("没有[^,]{0,16}利害(关系)?", {"没有"}),
        ("(与|同)[^,]{0,16}(利害|法律)(上的)?关系", {"关系"}),
        ("(征收|强制拆除|强拆)房", {"征收", "强制拆除", "强拆"}),
        ("违(法|章)建(筑|设)", {"违"}),
        ("[听申]证", {"证"}),
        ("(听证){2,}", {"听证"}),
        ("(?<!复)核(?!准)", {"核"}),
        ("(?:不予)?(受理)?", set()),
        ("程序|.法", {"程序", "法"}),
        ("程序|.", set()),
        (r"\d{4}[^年][一-九]", set()),
        ("(?i:LAW)", set()),
        ("(?i)law", set()),
    ],
)
def test_words_no_match_is_without(pattern: str, needed: set[str]) -> None:
    assert words(re.compile(pattern)) == needed


@settings(max_examples=200, deadline=None)  # writing a match takes longer than testing it
@given(st.data())
def test_what_matches_a_cue_has_it_on_the_shortlist(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(PATTERNS) - 1))
    matching = data.draw(st.from_regex(PATTERNS[number].pattern))
    assert number in KNOWN.of(matching)
    assert number in KNOWN.within(f"前{matching}后").of(matching)


def test_patterns_come_in_order_and_only_where_their_words_stand() -> None:
    known = shortlist(map(re.compile, ["处罚", r"\d+", "许可|处罚", "许可"]))
    assert known.of("行政处罚") == [0, 1, 2]
    assert known.of("行政许可") == [1, 2, 3]
    assert known.within("不予许可。罚款").of("许可处罚") == [1, 2, 3]
