"""Numbers of cases and papers in the spellings people type."""

import pytest

from kb.search.parse import understand
from kb.search.query import And, Node, Or, Quoted
from kb.text.exact import needle


def read(query: str) -> Node:
    return understand(query, use_synonyms=False).node


def quoted(node: Node) -> set[str]:
    """The spellings that a node looks for, folded, if it looks for nothing else."""
    parts = node.parts if isinstance(node, Or) else (node,)
    found = {needle(part.text).plain for part in parts if isinstance(part, Quoted)}
    assert len([part for part in parts if isinstance(part, Quoted)]) == len(parts), node
    return found


REVIEW = [
    "渝中府复〔2023〕85号",
    "渝中府复[2023]85号",
    "渝中府复［2023］85号",
    "渝中府复（2023）85号",
    "渝中府复【2023】85号",
    "渝中府复〔2023)85号",
    "渝中府复〔２０２３〕８５号",
    "渝中府复〔2023〕85號",
    "渝中府复〔2023〕第85号",
    "渝中府复字〔2023〕85号",
    "渝中府复〔2023年〕85号",
    "渝中府复[2023年]第85号",
    "渝中府复2023年85号",
    "渝中府复2023-85号",
    "渝中府复2023-85",
    "渝中府复2023第85号",
    "渝中府复202385号",
    "渝中府复〔2023〕85",
    "渝中府复 〔2023〕 85 号",
    "渝中府复 2023 85号",
    "渝中府复 2023 85",
    "渝中府复2023 第85号",
    "渝中府复　２０２３　８５",
    "〔2023〕渝中府复85号",
    "〔2023〕渝中府复字第85号",
    "案号:渝中府复2023 85",
    "案号：渝中府复〔2023〕85号",
]
COURT = [
    "(2024)渝01行终354号",
    "（2024）渝01行终354号",
    "[2024]渝01行终354号",
    "〔2024〕渝01行终354号",
    "（2024）渝01行终354",
    "2024渝01行终354号",
    "2024渝01行终354",
    "2024年渝01行终354号",
    "（2024年）渝01行终354号",
    "（2024渝01行终354号",
    "2024）渝01行终354号",
    "（2024） 渝 01 行终 354 号",
    "2024 渝01 行终 354 号",
    "2024 渝01 行终 354",
    "（2024）渝01行终字第354号",
    "（2024）渝01行终第354号",
    "（２０２４）渝０１行终３５４号",
]


@pytest.mark.parametrize("query", REVIEW)
def test_the_number_of_a_review(query: str) -> None:
    plain = {spelling.removesuffix("号") for spelling in quoted(read(query))}
    assert "渝中府复(2023)85" in plain


@pytest.mark.parametrize("query", COURT)
def test_the_number_of_a_court(query: str) -> None:
    assert "(2024)渝01行终354号" in {f"{said.removesuffix('号')}号" for said in quoted(read(query))}


@pytest.mark.parametrize(
    "query", [query for query in (*REVIEW, *COURT) if ":" not in query and "：" not in query]
)
def test_what_was_typed_is_looked_for_as_well(query: str) -> None:
    assert needle(query).plain in quoted(read(query))


@pytest.mark.parametrize(
    "query",
    [
        "罚款 2023-12",
        "罚款 2023 12",
        "重庆 2023年 5",
        "恢复 2023 12",
        "行政复议 2023 12",
        "江北 2023 85号",
    ],
)
def test_words_years_and_numbers_side_by_side_stay_apart(query: str) -> None:
    node = read(query)
    assert isinstance(node, And)
    assert len(node.parts) == len(query.split())


def test_a_number_does_not_take_in_the_word_before_it() -> None:
    for query in ("食品 渝中府复 2023 85号", "食品 渝中府复2023 85", "食品 渝中府复〔2023〕85号"):
        word, number = understand(query).parts
        assert (word.typed, number.typed) == ("食品", query[3:])
        assert "渝中府复(2023)85" in {said.removesuffix("号") for said in quoted(number.node)}


def test_a_number_in_several_words_beside_others() -> None:
    first, number, last = understand("食品 渝中府复 2023 85号 罚款").parts
    assert (first.typed, number.typed, last.typed) == ("食品", "渝中府复 2023 85号", "罚款")
    assert "渝中府复(2023)85号" in quoted(number.node)
