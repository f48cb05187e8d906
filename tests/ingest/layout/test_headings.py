"""Headings told by the company they keep, and those with a translation."""

import pytest

from ingest.layout import parse
from ingest.layout.vocabulary import known
from kb.model import Role

TITLE = "示例甲食品店不服示例区市场监督管理局行政处罚案"
FACTS = "2024年3月5日，申请人因销售过期糕点被罚款五千元，申请人不服，申请行政复议。"


@pytest.mark.parametrize("word", ["处理", "结果"])
def test_a_weak_heading_counts_where_its_siblings_stand_in_the_same_way(write, word):
    text = f"{TITLE}\n案情：{FACTS}\n{word}：复议机关决定撤销该处罚决定。\n意义：规范了执法。"
    (content,) = parse(write(text))
    headings = [s.heading for s in content.sections if s.role is not Role.HEAD]
    assert headings == ["案情：", f"{word}：", "意义："]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("典型意义（Significance）", Role.SIGNIFICANCE),
        ("典型意义 Significance", Role.SIGNIFICANCE),
        ("Facts 基本案情", Role.FACTS),
        ("Basic Facts 基本案情", Role.FACTS),
        ("复议结果(The Outcome)", Role.RESULT),
    ],
)
def test_a_heading_may_stand_beside_its_translation(words, role):
    assert known(words).role is role


@pytest.mark.parametrize("mark", "▲△◇□○◎→▶※✦❖〓§◆■★●")
@pytest.mark.parametrize("form", ["{0}典型意义{0}", "{0}典型意义", "{0} 典型意义 {0}"])
def test_marks_around_a_heading_hide_it_nowhere(write, mark, form):
    heading = form.format(mark)
    text = f"{TITLE}\n基本案情\n{FACTS}\n复议结果\n复议机关决定撤销。\n{heading}\n本案规范了执法。"
    (content,) = parse(write(text))
    assert [s.role for s in content.sections][-3:] == [Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]
    assert content.sections[-1].heading == heading


def test_english_alone_is_no_heading():
    assert known("Significance") is None
    assert known("基本案情A") is None


def test_a_page_of_bilingual_headings_has_sections(write):
    text = f"{TITLE}\nFacts 基本案情\n{FACTS}\n典型意义（Significance）\n规范了执法。"
    (content,) = parse(write(text))
    assert [s.role for s in content.sections][-2:] == [Role.FACTS, Role.SIGNIFICANCE]
