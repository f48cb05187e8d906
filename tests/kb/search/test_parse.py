"""Any text is a query: what it is read as, and that nothing makes the reader fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.lexer import UNCLOSED
from kb.search.parse import understand
from kb.search.query import And, Everything, Filed, Node, Not, Or, Quoted, Words
from kb.search.request import FacetName


def read(query: str) -> Node:
    return understand(query, use_synonyms=False).node


def needed(node: Node) -> tuple[str, ...]:
    assert isinstance(node, Words)
    return node.words


def test_nothing_asks_for_everything() -> None:
    assert read("") == read(" \u3000 ") == Everything()


def test_words_side_by_side_must_all_stand() -> None:
    node = read("过期食品　罚款")
    assert isinstance(node, And)
    assert [part.text for part in node.parts if isinstance(part, Words)] == ["过期食品", "罚款"]


def test_a_word_made_of_others_need_not_stand_as_one() -> None:
    node = read("过期食品")
    assert isinstance(node, Words)
    assert set(node.words) == {"过期", "食品"}
    assert "过期食品" in node.longer


@pytest.mark.parametrize("query", ['"府复"', "“府复”", "「府复」", "『府复』", "＂府复＂"])
def test_quotation_marks_of_every_kind(query: str) -> None:
    assert read(query) == Quoted("府复")


def test_marks_within_a_quotation_are_quoted() -> None:
    assert read('"他说“好”。然后"') == Quoted("他说“好”。然后")
    assert read('"甲"乙"') == Or((Quoted('甲"乙'), Quoted('甲"乙')))


def test_several_quotations_may_also_be_one() -> None:
    node = read('"甲" "乙"')
    assert node == Or((Quoted('甲" "乙'), And((Quoted("甲"), Quoted("乙")))))


def test_an_open_quotation_goes_to_the_end_and_says_so() -> None:
    understood = understand('"过期 食品')
    assert understood.node == Quoted("过期 食品")
    assert UNCLOSED in understood.notes


@pytest.mark.parametrize("query", ["食品 -工伤", "食品 －工伤", "食品 NOT 工伤", "食品 非 工伤"])
def test_exclusion(query: str) -> None:
    node = read(query)
    assert isinstance(node, And)
    excluded = node.parts[1]
    assert isinstance(excluded, Not)
    assert needed(excluded.part) == ("工伤",)


def test_what_is_excluded_has_no_synonyms() -> None:
    node = understand("-工伤").node
    assert isinstance(node, Not)
    assert isinstance(node.part, Words)
    assert node.part.synonyms == ()


@pytest.mark.parametrize("query", ["工伤 OR 工亡", "工伤 或 工亡", "工伤 | 工亡", "工伤 或者 工亡"])
def test_or(query: str) -> None:
    node = read(query)
    assert isinstance(node, Or)
    assert [part.text for part in node.parts if isinstance(part, Words)] == ["工伤", "工亡"]


def test_brackets_group() -> None:
    node = read("（工伤 或 工亡） 骑手")
    assert isinstance(node, And)
    assert isinstance(node.parts[0], Or)


@pytest.mark.parametrize(
    "query", ["渝中府复〔2024〕85号", "(2024)渝01行终354号", "（2024）渝01行终354号"]
)
def test_docket_numbers_are_quotations_whatever_their_brackets(query: str) -> None:
    assert read(query) == Quoted(query)


@pytest.mark.parametrize(
    "query",
    [
        "行政复议法第三十条第一款第二项",
        "《行政复议法》第三十条第一款第（二）项",
        "《中华人民共和国行政复议法》第30条第1款第2项",
        "行政复议法第30条第1款第(2)项",
        "行政复议法第３０条第１款第２项",
        "行复法30(1)(2)",
        "行复法 30-1-2",
        "行政复议法30条1款2项",
    ],
)
def test_a_provision_in_any_spelling(query: str) -> None:
    node = read(query)
    assert isinstance(node, Or)
    filed = node.parts[0]
    assert isinstance(filed, Filed)
    assert (filed.facet, filed.values) == (FacetName.STATUTE, {"行政复议法第30条第1款第2项"})


@pytest.mark.parametrize(
    ("query", "facet", "value"),
    [
        ("地区:重庆", FacetName.REGION, "500000"),
        ("地区：渝北区", FacetName.REGION, "500112"),
        ("region:510115", FacetName.REGION, "510115"),
        ("结果:撤销", FacetName.OUTCOME, "revoke"),
        ("法条:处罚法33", FacetName.STATUTE, "行政处罚法第33条"),
        ("年份:2023..2025", FacetName.YEAR, "2024"),
        ("year:2023", FacetName.YEAR, "2023"),
        ("种类:典型案例", FacetName.KIND, "typical_case"),
    ],
)
def test_fields_in_chinese_and_english(query: str, facet: FacetName, value: str) -> None:
    node = read(query)
    assert isinstance(node, Filed)
    assert node.facet is facet
    assert value in node.values


def test_several_values_of_a_field_are_or() -> None:
    node = read("地区:成都,重庆")
    assert isinstance(node, Or)


def test_an_unknown_value_is_taken_as_words_and_says_so() -> None:
    understood = understand("地区:火星")
    assert understood.node == Quoted("火星")
    assert "火星" in understood.notes[0]


def test_synonyms_are_named_and_can_be_off() -> None:
    understood = understand("小过重罚")
    assert isinstance(understood.node, Words)
    assert "过罚不当" in understood.node.synonyms
    assert "过罚不当" in understood.notes[0]
    assert understand("小过重罚", use_synonyms=False).notes == ()


def test_a_description_of_facts_is_read_as_any_of_its_words() -> None:
    node = read("我在工地干活时从脚手架上摔下来受伤，包工头不承认劳动关系，人社局也不予认定工伤")
    assert isinstance(node, Words)
    assert not node.every
    assert "的" not in node.words


SIGNS = st.text(
    alphabet='"“”「」()（）-－ :：或OR且NOT地区年份法条:过期食品罚款..2024第三条〔〕号府复',
    max_size=40,
)


@given(st.one_of(st.text(max_size=60), SIGNS))
def test_nothing_makes_it_fail(query: str) -> None:
    understood = understand(query)
    for index in range(len(understood.parts)):
        understood.without(index)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 3000,
        "-" * 1000 + "a",
        "(" * 1500 + "a b" + ")" * 1500,
        "not " * 4000,
        "a" * 4000,
        "食" * 4000,
        "法条:" * 500,
        "1" * 5000,
        "九亿" * 1500,
        '"' + "九亿" * 1500 + '"',
    ],
)
def test_what_nobody_types_is_read_as_well(query: str) -> None:
    assert understand(query).parts


def test_a_blank_after_the_colon_and_a_group_of_values() -> None:
    assert read("地区: 重庆") == read("地区:重庆")
    assert read("地区:(重庆 或 成都)") == read("地区:重庆,成都")


@pytest.mark.parametrize("query", ["年份:2023-2025", "年份:2023至2025", "年份:2023—2025"])
def test_ranges_of_years_however_written(query: str) -> None:
    assert read(query) == read("年份:2023..2025")


def test_pasted_facts_are_a_description_with_or_without_line_breaks() -> None:
    facts = ["申请人因工受伤后申请认定工伤。", "人社局认为不属于上下班途中，不予认定。"]
    for text in ("\n".join(facts), "地区：某区\n" + "".join(facts) * 12):
        node = read(text)
        assert isinstance(node, Words)
        assert not node.every
