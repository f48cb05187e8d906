"""A pinpoint's stretch of an article's text."""

import pytest

from kb.law.located import locate
from kb.law.provisions import Pinpoint

TEXT = "有下列情形之一的：\n（一）甲；\n（二）乙：\n1.子；\n2.丑。\n第二款。\n第三款：\n（一）丁。"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Pinpoint(1), TEXT),
        (Pinpoint(1, 1), "有下列情形之一的：\n（一）甲；\n（二）乙：\n1.子；\n2.丑。"),
        (Pinpoint(1, 2), "第二款。"),
        (Pinpoint(1, 1, 2), "（二）乙：\n1.子；\n2.丑。"),
        (Pinpoint(1, None, 1), "（一）甲；"),
        (Pinpoint(1, 1, 2, 2), "2.丑。"),
        (Pinpoint(1, 3, 1), "（一）丁。"),
    ],
)
def test_a_place_has_its_words_with_all_below(at, words):
    assert locate(TEXT, at).of(TEXT) == words


@pytest.mark.parametrize(
    "at", [Pinpoint(1, 4), Pinpoint(1, 2, 1), Pinpoint(1, None, 3), Pinpoint(1, 1, 1, 1)]
)
def test_an_absent_place_has_none(at):
    assert locate(TEXT, at) is None


def test_an_empty_article_is_its_own_whole():
    assert locate("", Pinpoint(1)).of("") == ""
    assert locate("", Pinpoint(1, 1)) is None
