"""Names of papers: the line that is one's head, the title that speaks of one, who issued it."""

import pytest

from kb.law.papers import issuer, mentioned, named, opening
from kb.model import Kind


@pytest.mark.parametrize(
    ("line", "label", "organ"),
    [
        ("行 政 复 议 决 定 书", "行政复议决定书", ""),
        ("《行政复议决定书》", "行政复议决定书", ""),
        ("行政复议决定书（示例）", "行政复议决定书", ""),
        (
            "示例市人民政府行政复议决定书（示府复〔2024〕7号）",
            "行政复议决定书",
            "示例市人民政府",
        ),
        ("示例市司法局 行政复议终止决定书", "行政复议终止决定书", "示例市司法局"),
        ("行政复议申请不予受理决定书", "行政复议申请不予受理决定书", ""),
        ("驳回行政复议申请决定书", "驳回行政复议申请决定书", ""),
        ("行政复议调解书", "行政复议调解书", ""),
        ("行政复议意见书", "行政复议意见书", ""),
        ("重庆市示例区人民法院 行政判决书（2024）渝0199行初7号", "判决书", "重庆市示例区人民法院"),
        ("行 政 裁 定 书", "裁定书", ""),
        ("行政賠償判決書", "判决书", ""),
        ("民事判决书", "判决书", ""),
    ],
)
def test_names_a_paper(line, label, organ):
    found = named(line)
    assert found
    assert (found.paper.label, found.organ) == (label, organ)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "行政处罚决定书",
        "不予行政处罚决定书",
        "张某诉某局行政处罚一审行政判决书",
        "申请人不服行政复议决定书，提起诉讼。",
        "附一审、二审判决书",
        "行政复议申请书",
        "书" * 500,
    ],
)
def test_is_no_head_of_a_paper(line):
    assert named(line) is None


def test_a_title_speaks_of_the_paper_it_names_last():
    found = mentioned("邓某不服行政处罚决定书一案行政复议终止决定书_示例市司法局")
    assert found
    assert found.paper.outcome == "terminate"
    assert mentioned("李某诉示例市人民政府行政复议决定案") is None
    judgment = mentioned("唐某与示例县公安局行政处罚一审行政判决书")
    assert judgment
    assert judgment.paper.kind is Kind.JUDGMENT


@pytest.mark.parametrize(
    ("line", "organ"),
    [
        ("重庆市渝中区人民政府", "重庆市渝中区人民政府"),
        ("成都 铁路运输 第一法院", "成都铁路运输第一法院"),
        ("四川省自然资源厅行政复议决定书", "四川省自然资源厅"),
        ("申请人：张某", ""),
        ("行政复议决定书", ""),
        ("二〇二四年五月六日", ""),
    ],
)
def test_who_issued_it(line, organ):
    assert issuer(line) == organ


def test_a_head_that_runs_on_into_the_text():
    text = "上诉人(原审原告)房某,男,住示例区。" * 5
    found = opening(f"示例市中级人民法院行 政 判 决 书(2021)渝02行终38号 {text}")
    assert found
    name, at = found
    assert (name.organ, name.name) == ("示例市中级人民法院", "行政判决书")
    line = f"示例市中级人民法院行 政 判 决 书(2021)渝02行终38号 {text}"
    assert line[at:] == text
    assert opening(text) is None
