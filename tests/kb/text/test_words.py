"""Words as numbers: still the words, in order, through handing them on too."""

import pickle

import numpy as np

from kb.text.words import Words, spread


def test_words_are_read_as_they_were_given() -> None:
    words = Words.of(["行政", "复议", "行政"])
    assert list(words) == words[:] == ["行政", "复议", "行政"]
    assert (len(words), words[2], "复议" in words) == (3, "行政", True)
    assert Words.of(words) is words
    assert list(Words.of([])) == []


def test_words_are_spread_over_the_texts_they_stand_in() -> None:
    given = [("行政", "行政复议"), (), ("复议", "行政")]
    found = spread(given, np.array([0, 1, 2, 0, 2]), np.array([0, 2, 2, 5]))
    assert [*map(list, found)] == [
        ["行政", "行政复议"],
        [],
        ["复议", "行政", "行政", "行政复议", "复议", "行政"],
    ]


def test_a_vocabulary_is_handed_on_once() -> None:
    found = pickle.loads(pickle.dumps(spread([("甲",), ("乙",)], np.array([0, 1]), np.arange(3))))
    assert [*map(list, found)] == [["甲"], ["乙"]]
    assert found[0].vocabulary is found[1].vocabulary
