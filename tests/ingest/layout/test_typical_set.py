"""Sets of cases in every style of number, heading and contents list seen on published pages."""

from collections.abc import Callable
from itertools import product

import pytest

from ingest.layout import choose, parse
from kb.errors import BadSource
from kb.model import Content, Role
from kb.text.numerals import chinese

TITLES = [
    "示例甲食品店不服示例区市场监督管理局行政处罚案",
    "陈某不服示例县人力资源和社会保障局不予认定工伤决定案",
    "示例乙建材有限公司申请撤销示例市生态环境局行政处罚决定案",
    "李某某请求示例镇人民政府履行宅基地审批职责案",
    "示例丙物流有限公司不服示例区交通运输局行政强制措施行政复议案",
    "周某不服示例县自然资源局政府信息公开答复案",
    "示例丁药房不服示例区市场监督管理局没收违法所得案",
    "吴某等十二人不服示例区人民政府房屋征收补偿决定案",
    "示例戊餐饮店不服示例区城市管理局责令限期拆除决定案",
    "郑某不服示例市公安局示例分局治安管理处罚案",
    "孙某不服示例县民政局撤销婚姻登记决定案",
]
BODIES = {
    "基本案情": "2024年3月5日，申请人因销售过期糕点被罚款五千元。申请人认为处罚过重，申请复议。",
    "复议办理": "行政复议机构召开听证会，认为涉案货值金额仅二十元，申请人系初次违法。",
    "复议结果": "行政复议机关决定变更原行政处罚决定，将罚款数额由五千元变更为五百元。",
    "典型意义": "本案坚持过罚相当原则，既纠正了明显不当的处罚，也为同类案件的裁量提供了参考。",
}
ROLES = {
    "基本案情": Role.FACTS,
    "复议办理": Role.REVIEW,
    "复议结果": Role.RESULT,
    "典型意义": Role.SIGNIFICANCE,
}

# How a case's number and title are written: from the number and the title to lines.
NUMBERS: dict[str, Callable[[int, str], list[str]]] = {
    "案例一：标题": lambda n, t: [f"案例{chinese(n)}：{t}"],
    "案例一:标题": lambda n, t: [f"案例{chinese(n)}:{t}"],
    "案例一、标题": lambda n, t: [f"案例{chinese(n)}、{t}"],
    "案例一标题": lambda n, t: [f"案例{chinese(n)}{t}"],
    "案例1 标题": lambda n, t: [f"案例{n} {t}"],
    "案例1.标题": lambda n, t: [f"案例{n}.{t}"],
    "案例一 / 标题": lambda n, t: [f"案例{chinese(n)}", t],
    "案 例 一 / 标题": lambda n, t: [f"案例 {chinese(n)}", t],
    "案例１ / 标题": lambda n, t: [f"案例{_wide(n)}", t],
    "# 案例一 / # 标题": lambda n, t: [f"## 案例{chinese(n)}", f"## {t}"],
    "**案例一** / **标题**": lambda n, t: [f"**案例{chinese(n)}**", f"**{t}**"],
    "【案例一】/ 标题": lambda n, t: [f"【案例{chinese(n)}】", t],
    "【案例一】标题": lambda n, t: [f"【案例{chinese(n)}】{t}"],
    "案例（一） 标题": lambda n, t: [f"案例（{chinese(n)}） {t}"],
    "案例1｜标题": lambda n, t: [f"案例{n}｜{t}"],
    "案例1丨标题": lambda n, t: [f"案例{n}丨{t}"],
    "典型案例之一 / 标题": lambda n, t: [f"典型案例之{chinese(n)}", t],
    "典型案例一：标题": lambda n, t: [f"典型案例{chinese(n)}：{t}"],
    "行政复议典型案例1 / 标题": lambda n, t: [f"行政复议典型案例{n}", t],
    "CASE 01 / 标题": lambda n, t: [f"CASE {n:02}", t],
    "Case.1 标题": lambda n, t: [f"Case {n} {t}"],
    "CASE 01 / 案例一 / 标题": lambda n, t: [f"CASE {n:02}", f"案例{chinese(n)}", t],
    "第一案 标题": lambda n, t: [f"第{chinese(n)}案 {t}"],
    "第一案 / 标题": lambda n, t: [f"第{chinese(n)}案", t],
    "▶ 案例一 标题": lambda n, t: [f"▶ 案例{chinese(n)} {t}"],
    "案例一：《标题》": lambda n, t: [f"案例{chinese(n)}：《{t}》"],
    "1.标题": lambda n, t: [f"{n}.{t}"],
    "1、标题": lambda n, t: [f"{n}、{t}"],
    "１．标题": lambda n, t: [f"{n}．{t}"],
    "01 标题": lambda n, t: [f"{n:02} {t}"],
    "01 / 标题": lambda n, t: [f"{n:02}", t],
    "01/标题": lambda n, t: [f"{n:02}/{t}"],
    "一、标题": lambda n, t: [f"{chinese(n)}、{t}"],
    "（一）标题": lambda n, t: [f"（{chinese(n)}）{t}"],
    "（1）标题": lambda n, t: [f"（{n}）{t}"],
    "一 / 标题": lambda n, t: [chinese(n), t],
    "①标题": lambda n, t: [f"{chr(0x2460 + n - 1)}{t}"],
    "PART 01 / 标题": lambda n, t: [f"PART {n:02}", t],
    "NO.1 标题": lambda n, t: [f"NO.{n} {t}"],
    "## 标题": lambda _, t: [f"## {t}"],
    "**标题**": lambda _, t: [f"**{t}**"],
    "标题": lambda _, t: [t],
}


