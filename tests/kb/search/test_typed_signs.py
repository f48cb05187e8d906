"""Signs of the query language as people type them: without blanks, doubled, in odd places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.parse import understand
from kb.search.query import And, Filed, Node, Not, Or, Quoted, Words
from kb.search.reading import reading
from kb.search.request import FacetName, SearchRequest
from kb.service import KnowledgeBase

FOOD, FINE = Quoted("食品"), Quoted("罚款")


def read(query: str) -> Node:
    return understand(query, use_synonyms=False).node


@pytest.mark.parametrize(
    "query",
    ["“食品”或“罚款”", "“食品”或者“罚款”", "“食品”|“罚款”", '"食品"或"罚款"', '"食品"OR"罚款"'],
)
def test_either_of_two_quotations_without_blanks(query: str) -> None:
    node = read(query)
    assert node == Or((Quoted(query[1:-1]), Or((FOOD, FINE))))


@pytest.mark.parametrize(
    "query",
    ["“食品”、“罚款”", "“食品”和“罚款”", "“食品”，“罚款”", "“食品”“罚款”", '"食品"、"罚款"'],
)
def test_both_of_two_quotations_without_blanks(query: str) -> None:
    assert read(query) == Or((Quoted(query[1:-1]), And((FOOD, FINE))))


def test_two_quotations_in_brackets_of_their_own_are_never_one() -> None:
    assert read("「食品」或「罚款」") == Or((FOOD, FINE))
    assert read("“食品”或“罚款” “工伤”") == Or(
        (Quoted("食品”或“罚款” “工伤"), And((Or((FOOD, FINE)), Quoted("工伤"))))
    )


@pytest.mark.parametrize("joined", ["和", "及", "以及", "、", "，", ",", "与", "且"])
def test_words_that_join_two_words_stand_for_nothing(joined: str) -> None:
    understood = understand(f"食品 {joined} 罚款", use_synonyms=False)
    assert understood.node == read("食品 罚款")
    assert understood.notes == ()


@pytest.mark.parametrize("query", ["地区:-重庆", "地区：－重庆", "地区:NOT 重庆", "-地区:重庆"])
def test_a_value_left_out(query: str) -> None:
    node = read(query)
    assert isinstance(node, Not)
    assert isinstance(node.part, Filed)
    assert node.part.facet is FacetName.REGION
    assert reading(node) == "不含 地区为重庆"


@pytest.mark.parametrize("query", ["5,000元", "5，000元", "罚款1,234,567元"])
def test_a_comma_between_thousands_parts_nothing(query: str) -> None:
    node = read(query)
    assert isinstance(node, Words)
    assert node.text == query


@pytest.mark.parametrize("query", ["食品,100", "2023,2024", "食品，罚款"])
def test_any_other_comma_does(query: str) -> None:
    assert isinstance(read(query), And)


def test_an_amount_is_found_with_and_without_its_commas(sample_base: KnowledgeBase) -> None:
    def found(query: str) -> set[str]:
        answer = sample_base.search(SearchRequest.from_pairs([("q", query), ("size", "50")]))
        return {hit.id for hit in answer.hits}

    assert found("5,000元") == found("5000元") == found('"5000元"')
    assert found("5000元")


ODD = st.lists(
    st.sampled_from(
        [
            *(
                "\u200b",
                "\x00",
                "\ud800",
                "\U0001f600",
                "ﷺ",
                "İ",
                "ß",
                "㈠",
                "①",
                "⼀",
                "ﬁ",
                "\u0301",
            ),
            *("\u202e", "\ufeff", "\n", "\t", "\u3000", "①②", "𠮷", "〇", "０", "Ⅳ", "½", "٣"),
            *(
                '"',
                "“",
                "”",
                "「",
                "(",
                "）",
                "-",
                "或",
                " 或 ",
                "和",
                "、",
                ",",
                ":",
                "：",
                "|",
                "+",
            ),
            *("地区:", "法条:", "案号:", "年份:", "段落:", "标题:", "section:", "NOT ", " OR "),
            *(
                "行政处罚法",
                "第33条",
                "33",
                "xzcff33",
                "〔2023〕",
                "渝中府复",
                "85号",
                "食品",
                "5,000",
            ),
        ]
    ),
    max_size=12,
).map("".join)


@given(ODD)
def test_odd_characters_are_read_and_said(query: str) -> None:
    understood = understand(query)
    assert reading(understood.node) or not understood.parts
    for part in understood.parts:
        assert 0 <= part.start <= part.end <= len(query)


@given(ODD)
def test_odd_characters_are_searched(sample_base: KnowledgeBase, query: str) -> None:
    answer = sample_base.search(SearchRequest.from_pairs([("q", query)]))
    assert answer.reading.text
    assert len(answer.hits) <= answer.total
