"""Provisions in the spellings people type, alone and in lists, and where each is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.parse import understand
from kb.search.query import And, Filed, InSection, Node, Not, Or, Quoted, Words, filed
from kb.search.reading import reading
from kb.search.request import FacetName

PENALTY, REVIEW, LITIGATION = "行政处罚法", "行政复议法", "行政诉讼法"
FOOD, TRAFFIC, INJURY = "食品安全法", "道路交通安全法", "工伤保险条例"
OPENNESS, LAND, ORDER = "政府信息公开条例", "土地管理法", "治安管理处罚法"
CIVIL, CRIMINAL = "民法典", "刑法"
EXPLAINED = "最高人民法院关于适用《行政诉讼法》的解释"


def read(query: str) -> Node:
    return understand(query, use_synonyms=False).node


def asked(node: Node) -> frozenset[str]:
    """The provisions that a node asks for, if it is nothing but these and what was typed."""
    match node:
        case Filed(FacetName.STATUTE, values):
            return values
        case Or((Filed(FacetName.STATUTE, values), Quoted())):
            return values
        case _:
            raise AssertionError(node)


SPELLINGS = {
    f"{PENALTY}第33条": """
        行政处罚法第三十三条 行政处罚法第33条 行政处罚法33条 行政处罚法33 处罚法33 处罚法第33
        《行政处罚法》第33条 《行政处罚法》33 <行政处罚法>第33条 〈行政处罚法〉第33条
        【行政处罚法】第33条 [行政处罚法]33 行政处罚法§33 行政处罚法地33条 行政处罚法低33条
        行政处罚法第３３条 行政处罚法３３ 行政處罰法第33條 行政处罚法三十三 行政处罚法三三条
        行政处罚法卅三条 行政处罚法第叁拾叁条 行政处罚法的33条 行政处罚法art.33 处罚法Article33
        行政处罚法：第33条 行政处罚法，第33条 行政处罚法,33 行政处罚法·33 行政处罚法#33
        行政处罚法_33 行政处罚法第33条。 行政处罚法第33条？
        依据行政处罚法第三十三条 根据《行政处罚法》第三十三条之规定 依照行政处罚法33条规定
        违反行政处罚法第三十三条 行政处罚法第三十三条的规定
        中华人民共和国行政处罚法（2021修订）第三十三条 行政处罚法（2021年修订）第33条
        行政处罚法(2021)33 行政处罚法2021年修订第33条 ２０２１年行政处罚法第３３条
        新修订的行政处罚法第33条 修订后的行政处罚法第33条 现行行政处罚法第33条
        2021年修订的行政处罚法第33条 2021版行政处罚法第33条
    """,
    f"{PENALTY}第33条第2款": """
        行政处罚法33条2款 行政处罚法33条第二款 行政处罚法33.2 处罚法33-2 处罚法33/2 处罚法33（2）
        行政处罚法第33條第2款 行政处罚法第三十三条的第二款
    """,
    f"{PENALTY}第33条第2款第1项": """
        《行政处罚法》第33条第2款第(一)项 处罚法33(2)(1) 处罚法33条2款1项 处罚法33-2-1
    """,
    f"{REVIEW}第23条": """
        新行政复议法第23条 新《行政复议法》第二十三条 行复法23 2023年修订的行政复议法第23条
        旧行政复议法第23条
    """,
    f"{LITIGATION}第54条": "旧行诉法54条 行诉法54 行政诉讼法第五十四条 原行政诉讼法第54条",
    f"{FOOD}第126条": "食品安全法地126条 食安法126 食品安全法第一二六条 食品安全法弟126条",
    f"{FOOD}第124条第1款": "食安法124(1) 食安法124条1款 食品安全法第124条第一款",
    f"{TRAFFIC}第91条": "道交法91 道路交通安全法第九十一条 道交法§91",
    f"{TRAFFIC}实施条例第104条": "道路交通安全法实施条例第104条 道路交通安全法实施条例104",
    f"{INJURY}第14条第1项": "工伤保险条例14条1项 工伤保险条例第十四条第（一）项 工伤条例14（1）",
    f"{OPENNESS}第36条": "信息公开条例36 政府信息公开条例第三十六条 信息公开条例第36条",
    f"{LAND}第47条": "土管法47 土地管理法第四十七条 土地管理法47条",
    f"{ORDER}第43条": "治安法43 治安处罚法43条 治安管理处罚法第四十三条",
    f"{CRIMINAL}第120条之1": "刑法第一百二十条之一 刑法120条之一 刑法120之1",
    f"{CIVIL}第1165条": "民法典1165 民法典第一千一百六十五条 民法典第１１６５条",
    f"{EXPLAINED}第1条": """
        行诉解释第1条 最高院关于适用行政诉讼法的解释第一条 最高法关于适用行政诉讼法的解释第1条
        关于适用行政诉讼法的解释第一条 《最高人民法院关于适用〈行政诉讼法〉的解释》第一条
    """,
}


@pytest.mark.parametrize(
    ("query", "value"),
    [(query, value) for value, queries in SPELLINGS.items() for query in queries.split()],
)
def test_a_provision_in_any_spelling(query: str, value: str) -> None:
    assert value in asked(read(query))
    assert understand(query).parts[0].cited


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("行政处罚法 33条2款", f"{PENALTY}第33条第2款"),
        ("行政处罚法 33.2", f"{PENALTY}第33条第2款"),
        ("行政处罚法 § 33", f"{PENALTY}第33条"),
        ("行 政 处 罚 法 第 ３３ 条", f"{PENALTY}第33条"),
        ("行政处罚法　第 33 条　第 2 款", f"{PENALTY}第33条第2款"),
        ("食安法 124(1)", f"{FOOD}第124条第1款"),
        ("旧 行诉法 54 条", f"{LITIGATION}第54条"),
        ("工伤保险条例 14条 六项", f"{INJURY}第14条第6项"),
        ("处罚法 art 33", f"{PENALTY}第33条"),
    ],
)
def test_blanks_within_a_provision(query: str, value: str) -> None:
    node = read(query)
    assert value in asked(node)
    assert isinstance(node, Or)
    assert node.parts[1] == Quoted(query)  # what was typed is found where it stands as well


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("xzcff33", f"{PENALTY}第33条"),
        ("XZCFF33", f"{PENALTY}第33条"),
        ("ｘｚｃｆｆ３３", f"{PENALTY}第33条"),
        ("xzcff 33", f"{PENALTY}第33条"),
        ("xzcff第33条", f"{PENALTY}第33条"),
        ("xzcff33(2)", f"{PENALTY}第33条第2款"),
        ("xzcff33、34", f"{PENALTY}第34条"),
        ("xingzhengchufafa33", f"{PENALTY}第33条"),
        ("spaqf124", f"{FOOD}第124条"),
        ("gsbxtl14", f"{INJURY}第14条"),
        ("法条:xzcff33", f"{PENALTY}第33条"),
    ],
)
def test_a_statute_typed_by_its_sounds(query: str, value: str) -> None:
    assert value in asked(read(query))


@pytest.mark.parametrize(
    "query",
    [
        "covid19",
        "gb2760",
        "dbf3",
        "xff33",
        "xzcff",
        "iso9001",
        "utf8",
        "pm2.5",
        '"xzcff33"',
        "h1n1",
    ],
)
def test_latin_words_stay_words(query: str) -> None:
    assert not filed(read(query), FacetName.STATUTE)


def test_letters_that_spell_a_statute_are_found_where_they_stand_as_well() -> None:
    node = read("xzcff33")
    assert isinstance(node, Or)
    assert node.parts[1] == Quoted("xzcff33")


def of(title: str, *numbers: int) -> frozenset[str]:
    return frozenset(f"{title}第{number}条" for number in numbers)


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        *(
            (query, of(PENALTY, 33, 34), "行政处罚法第33条或第34条")
            for query in (
                "行政处罚法第33、34条",
                "行政处罚法第33条、第34条",
                "行政处罚法第三十三条和第三十四条",
                "行政处罚法第33条及第34条的规定",
                "行政处罚法第33条或第34条",
                "行政处罚法第33条，第34条",
                "《行政处罚法》第33条34条",
                "行政处罚法33、34条",
                "处罚法33、34",
                "处罚法33,34",
                "处罚法33和34",
                "处罚法：33、34条",
                "新修订的行政处罚法第33、34条",
                "行政处罚法第33条 第34条",
                "行政处罚法 第33条 和 第34条",
                "法条:行政处罚法第33、34条",
                "法条:“行政处罚法第33条、第34条”",
            )
        ),
        *(
            (query, of(PENALTY, 33, 34, 35), "行政处罚法第33条至第35条中任一条")
            for query in (
                "行政处罚法第三十三条至第三十五条",
                "行政处罚法第33-35条",
                "行政处罚法33-35条",
                "行政处罚法 33－35 条",
                "处罚法33-35",
                "处罚法33~35",
                "处罚法33到35条",
                "行政处罚法第三十三至三十五条",
                "行政处罚法第33、34、35条",
                "法条:处罚法33-35",
            )
        ),
        ("处罚法33、34、40条", of(PENALTY, 33, 34, 40), "行政处罚法第33条或第34条或第40条"),
        (
            "行政处罚法第33条第1款、第34条",
            of(PENALTY, 34) | {f"{PENALTY}第33条第1款"},
            "行政处罚法第33条第1款或第34条",
        ),
        (
            "刑法120条之一、之二",
            frozenset((f"{CRIMINAL}第120条之1", f"{CRIMINAL}第120条之2")),
            "刑法第120条之1或第120条之2",
        ),
    ],
)
def test_of_several_places_in_one_statute_any_serves(
    query: str, values: frozenset[str], said: str
) -> None:
    understood = understand(query)
    assert asked(understood.node) == values
    assert reading(understood.node).startswith(f"法律依据为{said}")
    assert [part.cited for part in understood.parts] == [""]


def test_a_list_says_how_to_ask_for_all_of_it() -> None:
    (note,) = understand("行政处罚法第33、34条").notes
    assert "行政处罚法第33条或第34条；引用其一即列出" in note
    node = read("行政处罚法第33条 行政处罚法第34条")
    assert isinstance(node, And)
    assert [asked(part) for part in node.parts] == [of(PENALTY, 33), of(PENALTY, 34)]


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("行政处罚法第33、34条和行政复议法第23条", ["行政处罚法第33、34条", "行政复议法第23条"]),
        ("行政处罚法第33、34条，行政复议法第23条", ["行政处罚法第33、34条", "行政复议法第23条"]),
    ],
)
def test_each_statute_that_is_named_must_be_cited(query: str, typed: list[str]) -> None:
    understood = understand(query)
    assert [part.typed for part in understood.parts] == typed
    assert [asked(part.node) for part in understood.parts] == [
        of(PENALTY, 33, 34),
        of(REVIEW, 23),
    ]


def test_one_of_several_statutes() -> None:
    for query in ("行政处罚法第33条或行政复议法第23条", "行政处罚法第33条或者行政复议法第23条"):
        node = read(query)
        assert isinstance(node, Or)
        filed = [part.values for part in node.parts if isinstance(part, Filed)]
        assert filed == [of(PENALTY, 33), of(REVIEW, 23)]
    named = read("法条:行政处罚法第33、34条,行政复议法第23条")
    assert isinstance(named, Or)
    assert [asked(part) for part in named.parts] == [of(PENALTY, 33, 34), of(REVIEW, 23)]


@pytest.mark.parametrize(
    "query", ["行政处罚法第33条 与 第34条", "行政处罚法第33条 AND 第34条", "处罚法33 且 第34条"]
)
def test_a_place_goes_on_with_the_statute_before_it(query: str) -> None:
    node = read(query)
    assert isinstance(node, And)
    assert [asked(part) for part in node.parts] == [of(PENALTY, 33), of(PENALTY, 34)]


def test_a_list_beside_words_in_a_section_and_left_out() -> None:
    beside = read("行政处罚法第33、34条 罚款")
    assert isinstance(beside, And)
    assert asked(beside.parts[0]) == of(PENALTY, 33, 34)
    without = read("-行政处罚法第33、34条")
    assert isinstance(without, Not)
    assert asked(without.part) == of(PENALTY, 33, 34)
    inside = read("理由:行政处罚法第33、34条")
    assert isinstance(inside, InSection)
    assert isinstance(inside.part, Or)
    assert {p.text for p in inside.part.parts if isinstance(p, Words)} == {
        "行政处罚法第三十三条",
        "行政处罚法第三十四条",
    }


@pytest.mark.parametrize(
    ("query", "last"), [("处罚法 33 34", "34"), ("处罚法 33 2024", "2024"), ("处罚法 3 3", "3")]
)
def test_blanks_part_numbers(query: str, last: str) -> None:
    first, other = understand(query).parts
    assert first.cited
    assert other.typed == last


def test_quotation_marks_are_obeyed_beside_a_place() -> None:
    assert read("“行政处罚法 33") == Quoted("行政处罚法 33")
    node = read("“行政处罚法” 第33条")
    assert isinstance(node, And)
    assert node.parts[0] == Quoted("行政处罚法")


def test_a_statute_before_a_colon_is_no_field_that_is_missing() -> None:
    assert not any("不是检索字段" in note for note in understand("行政处罚法：第33条").notes)


@pytest.mark.parametrize("query", ["行政处罚法第33号", "火星法第33条", "第33条", "安全法33、34"])
def test_what_names_no_provision_is_read_as_words(query: str) -> None:
    assert not filed(read(query), FacetName.STATUTE)


def looked_for(node: Node) -> list[str]:
    """What a reading must say of the provisions of a query."""
    match node:
        case Filed():
            return [node.shown]
        case And(parts) | Or(parts):
            return [shown for part in parts for shown in looked_for(part)]
        case Not(part):
            return looked_for(part)
        case _:
            return []


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "行政处罚法",
                "处罚法",
                "《行政复议法》",
                "第",
                "33",
                "34",
                "三十五",
                "条",
                "款",
                "项",
            ),
            *(
                "、",
                "和",
                "或",
                "至",
                "-",
                ",",
                "，",
                " ",
                "(",
                ")",
                "（2021修订）",
                "旧",
                "新",
                "§",
            ),
            *("依据", "的规定", "之一", "0", "9999", ".", "：", "“", "”", "法条:", "理由:", "且"),
        ]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_pieces_of_provisions_in_any_order_are_read_truly(query: str) -> None:
    understood = understand(query)
    said = reading(understood.node)
    assert all(shown in said for shown in looked_for(understood.node))
    for part in understood.parts:
        assert 0 <= part.start <= part.end <= len(query)
        assert part.typed in query


@pytest.mark.parametrize(
    "query",
    [f"行政处罚法第33条 {minus}第34条" for minus in "-－–−"],
)
def test_a_minus_behind_a_blank_leaves_out(query: str) -> None:
    node = understand(query).node
    assert isinstance(node, And)
    wanted, left_out = node.parts
    assert filed(wanted, FacetName.STATUTE) == {"行政处罚法第33条"}
    assert isinstance(left_out, Not)
    assert not filed(node, FacetName.STATUTE) & {"行政处罚法第34条"}


def test_places_typed_alone_behind_a_statute_are_quoted_as_typed() -> None:
    understood = understand("行政处罚法第33条 且 第34、35条")
    several = understood.parts[-1].node
    assert isinstance(several, Or)
    assert Quoted("第34、35条") in several.parts
    assert not any("“”" in note for note in understood.notes)


@pytest.mark.parametrize("query", ["tudifa2020", "xzcff1999", "行政复议202312"])
def test_years_are_no_places_and_topics_no_numbers(query: str) -> None:
    assert isinstance(understand(query, use_synonyms=False).node, Words)