def _wide(n: int) -> str:
    return str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)})


# How a section is written: from its place in the case, its heading and its words to lines.
HEADINGS: dict[str, Callable[[int, str, str], list[str]]] = {
    "【基本案情】/": lambda _, h, b: [f"【{h}】", b],
    "【基本案情】…": lambda _, h, b: [f"【{h}】{b}"],
    "【基本案情】：…": lambda _, h, b: [f"【{h}】：{b}"],
    "基本案情 /": lambda _, h, b: [h, b],
    "基本案情：/": lambda _, h, b: [f"{h}：", b],
    "基本案情：…": lambda _, h, b: [f"{h}：{b}"],
    "一、基本案情 /": lambda n, h, b: [f"{chinese(n)}、{h}", b],
    "一、基本案情：…": lambda n, h, b: [f"{chinese(n)}、{h}：{b}"],
    "（一）基本案情 /": lambda n, h, b: [f"（{chinese(n)}）{h}", b],
    "1.基本案情 /": lambda n, h, b: [f"{n}.{h}", b],
    "01 / 基本案情 /": lambda n, h, b: [f"{n:02}", h, b],
    "►►►基本案情 /": lambda _, h, b: [f"►►►{h}", b],
    "▍基本案情 /": lambda _, h, b: [f"▍{h}", b],
    "■ 基本案情 /": lambda _, h, b: [f"■ {h}", b],
    "◆基本案情 /": lambda _, h, b: [f"◆{h}", b],
    "### 基本案情 /": lambda _, h, b: [f"### {h}", b],
    "基 本 案 情 /": lambda _, h, b: [" ".join(h), b],
    "**基本案情** /": lambda _, h, b: [f"**{h}**", b],
    "**【基本案情】** /": lambda _, h, b: [f"**【{h}】**", b],
    "—基本案情— /": lambda _, h, b: [f"— {h} —", b],
}

# How a contents list announces the cases; none at all too.
CONTENTS: dict[str, Callable[[int, str], list[str]]] = {
    "none": lambda _n, _t: [],
    "案例一：标题": NUMBERS["案例一：标题"],
    "1.标题": NUMBERS["1.标题"],
    "01 标题": NUMBERS["01 标题"],
    "一、标题": NUMBERS["一、标题"],
    "一、标题；": lambda n, t: [f"{chinese(n)}、{t}；"],
    "案例一 / 标题": NUMBERS["案例一 / 标题"],
    "标题": NUMBERS["标题"],
}
FOREWORD = "为充分发挥典型案例的示范引领作用，示例市司法局选出一批典型案例，现予发布。"


