"""Any text is a query: what it is read as, and that nothing makes the reader fail."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Role
from kb.search.fields import FACET_LABELS
from kb.search.lexer import UNCLOSED
from kb.search.parse import understand, understand_all
from kb.search.query import And, Everything, Filed, InSection, Node, Not, Or, Quoted, Words
from kb.search.reading import reading, short
from kb.search.request import FacetName, SearchRequest
from kb.search.sections import Sections
from kb.text.exact import needle


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


@pytest.mark.parametrize(
    "query",
    [
        '"府复"',
        "“府复”",
        "「府复」",
        "『府复』",
        "＂府复＂",
        "‘府复’",
        "”府复“",
        "”府复”",
        '“府复"',
        '"府复”',
    ],
)
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


@pytest.mark.parametrize(
    "query",
    [
        *("食品 -工伤", "食品 －工伤", "食品 −工伤", "食品 !工伤", "食品 ！工伤", "食品 NOT 工伤"),
        *("食品 not 工伤", "食品 ＮＯＴ 工伤", "食品 非 工伤", "食品 不含 工伤", "食品 排除 工伤"),
    ],
)
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


@pytest.mark.parametrize(
    "query",
    [
        *("工伤 OR 工亡", "工伤 or 工亡", "工伤 ＯＲ 工亡", "工伤 或 工亡", "工伤 或者 工亡"),
        *("工伤 | 工亡", "工伤|工亡", "工伤｜工亡", "工伤 || 工亡"),
    ],
)
def test_or(query: str) -> None:
    node = read(query)
    assert isinstance(node, Or)
    assert [part.text for part in node.parts if isinstance(part, Words)] == ["工伤", "工亡"]


@pytest.mark.parametrize(
    "query",
    ["（工伤 或 工亡） 骑手", "(工伤 或 工亡) 骑手", "(工伤|工亡) 骑手", "( 工伤 OR 工亡 )骑手"],
)
def test_brackets_group(query: str) -> None:
    node = read(query)
    assert isinstance(node, And)
    assert isinstance(node.parts[0], Or)


@pytest.mark.parametrize("query", ["NOT (工伤 或 工亡)", "NOT(工伤 或 工亡)", "-（工伤 或 工亡）"])
def test_a_group_is_left_out_as_one(query: str) -> None:
    node = read(query)
    assert isinstance(node, Not)
    assert isinstance(node.part, Or)


@pytest.mark.parametrize(
    "query", ["((工伤", "工伤))", "+工伤", "＋工伤", "工伤 AND", "工伤 () - *"]
)
def test_signs_without_a_meaning_are_passed_over(query: str) -> None:
    assert read(query) == read("工伤")


@pytest.mark.parametrize(
    "query",
    [
        *(
            "渝中府复〔2024〕85号",
            "渝中府复[2024]85号",
            "渝中府复（2024）85号",
            "渝中府复【2024】 85 号",
        ),
        *(
            "渝中府复〔２０２４〕８５号",
            "渝中府复〔2024〕第85号",
            "渝中府复2024年85号",
            "渝中府复2024-85",
        ),
        *("渝中府复字〔2024〕85号", "渝中府復〔2024〕85號", "案号:渝中府复2024-85号"),
    ],
)
def test_docket_numbers_are_quotations_in_any_spelling(query: str) -> None:
    node = read(query)
    spellings = node.parts if isinstance(node, Or) else (node,)
    assert all(isinstance(spelling, Quoted) for spelling in spellings)
    plain = {needle(part.text).plain.removesuffix("号") for part in spellings}  # type: ignore[union-attr]
    assert "渝中府复(2024)85" in plain


@pytest.mark.parametrize(
    "query",
    [
        *("(2024)渝01行终354号", "（2024）渝01行终354号", "2024渝01行终354号", "2024渝01行终354"),
        *("(2024) 渝01 行终 354 号", "（2024）渝01行终字第354号", "（２０２４）渝０１行终３５４号"),
    ],
)
def test_numbers_of_courts_in_any_spelling(query: str) -> None:
    node = read(query)
    assert isinstance(node, Or)
    assert "(2024)渝01行终354号" in {
        needle(p.text).plain for p in node.parts if isinstance(p, Quoted)
    }


def test_a_number_does_not_take_in_the_words_before_it() -> None:
    node = read("食品 渝中府复〔2024〕85号")
    assert isinstance(node, And)
    assert needed(node.parts[0]) == ("食品",)


@pytest.mark.parametrize("query", ["2024-05-06", "2024-5-6", "2024/05/06", "2024.5.6"])
def test_a_day_in_digits_is_found_as_texts_write_it(query: str) -> None:
    assert read(query) == Or((Quoted(query), Quoted("2024年5月6日")))


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
        "旧行政复议法第30条第1款第2项",
        "行政復議法第三十條第一款第二項",
    ],
)
def test_a_provision_in_any_spelling(query: str) -> None:
    node = read(query)
    assert isinstance(node, Or)
    filed = node.parts[0]
    assert isinstance(filed, Filed)
    assert filed.facet is FacetName.STATUTE
    assert "行政复议法第30条第1款第2项" in filed.values
    assert understand(query).parts[0].cited == "行政复议法第三十条第一款第二项"


@pytest.mark.parametrize(
    "query",
    [
        "处罚法33 罚款",
        "处罚法 33 罚款",
        "处罚法 第33条 罚款",
        "法条:处罚法 33 罚款",
        "处罚法33，罚款",
    ],
)
def test_a_provision_beside_words(query: str) -> None:
    provision, words = understand(query).parts
    assert provision.cited == "行政处罚法第三十三条"
    assert needed(words.node) == ("罚款",)


def test_a_lone_number_in_brackets_may_be_a_paragraph_or_an_item() -> None:
    node = read("法条:工伤保险条例14(6)")
    assert isinstance(node, Filed)
    assert node.values == {"工伤保险条例第14条第6款", "工伤保险条例第14条第6项"}
    assert "或" in reading(node)


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
        ("種類：判决书", FacetName.KIND, "judgment"),
        ("ＲＥＧＩＯＮ：５０００００", FacetName.REGION, "500000"),
        ("地區 ： 重慶", FacetName.REGION, "500000"),
        ("处理结果:撤销", FacetName.OUTCOME, "court_revoke"),
        ("outcome:Upheld", FacetName.OUTCOME, "uphold"),
        ("行为:处罚", FacetName.ACT, "penalty"),
        ("争议焦点:小过重罚", FacetName.ISSUE, "discretion_proportionality"),
        ("法律依据：《行政处罚法》第三十三条", FacetName.STATUTE, "行政处罚法第33条"),
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


SIGNS = st.lists(
    st.sampled_from(
        [
            *'"“”「」（）()-－！|｜：: 　,，、。＋+',
            *(
                "或",
                " OR ",
                " NOT ",
                "非",
                "段落:",
                "典型意义:",
                "section:facts",
                "标题：",
                "地区:",
            ),
            *(
                "年份:2023..",
                "法条:",
                "案号:",
                "批次:",
                "过期食品",
                "罚款",
                "小过重罚",
                "处罚法 33",
            ),
            *("渝中府复〔2024〕85号", "2024", "第三条", "火星:", "的"),
        ]
    ),
    max_size=14,
).map("".join)


def pieces(node: Node) -> Iterator[str]:
    """What a reading must say of a query."""
    match node:
        case Words(text) | Quoted(text):
            yield short(text)
        case Filed(facet, values, shown):
            yield f"{FACET_LABELS[facet]}为{shown or '、'.join(sorted(values))}"
        case InSection(roles, part):
            yield Sections(roles).label
            yield from pieces(part)
        case Not(part):
            yield from pieces(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from pieces(part)


def test_brackets_within_a_quotation_group_nothing() -> None:
    both = And((Quoted("化、流转"), Quoted("条第（")))
    assert read('("化、流转" "条第（")') == both
    assert read('-("化、流转" "条第（")') == Not(both)


def test_a_bracket_around_what_is_left_out() -> None:
    assert read("(-罚款)") == read("-罚款")
    assert read("食品 (-罚款)") == read("食品 -罚款")


def test_lines_and_stops_within_a_quotation_do_not_make_a_story() -> None:
    quoted = "甲，乙；丙。丁，戊；己。\n庚，辛；壬。" * 3
    assert read(f'行政 "{quoted}"') == And((read("行政"), Quoted(quoted)))


@given(st.one_of(st.text(max_size=60), SIGNS))
def test_nothing_makes_it_fail_and_the_reading_says_every_part(query: str) -> None:
    understood = understand(query)
    said = reading(understood.node)
    assert all(piece in said for piece in pieces(understood.node))
    for part in understood.parts:
        assert 0 <= part.start <= part.end <= len(query)


@given(SIGNS)
def test_only_words_are_looked_for_in_a_section(query: str) -> None:
    def check(node: Node, inside: bool) -> None:
        match node:
            case InSection(roles, part):
                assert roles
                assert not inside
                check(part, True)
            case Filed() | Everything():
                assert not inside
            case Not(part):
                check(part, inside)
            case And(parts) | Or(parts):
                for part in parts:
                    check(part, inside)

    node = understand(query).node
    if node != Everything():
        check(node, False)


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
        "段落:事实 " * 400,
        "段落:事实(" * 400,
        '" ' * 5000,
        "火星:甲 " * 300,
        "处罚法 33 " * 60,
        "a|" * 5000,
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


@pytest.mark.parametrize(
    "said",
    [
        *(
            "2023..2025",
            "2023-2025",
            "2023－2025",
            "2023—2025",
            "2023~2025",
            "2023～2025",
            "2023…2025",
        ),
        *(
            "2023至2025",
            "2023 到 2025",
            "2023年至2025年",
            " 2023 - 2025",
            "2025..2023",
            "２０２３..２０２５",
        ),
        *("二〇二三..二〇二五",),
    ],
)
def test_ranges_of_years_however_written(said: str) -> None:
    for name in ("年份:", "年份：", "year:"):
        assert read(name + said) == Filed(
            FacetName.YEAR, frozenset(("2023", "2024", "2025")), "2023–2025"
        )


@pytest.mark.parametrize(
    "said", ["2023..", "2023-", "2023年以来", "2023年至今", ">=2023", "≥2023", "2023年起"]
)
def test_years_since(said: str) -> None:
    node = read(f"年份:{said}")
    assert isinstance(node, Filed)
    assert "2030" in node.values
    assert "2022" not in node.values


@pytest.mark.parametrize("said", ["..2023", "2023年以前", "≤2023"])
def test_years_until(said: str) -> None:
    node = read(f"年份:{said}")
    assert isinstance(node, Filed)
    assert "2010" in node.values
    assert "2024" not in node.values


SIGNIFICANCE = frozenset((Role.SIGNIFICANCE.value,))


@pytest.mark.parametrize(
    "query",
    [
        *(
            "段落:典型意义 罚款",
            "段落：典型意义　罚款",
            "段落:“典型意义” 罚款",
            "段落 : 典型意义 罚款",
        ),
        *(
            "典型意义:罚款",
            "典型意义：罚款",
            "典型意义: 罚款",
            "意义:罚款",
            "启示:罚款",
            "段落:案例启示 罚款",
        ),
        *(
            "section:significance 罚款",
            "SECTION：Significance 罚款",
            "ｓｅｃｔｉｏｎ:典型意义 罚款",
        ),
        *("significance:罚款", "段落:典型意义(罚款)", "段落:典型意义（罚款）", "典型意义:(罚款)"),
    ],
)
def test_words_in_one_section(query: str) -> None:
    node = read(query)
    assert isinstance(node, InSection)
    assert node.roles == SIGNIFICANCE
    assert needed(node.part) == ("罚款",)
    assert "只在“典型意义”里找：罚款" in understand(query).notes


def test_a_section_holds_the_next_sign_or_a_group() -> None:
    node = read("段落:典型意义 罚款 撤销")
    assert isinstance(node, And)
    assert isinstance(node.parts[0], InSection)
    assert needed(node.parts[1]) == ("撤销",)
    assert reading(node) == "“典型意义”里有 罚款，且 撤销"
    group = read("段落:典型意义(罚款 或 撤销)")
    assert isinstance(group, InSection)
    assert isinstance(group.part, Or)
    assert read('典型意义:"过罚 相当"') == InSection(SIGNIFICANCE, Quoted("过罚 相当"))


def test_several_sections_and_the_title() -> None:
    node = read("段落:事实,理由 罚款")
    assert isinstance(node, InSection)
    assert node.roles == {"facts", "reasons"}
    for query in ("标题:工伤", "title:工伤", "段落:标题 工伤"):
        title = read(query)
        assert isinstance(title, InSection)
        assert title.roles == {"title"}
    body = read("正文:工伤")
    assert isinstance(body, InSection)
    assert body.roles == {role.value for role in Role}


@pytest.mark.parametrize("query", ["典型意义:-罚款", "-典型意义:罚款", "NOT 段落:典型意义 罚款"])
def test_words_left_out_of_a_section(query: str) -> None:
    node = read(query)
    assert isinstance(node, Not)
    assert isinstance(node.part, InSection)
    assert reading(node) == "“典型意义”里没有 罚款"
    assert understand(query).notes == ("不在“典型意义”里找：罚款",)


def test_a_provision_in_a_section_is_looked_for_by_its_words() -> None:
    node = read("理由:处罚法33")
    assert isinstance(node, InSection)
    assert isinstance(node.part, Or)
    assert needed(node.part.parts[1]) == needed(read("理由:行政处罚法第三十三条").part.parts[1])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("段落:火星 罚款", ["火星", "罚款"]),
        ("段落:典型意义", ["典型意义"]),
        ("典型意义: 地区:重庆", ["典型意义"]),
        ("法院级别:高级", ["法院级别", "高级"]),
    ],
)
def test_what_cannot_be_read_so_is_read_as_words_and_says_so(query: str, words: list[str]) -> None:
    understood = understand(query)
    assert [p.node.text for p in understood.parts if isinstance(p.node, Words)] == words
    assert "已按词检索" in understood.notes[0]


def test_a_slip_in_a_fields_name_is_pointed_out() -> None:
    assert "是不是“争议焦点:”" in understand("争议交点:程序").notes[0]


def test_a_heading_before_pasted_facts_is_no_field() -> None:
    facts = "申请人因工受伤，申请认定工伤，人社局认为不属于上下班途中，不予认定，申请人不服。"
    node = read(f"基本案情：{facts}")
    assert isinstance(node, Words)
    assert not node.every


def test_part_of_a_name_that_the_index_knows() -> None:
    def names(facet: FacetName) -> list[str]:
        return ["第三批典型案例", "第十三批指导性案例"] if facet is FacetName.BATCH else []

    for query in ("批次:典型", "批次:第3批", "batch:第三批"):
        node = understand(query, names=names).node
        assert node == Filed(FacetName.BATCH, frozenset(("第三批典型案例",)), "第三批典型案例")
    both = understand("批次:案例", names=names)
    assert isinstance(both.node, Filed)
    assert len(both.node.values) == 2
    assert "读作：第三批典型案例、第十三批指导性案例" in both.notes[0]
    assert understand("批次:第九批", names=names).node == Quoted("第九批")


def test_words_within_the_results_are_parts_of_their_own() -> None:
    request = SearchRequest(q="过期食品", within=("罚款 -拘留", "小过重罚"), synonyms=False)
    understood = understand_all(request)
    assert [(part.typed, part.within) for part in understood.parts] == [
        ("过期食品", None),
        ("罚款 -拘留", 0),
        ("小过重罚", 1),
    ]
    assert reading(understood.node) == "过期食品，且 （罚款 且 不含 拘留），且 小过重罚"


def test_pasted_facts_are_a_description_with_or_without_line_breaks() -> None:
    facts = ["申请人因工受伤后申请认定工伤。", "人社局认为不属于上下班途中，不予认定。"]
    for text in ("\n".join(facts), "地区：某区\n" + "".join(facts) * 12):
        node = read(text)
        assert isinstance(node, Words)
        assert not node.every
