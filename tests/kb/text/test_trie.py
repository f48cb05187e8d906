"""A dictionary as arrays: each word is found by its characters, and nothing else is."""

from math import log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.text.trie import NAMES, Trie


def name(trie: Trie, word: str) -> int:
    """-1 where no word begins so."""
    names = np.array([ord(word[0])])
    for character in word[1:]:
        names = trie.next(names, np.array([ord(character)], dtype=np.uint32))
        if names[0] < 0:
            return -1
    return int(names[0])


@given(st.dictionaries(st.text("甲乙丙丁戊a1", min_size=1), st.integers(1, 99), min_size=1))
def test_words_are_found_and_nothing_else(words: dict[str, int]) -> None:
    beginnings = {word[:size]: 0 for word in words for size in range(1, len(word) + 1)}
    total = 100 * len(words)
    trie = Trie(beginnings | words, total)
    names = {beginning: name(trie, beginning) for beginning in beginnings}
    assert len(set(names.values())) == len(names)
    assert all(0 <= found < NAMES for found in names.values())
    for beginning, found in names.items():
        often = words.get(beginning)
        expected = log(often) - log(total) if often else 0.0
        assert trie.likelihoods(np.array([found])).tolist() == [expected]
        longer = beginning + "己"
        assert name(trie, longer) == -1


def test_characters_beyond_the_basic_plane_are_left_out() -> None:
    assert name(Trie({"甲": 1, "甲𠮷": 1}, 2), "甲𠮷") == -1