def page(
    number: str, heading: str, contents: str = "none", *, count: int = 10, listed: bool = True
) -> str:
    lines = ["# 示例市行政复议典型案例（第一批）", "2025-06-30 来源：示例市司法局", FOREWORD]
    titles = TITLES[:count]
    announced = [CONTENTS[contents](n, title) for n, title in enumerate(titles, start=1)]
    if contents != "none" and listed:
        lines.append("目录")
    lines += [line for entry in announced for line in entry]
    for n, title in enumerate(titles, start=1):
        lines += NUMBERS[number](n, title)
        order = list(BODIES) if n % 2 else [*list(BODIES)[-1:], *list(BODIES)[:-1]]
        for place, words in enumerate(order, start=1):
            lines += HEADINGS[heading](place, words, BODIES[words])
    lines += ["来源：示例市司法局", "编辑：示例", "审核：示例"]
    return "\n".join(lines)


def check(contents: tuple[Content, ...], count: int) -> None:
    assert [content.title for content in contents] == TITLES[:count]
    for content in contents:
        assert (
            "".join(section.span.of(content.text) for section in content.sections) == content.text
        )
        head, *sections = content.sections
        assert head.role is Role.HEAD
        assert sorted(section.role for section in sections) == sorted(ROLES.values())
        for section in sections:
            words = next(name for name, role in ROLES.items() if role is section.role)
            assert section.body.of(content.text) == BODIES[words]
            assert words in section.heading.replace(" ", "")


def every_fourth(*styles: dict[str, object]) -> list[tuple[str, ...]]:
    """Pairs of styles, each style met several times, a quarter of all pairs."""
    pairs = product(*(enumerate(names) for names in styles))
    return [tuple(name for _, name in pair) for pair in pairs if sum(i for i, _ in pair) % 4 == 0]


@pytest.mark.parametrize(("number", "heading"), every_fourth(NUMBERS, HEADINGS))
def test_numbers_and_headings_of_every_style(write, number, heading):
    document = write(page(number, heading))
    assert choose(document) == "typical_set"
    check(parse(document), 10)


@pytest.mark.parametrize(("number", "contents"), every_fourth(NUMBERS, CONTENTS))
@pytest.mark.parametrize("listed", [True, False], ids=["with 目录", "without 目录"])
def test_contents_lists_are_not_cases(write, number, contents, listed):
    check(parse(write(page(number, "【基本案情】/", contents, listed=listed))), 10)


@pytest.mark.parametrize("count", [2, 3, 11])
@pytest.mark.parametrize("number", list(NUMBERS)[::3])
def test_sets_of_any_size(write, number, count):
    check(parse(write(page(number, "基本案情：…", "1.标题", count=count))), count)


def test_a_page_without_any_line_breaks(write):
    text = page("案例一：标题", "【基本案情】…", "一、标题").replace("\n", "").replace("# ", "", 1)
    contents = parse(write(text, title="示例市行政复议典型案例（第一批）"))
    assert [content.title for content in contents] == TITLES[:10]
    assert all(content.section(Role.SIGNIFICANCE) for content in contents)


def test_foreword_contents_and_editors_belong_to_no_case(write):
    contents = parse(write(page("案例一 / 标题", "【基本案情】/", "01 标题")))
    for content in contents:
        assert FOREWORD not in content.text
        assert "编辑" not in content.text
        assert "来源" not in content.text


CASES_1_2 = """
案例一
{}
【基本案情】
申请人不服示例区市场监督管理局作出的行政处罚决定，申请行政复议。
【典型意义】
本案体现了过罚相当原则。
案例二
{}
【基本案情】
申请人不服示例县人力资源和社会保障局作出的决定，申请行政复议。
【典型意义】
本案体现了保护劳动者权益的立法目的。
""".format(*TITLES)


def test_closing_words_about_the_set_are_left_out(write):
    closing = "下一步，示例市司法局将持续发挥典型案例的示范作用，不断提升办案质效。"
    last = parse(write(f"# 示例市行政复议典型案例\n{CASES_1_2}\n{closing}\n（供稿：示例科）"))[-1]
    assert last.text.endswith("本案体现了保护劳动者权益的立法目的。")


