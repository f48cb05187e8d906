"""What is a question, and what names the words that must stand in a record."""

import json

import pytest

from kb.search.parse import understand
from kb.search.query import And, Words
from kb.search.questions import asks


@pytest.mark.parametrize(
    "text",
    [
        "谁可以成为个体工商户？",
        "公司不交社保怎么办",
        "公司不交社保 怎么办",
        "如何起诉已注销的个体工商户？",
        "保管人可以使用仓储物吗",
        "物业能停水吗?我没交费",
        "處罰太重能不能申請復議",
        "偷东西判几年",
        "请问工伤要去哪里认定",
        "邻居装修可以在夜里施工？",
        "行政处罚法第33条如何理解",
        "任何人都能做什么生意",
        "不服处罚，该怎么办",
    ],
)
def test_questions(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "过期食品 罚款",
        "过期食品 罚款?",
        "工伤？",
        "怎么办",
        "什么？",
        "如何 谁",
        "谁主张谁举证",
        "“谁执法谁普法”普法责任制",
        "任何单位和个人",
        "任何种类的许可",
        "无论如何均应说明理由",
        "那么大的罚款",
        "注射吗啡",
        "行政复议法第30条",
        "渝府复〔2023〕12号",
        "可以从轻处罚",
    ],
)
def test_what_names_words_asks_nothing(text: str) -> None:
    assert not asks(text)


def test_real_questions_are_known(shared_data) -> None:
    file = shared_data / "stard" / "queries-dev.jsonl"
    if not file.is_file():
        pytest.skip("no questions among the real data")
    asked = [json.loads(line)["query"] for line in file.read_text("utf-8").splitlines()]
    unknown = [text for text in asked if not asks(text)]
    assert len(unknown) <= 0.02 * len(asked), unknown


@pytest.mark.parametrize(
    "query",
    [
        "公司不交社保怎么办",
        "公司不交社保 怎么办",
        "丈夫送出的“礼物”能要回来吗？",
        "“名为保理”的合同如何认定",
        "男学生（未成年人）偷东西会被抓吗？",
    ],
)
def test_any_word_of_a_question_serves(query: str) -> None:
    understood = understand(query)
    assert isinstance(understood.node, Words)
    assert not understood.node.every
    assert understood.node.words
    assert any("按问题检索" in note for note in understood.notes)


@pytest.mark.parametrize("query", ["过期食品 罚款", "工伤 -怎么认定", "公司 “不交社保” 怎么办"])
def test_what_must_stand_must_stand(query: str) -> None:
    assert isinstance(understand(query).node, And)


def test_a_provision_with_a_question_mark_is_a_provision() -> None:
    assert understand("行政处罚法第33条？").node == understand("行政处罚法第33条").node


def test_a_question_beside_a_filter() -> None:
    node = understand("地区:重庆 公司不交社保怎么办").node
    assert isinstance(node, And)
    assert [part.every for part in node.parts if isinstance(part, Words)] == [False]


def test_a_question_leads_to_the_terms_of_the_law_unless_switched_off() -> None:
    node = understand("顾客在超市摔倒怎么办").node
    assert isinstance(node, Words)
    assert "经营场所" in node.synonyms
    assert any("经营场所" in note for note in understand("顾客在超市摔倒怎么办").notes)
    node = understand("顾客在超市摔倒怎么办", use_synonyms=False).node
    assert isinstance(node, Words)
    assert node.synonyms == ()
