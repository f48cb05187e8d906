"""Sketches of texts: what they agree in, and the days and sums they name."""

import numpy as np
import pytest

from kb.text.sketch import MARKS, facts, sketch

TEXT = "2024年5月6日，复议机关决定将罚款五万元变更为二千元，责令退还其余款项，并制发意见书。"


def agreeing(one, other):
    return float(np.mean(sketch(one).marks == sketch(other).marks))


def test_the_same_text_in_another_layout_has_the_same_sketch():
    other = TEXT.replace("，", "，\n  ").replace("（", "(").replace("2024", "２０２４")
    assert agreeing(TEXT, other) == 1.0
    assert sketch(TEXT).size == sketch(other).size
    assert np.array_equal(sketch(TEXT).facts, sketch(other).facts)


def test_marks_agree_about_as_much_as_the_texts():
    words = [f"第{chr(0x4E00 + n)}{chr(0x5000 + n)}{chr(0x6000 + n)}句，" for n in range(400)]
    half = "".join(words[:200]) + "".join(f"另{word}" for word in words[200:])
    assert agreeing("".join(words), "".join(words[::-1])) > 0.6
    assert 0.15 < agreeing("".join(words), half) < 0.75
    assert agreeing("".join(words), TEXT) < 0.1


@pytest.mark.parametrize("text", ["", "　\n", "三字文", "𠮷野家"])
def test_texts_too_short_to_tell_are_no_ones_twin(text):
    made = sketch(text)
    assert made.marks.size == MARKS
    assert made.size <= 1
    assert sketch(TEXT).size > 10


def test_facts_are_the_same_in_every_writing():
    assert facts(TEXT) == {"5-6", "50000元", "2000元"}
    assert facts("二〇二四年五月六日，罚款５万元改为2,000元") == facts(TEXT)
    assert facts("同年5月6日") == facts("2024年5月6日")
    assert facts("2023年4月起") == {"2023-4-"}
    assert facts("第五条第一款") == frozenset()