def test_a_sentence_about_the_future_of_the_case_stays(write):
    words = "今后，行政机关在作出同类决定前应当全面调查取证，避免认定事实不清。"
    last = parse(write(f"# 示例市行政复议典型案例\n{CASES_1_2}\n{words}"))[-1]
    assert last.text.endswith(words)


def test_headings_of_groups_belong_to_no_case(write):
    text = CASES_1_2.replace("案例一", "一、行政处罚类\n案例一").replace(
        "案例二", "**二、工伤认定类**\n案例二"
    )
    contents = parse(write("# 示例市行政复议典型案例\n" + text))
    assert [content.title for content in contents] == TITLES[:2]
    assert "工伤认定类" not in contents[0].text


def test_groups_with_cases_that_count_anew(write):
    first = page("（一）标题", "【基本案情】/", count=3).split("\n")[3:-3]
    second = page("（一）标题", "【基本案情】/", count=2).split("\n")[3:-3]
    lines = ["# 示例市行政复议典型案例", "一、行政处罚类", *first, "二、行政协议类", *second]
    assert [content.title for content in parse(write("\n".join(lines)))] == TITLES[:3] + TITLES[:2]


def test_numbered_paragraphs_inside_a_case_are_not_cases(write):
    points = "【裁判要点】\n1.行政机关应当告知陈述、申辩的权利\n2.未告知的，程序违法\n3.应予撤销"
    text = CASES_1_2.replace("【典型意义】", points + "\n【典型意义】")
    for before, after in (("案例一\n", "1."), ("案例二\n", "2.")):
        text = text.replace(before, after)
    contents = parse(write("# 示例市行政复议典型案例\n" + text))
    assert [content.title for content in contents] == TITLES[:2]
    assert all(content.section(Role.HOLDING) for content in contents)


def test_the_second_page_of_a_set(write):
    text = CASES_1_2.replace("案例一", "案例六").replace("案例二", "案例七")
    assert [c.title for c in parse(write(text))] == TITLES[:2]


def test_a_misnumbered_set_keeps_every_case(write):
    text = CASES_1_2 + CASES_1_2.replace("案例一", "案例二").replace("案例二", "案例四")
    assert len(parse(write("# 示例市行政复议典型案例\n" + text))) == 4


def test_a_case_whose_body_is_missing_is_not_glued_to_the_one_before(write):
    text = CASES_1_2.replace("案例二", f"案例二\n{TITLES[5]}\n案例三")
    first, second = parse(write("# 示例市行政复议典型案例\n" + text))
    assert TITLES[5] not in first.text
    assert second.title == TITLES[1]


def test_a_first_title_lost_from_the_page_is_read_from_the_contents(write):
    text = page("一、标题", "【基本案情】/", "一、标题", count=4)
    head, _, rest = text.rpartition(f"一、{TITLES[0]}\n")
    first, *others = parse(write(head + rest))
    assert first.title == TITLES[0]
    assert "标题取自页首目录" in first.warnings
    assert [content.title for content in others] == TITLES[1:4]


def test_cases_without_headings_on_a_page_that_says_it_is_a_set(write):
    facts = [
        "申请人不服被申请人作出的决定，向复议机关申请行政复议。",
        "复议机关经审理认为，被申请人认定事实不清，遂撤销原决定并责令重新作出。",
    ]
    names = [
        "依法准确认定供养亲属的主要生活来源",
        "督促行政机关履行查处职责",
        "以调解化解征收补偿争议",
    ]
    lines = ["# 示例省发布2025年度行政复议典型案例", FOREWORD]
    for n, name in enumerate(names, start=1):
        lines += [f"{chinese(n)}、{name}", *facts]
    contents = parse(write("\n".join(lines)))
    assert [content.title for content in contents] == names
    said = "没有识别出任何小标题，按段首用语分段，请核对"
    assert all(said in content.warnings for content in contents)
    assert [section.role for section in contents[0].sections] == [
        *(Role.HEAD, Role.FACTS, Role.REVIEW)
    ]


def test_a_title_over_two_lines_and_a_subtitle(write):
    text = CASES_1_2.replace(TITLES[0], "示例甲食品店不服示例区市场监督管理局\n行政处罚案").replace(
        TITLES[1], f"工伤认定应当遵循立法本意\n——{TITLES[1]}"
    )
    first, second = parse(write("# 示例市行政复议典型案例\n" + text))
    assert first.title == TITLES[0]
    assert (second.title, second.subtitle) == (
        "工伤认定应当遵循立法本意",
        f"——{TITLES[1]}",
    )


def test_unknown_headings_in_the_same_look_are_kept_with_a_warning(write):
    text = CASES_1_2.replace("【典型意义】", "【复议观察】\n听证程序让双方充分表达。\n【典型意义】")
    for content in parse(write("# 示例市行政复议典型案例\n" + text)):
        other = content.section(Role.OTHER)
        assert other is not None
        assert other.heading == "【复议观察】"
        assert other.body.of(content.text) == "听证程序让双方充分表达。"
        assert content.warnings == ("未识别的小标题“复议观察”，归入其他段落",)


def test_guiding_cases_on_one_page(write):
    case = """指导性案例{0}号
示例甲公司诉示例市人民政府行政批复案
（示例审判委员会讨论通过 2024年1月2日发布）
关键词 行政/行政批复/内部行为
裁判要点
1.行政机关的内部批复直接付诸实施的，属于受案范围。
基本案情
原告示例甲公司诉称，被告示例市人民政府的批复侵犯其权益。
裁判结果
示例省高级人民法院判决撤销该批复。"""
    contents = parse(write(case.format(901) + "\n" + case.format(902)))
    assert [content.kind.value for content in contents] == ["guiding_case"] * 2
    assert contents[0].title == "示例甲公司诉示例市人民政府行政批复案"
    roles = [section.role for section in contents[0].sections]
    assert roles == [Role.HEAD, Role.KEYWORDS, Role.HOLDING, Role.FACTS, Role.RESULT]


@pytest.mark.parametrize("marks", ["一、{}", "{}.{}", "（一）{}"])
def test_section_marks_of_one_case_are_not_cases(write, marks):
    names = ["案件由来", "基本案情", "调处过程", "典型意义"]
    lines = [f"# {TITLES[0]}"]
    for n, name in enumerate(names, start=1):
        mark = {"一": f"{chinese(n)}、", "{": f"{n}.", "（": f"（{chinese(n)}）"}[marks[0]]
        lines += [mark + name, BODIES["复议办理"]]
    document = write("\n".join(lines))
    assert choose(document) == "single_case"
    (content,) = parse(document)
    assert content.title == TITLES[0]
    assert [s.role for s in content.sections][-3:] == [Role.FACTS, Role.REVIEW, Role.SIGNIFICANCE]


def test_a_list_of_titles_alone_holds_no_case(write):
    lines = ["# 示例市发布行政复议典型案例", FOREWORD]
    lines += [f"案例{chinese(n)}：{title}" for n, title in enumerate(TITLES, start=1)]
    with pytest.raises(BadSource, match="应为以下版式之一"):
        parse(write("\n".join(lines)))


def test_chapters_of_the_page_around_the_cases_belong_to_none(write):
    case = "【基本案情】\n原告不服该决定，提起行政诉讼。\n【裁判结果】\n示例法院判决撤销该决定。"
    text = f"""示例法院发布2024年行政审判白皮书
一、2024年行政审判基本情况
全年受理行政案件五百件，同比上升百分之十，审结四百九十件。
二、典型案例
（一）张某诉示例区人民政府案
{case}
（二）李某诉示例区公安分局案
{case}
三、工作建议
（一）加强培训
建议行政机关加强对执法人员的培训，提高依法行政水平。"""
    contents = parse(write(text))
    assert [c.title for c in contents] == ["张某诉示例区人民政府案", "李某诉示例区公安分局案"]
    assert contents[1].text.endswith("示例法院判决撤销该决定。")


def test_weak_words_are_headings_where_the_page_sets_its_headings_so(write):
    case = "案情：\n申请人不服处罚，申请复议。\n结果：\n撤销该处罚。\n意义：\n体现了监督职能。"
    contents = parse(write(f"案例一 甲不服乙局处罚案\n{case}\n案例二 丙不服丁局处罚案\n{case}"))
    roles = [Role.HEAD, Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]
    assert [[s.role for s in content.sections] for content in contents] == [roles] * 2
