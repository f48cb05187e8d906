"""Every written form of a citation, in sentences of our own, and what it must be read as.

Expected, one a citation: the work and article.paragraph.item.subitem with "-" for a level not
named; the work alone where no article is cited; "?" for a name that must stay unresolved.
"""

from datetime import date

import pytest

from kb.law import by_statute, cite, label, typed, typed_several
from kb.model import Citation, CitationStatus

REVIEW = "行政复议法"
PENALTY = "行政处罚法"
SUIT = "行政诉讼法"
INFORMATION = "政府信息公开条例"
INJURY = "工伤保险条例"
SUIT_RULES = "最高人民法院关于适用《行政诉讼法》的解释"
AGREEMENTS = "最高人民法院关于审理行政协议案件若干问题的规定"

PLAIN = [
    # numerals, width, 款项目
    ("《中华人民共和国行政复议法》第六十四条", [f"{REVIEW} 64"]),
    ("《行政复议法》第64条", [f"{REVIEW} 64"]),
    ("《行政复议法》第６４条", [f"{REVIEW} 64"]),
    ("《行政复议法》第 64 条", [f"{REVIEW} 64"]),
    ("〈行政复议法〉第六十四条", [f"{REVIEW} 64"]),
    ("《行政复议法》第三十条第一款第（二）项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第三十条第一款第(二)项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第三十条第1款第2项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第三十条第一款第㈡项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第三十条第一款第②项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第三十条第一款二项", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》第二十八条第一款第（三）项第1目", [f"{REVIEW} 28.1.3.1"]),
    ("《行政复议法》第二十八条第一款第三项第一目", [f"{REVIEW} 28.1.3.1"]),
    ("《民法典》第一千一百六十五条第一款", ["民法典 1165.1"]),
    ("《民法典》第一〇六条", ["民法典 106"]),
    ("《中华人民共和国刑法》第一百二十条之一", ["刑法 120之1"]),
    ("《刑法》第120条之一第二款", ["刑法 120之1.2"]),
    ("《刑法》第二百八十七条之二第一款", ["刑法 287之2.1"]),
    ("《行政处罚法》第三十三条之规定", [f"{PENALTY} 33"]),
    ("《行政处罚法》 第三十三条", [f"{PENALTY} 33"]),
    ("《行政处罚法》\n第三十三条", [f"{PENALTY} 33"]),
    ("《中华人民共和国行政\n处罚法》第三十\n三条", [f"{PENALTY} 33"]),
    ("《行政處罰法》第三十三條", [f"{PENALTY} 33"]),
    ("根据《行政处罚法》第三十三条第一款的规定，应当从宽。", [f"{PENALTY} 33.1"]),
    ("《行政处罚法》的第三十三条", [f"{PENALTY} 33"]),
    ("《行政处罚法》中第三十三条", [f"{PENALTY} 33"]),
    ("《民法典》人格权编第997条", ["民法典 997"]),
    ("《民法典》第七编第一千一百六十五条", ["民法典 1165"]),
    # lists
    ("《行政处罚法》第28条、第29条", [f"{PENALTY} 28", f"{PENALTY} 29"]),
    ("《行政处罚法》第28条、29条", [f"{PENALTY} 28", f"{PENALTY} 29"]),
    ("《行政处罚法》第二十七、二十八条", [f"{PENALTY} 27", f"{PENALTY} 28"]),
    ("《行政处罚法》第五条、第六条和第三十二条", [f"{PENALTY} {n}" for n in (5, 6, 32)]),
    ("《行政处罚法》第五条及第六条的规定", [f"{PENALTY} 5", f"{PENALTY} 6"]),
    ("《行政处罚法》第五条以及第六条", [f"{PENALTY} 5", f"{PENALTY} 6"]),
    ("《行政处罚法》第五条或者第六条", [f"{PENALTY} 5", f"{PENALTY} 6"]),
    ("《行政强制法》第三条第(四)、(五)项", ["行政强制法 3.-.4", "行政强制法 3.-.5"]),
    ("《行政强制法》第三条第（四）项、第（五）项", ["行政强制法 3.-.4", "行政强制法 3.-.5"]),
    ("《行政强制法》第三条第一款、第三款", ["行政强制法 3.1", "行政强制法 3.3"]),
    ("《行政强制法》第三条第一、三款", ["行政强制法 3.1", "行政强制法 3.3"]),
    (
        "《行政复议法》第三十条第一款和第二款第三项",
        [f"{REVIEW} 30.1", f"{REVIEW} 30.2.3"],
    ),
    (
        "《行政复议法》第三十条第一款第（二）、（四）项及第三十三条",
        [f"{REVIEW} 30.1.2", f"{REVIEW} 30.1.4", f"{REVIEW} 33"],
    ),
    (
        "《行政复议法》第二十条第一款、第二十三条第一款第（一）项",
        [f"{REVIEW} 20.1", f"{REVIEW} 23.1.1"],
    ),
    (
        "《行政处罚法》第三条，第五条第一款，《行政许可法》第四条",
        [f"{PENALTY} 3", f"{PENALTY} 5.1", "行政许可法 4"],
    ),
    (
        "依照《行政诉讼法》第四十九条、第六十九条、《行政复议法》第十条判决",
        [f"{SUIT} 49", f"{SUIT} 69", f"{REVIEW} 10"],
    ),
    # ranges
    ("《行政处罚法》第三条至第五条", [f"{PENALTY} {n}" for n in (3, 4, 5)]),
    ("《行政处罚法》第三至五条", [f"{PENALTY} {n}" for n in (3, 4, 5)]),
    ("《行政处罚法》第3-5条", [f"{PENALTY} {n}" for n in (3, 4, 5)]),
    ("《行政处罚法》第三条—第五条", [f"{PENALTY} {n}" for n in (3, 4, 5)]),
    ("《行政处罚法》第九条第（一）项至第（三）项", [f"{PENALTY} 9.-.{n}" for n in (1, 2, 3)]),
    ("《行政处罚法》第九条第(一)至(三)项", [f"{PENALTY} 9.-.{n}" for n in (1, 2, 3)]),
    ("《行政处罚法》第二十条第一款至第三款", [f"{PENALTY} 20.{n}" for n in (1, 2, 3)]),
    (
        "《行政处罚法》第三条至第五条、第九条",
        [f"{PENALTY} {n}" for n in (3, 4, 5, 9)],
    ),
    # database style
    (
        "《中华人民共和国土地管理法》:第二十四条第一款,第二十一条",
        ["土地管理法 24.1", "土地管理法 21"],
    ),
    ("《土地管理法》：第四十七条", ["土地管理法 47"]),
    ("《土地管理法》:第四十七条第一款,第二款", ["土地管理法 47.1", "土地管理法 47.2"]),
    # without 《》
    ("民法典第六十一条", ["民法典 61"]),
    ("依据行政复议法第30条的规定", [f"{REVIEW} 30"]),
    ("依据中华人民共和国行政复议法第三十条", [f"{REVIEW} 30"]),
    ("应当适用食品安全法第一百三十六条", ["食品安全法 136"]),
    ("我国反垄断法第十七条第五项规定", ["反垄断法 17.-.5"]),
    ("行政复议法实施条例第二十八条第（二）项", ["行政复议法实施条例 28.-.2"]),
    ("行政处罚法的第三十三条", [f"{PENALTY} 33"]),
    ("行政处罚法（2021修订）第三十三条", [f"{PENALTY} 33"]),
    ("工伤保险条例第十四条第（一）项、第（六）项", [f"{INJURY} 14.-.1", f"{INJURY} 14.-.6"]),
    ("治安管理处罚法第四十三条第一款", ["治安管理处罚法 43.1"]),
    ("行政复议法30条1款2项规定", [f"{REVIEW} 30.1.2"]),
    ("《行政复议法》30条", [f"{REVIEW} 30"]),
    ("《行政复议法第三十条", [f"{REVIEW} 30"]),
    ("行政复议法》第三十条", [f"{REVIEW} 30"]),
    # short names known to the registry
    ("中华人民共和国合同法第五十二条", ["合同法 52"]),
    ("消法第五十五条", ["消费者权益保护法 55"]),
    ("《食安法》第148条", ["食品安全法 148"]),
    ("《道交法》第九十一条", ["道路交通安全法 91"]),
    ("《治安处罚法》第二十三条", ["治安管理处罚法 23"]),
    ("《信息公开条例》第十四条", [f"{INFORMATION} 14"]),
    ("《适用解释》第六十九条", [f"{SUIT_RULES} 69"]),
    ("《行诉解释》第六十九条第一款第（八）项", [f"{SUIT_RULES} 69.1.8"]),
    ("《行政协议司法解释》第八条", [f"{AGREEMENTS} 8"]),
    ("行政协议司法解释第十六条", [f"{AGREEMENTS} 16"]),
    ("《中华人民共和国工伤保险条例》第十四条", [f"{INJURY} 14"]),
    # nested and joint titles
    (
        "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第六十九条第一款第（八）项",
        [f"{SUIT_RULES} 69.1.8"],
    ),
    ("《最高人民法院关于适用《中华人民共和国行政诉讼法》的解释》第六十九条", [f"{SUIT_RULES} 69"]),
    ("最高人民法院关于适用《中华人民共和国行政诉讼法》的解释第六十九条", [f"{SUIT_RULES} 69"]),
    ("依照最高人民法院关于适用〈行政诉讼法〉的解释第六十九条", [f"{SUIT_RULES} 69"]),
    ("最高人民法院《关于审理行政协议案件若干问题的规定》第八条", [f"{AGREEMENTS} 8"]),
    ("《关于适用〈行政诉讼法〉的解释》第六十九条", [f"{SUIT_RULES} 69"]),
    (
        "《最高人民法院、最高人民检察院关于办理危害食品安全刑事案件适用法律若干问题的解释》"
        "（法释〔2021〕24号）第一条",
        ["最高人民法院、最高人民检察院关于办理危害食品安全刑事案件适用法律若干问题的解释 1"],
    ),
    ("《最高人民法院关于适用<中华人民共和国行政诉讼法>的解释》第六十九条", [f"{SUIT_RULES} 69"]),
    ("《最高人民法院关于适用＜行政诉讼法＞的解释》第六十九条", [f"{SUIT_RULES} 69"]),
    ("《行政处罚法》[1]第三十三条", [f"{PENALTY} 33"]),
    ("中华人民共和国《行政处罚法》第三十三条", [f"{PENALTY} 33"]),
    ("《政府信息公开条例》二十条", [f"{INFORMATION} 20"]),
    ("《关于工资总额组成的规定》（国家统计局令第1号）第四条", ["关于工资总额组成的规定 4"]),
    ("《实施〈中华人民共和国社会保险法〉若干规定》第九条", ["实施《社会保险法》若干规定 9"]),
    ("《中华人民共和国土地管理法》实施条例第三条", ["土地管理法实施条例 3"]),
    (
        "四川省《中华人民共和国土地管理法》实施办法第八条",
        ["四川省《土地管理法》实施办法 8"],
    ),
    (
        "根据《四川省〈中华人民共和国土地管理法〉实施办法》第八条",
        ["四川省《土地管理法》实施办法 8"],
    ),
    (
        "依据重庆市实施《中华人民共和国母婴保健法》办法第三条",
        ["重庆市实施《母婴保健法》办法 3"],
    ),
    # local regulations
    ("《重庆市优化营商环境条例》第十二条", ["重庆市优化营商环境条例 12"]),
    ("《四川省物业管理条例》第二十条第二款", ["四川省物业管理条例 20.2"]),
    ("重庆市道路运输管理条例第六十一条", ["重庆市道路运输管理条例 61"]),
    ("《成都市城市管理综合行政执法条例》第七条", ["成都市城市管理综合行政执法条例 7"]),
    # no article
    ("申请人援引《行政复议法》。", [REVIEW]),
    (
        "根据《中华人民共和国行政诉讼法》《中华人民共和国行政复议法》等规定",
        [SUIT, REVIEW],
    ),
    ("本案适用《国有土地上房屋征收与补偿条例》", ["国有土地上房屋征收与补偿条例"]),
]

NAMED_BY_THE_TEXT = [
    (
        "《中华人民共和国行政复议法》（以下简称《复议法》）第二条。《复议法》第三条",
        [f"{REVIEW} 2", f"{REVIEW} 3"],
    ),
    (
        "《中华人民共和国政府信息公开条例》（以下简称“条例”）第二十条。条例第二十一条规定",
        [f"{INFORMATION} 20", f"{INFORMATION} 21"],
    ),
    (
        "《工伤保险条例》（以下称条例）第十四条，条例第十五条",
        [f"{INJURY} 14", f"{INJURY} 15"],
    ),
    ("《工伤保险条例》（下称《条例》）；《条例》第十五条", [INJURY, f"{INJURY} 15"]),
    ("《工伤保险条例》(简称：条例)；条例第十五条", [INJURY, f"{INJURY} 15"]),
    (
        "中华人民共和国行政复议法（以下简称新法）第十条；新法第十一条",
        [f"{REVIEW} 10", f"{REVIEW} 11"],
    ),
    (
        "《工伤保险条例》和《工伤认定办法》（以下分别简称《条例》和《办法》），"
        "《条例》第十四条、《办法》第三条",
        [INJURY, "工伤认定办法", f"{INJURY} 14", "工伤认定办法 3"],
    ),
    (
        "《工伤保险条例》《工伤认定办法》（以下简称《条例》《办法》）。《办法》第三条，《条例》第二条",
        [INJURY, "工伤认定办法", "工伤认定办法 3", f"{INJURY} 2"],
    ),
    (
        "《最高人民法院关于审理行政协议案件若干问题的规定》（法释〔2019〕17号，"
        "以下简称《协议规定》）第五条；《协议规定》第六条",
        [f"{AGREEMENTS} 5", f"{AGREEMENTS} 6"],
    ),
    # the text's own short name wins over the registry's
    (
        "《重庆市道路运输管理条例》（以下简称《工伤条例》）。《工伤条例》第三条",
        ["重庆市道路运输管理条例", "重庆市道路运输管理条例 3"],
    ),
    (
        "《某市信息发布办法》（以下简称《信息公开条例》）。《信息公开条例》第三条",
        ["?", "?"],
    ),
    # an unmarked 《条例》 is the one named before, if there is but one
    ("适用《工伤保险条例》。《条例》(2021修订)第十四条", [INJURY, f"{INJURY} 14"]),
    ("《工伤保险条例》《失业保险条例》；《条例》第十四条", [INJURY, "失业保险条例", "?"]),
    ("《条例》第十四条", ["?"]),
]

CARRIED = [
    ("《行政复议法》第三十条规定。该法第三十一条", [f"{REVIEW} 30", f"{REVIEW} 31"]),
    ("《行政复议法》第三十条规定，本法第三十一条", [f"{REVIEW} 30", f"{REVIEW} 31"]),
    ("《行政复议法》第三十条，同法第三十一条第一款", [f"{REVIEW} 30", f"{REVIEW} 31.1"]),
    ("《政府信息公开条例》第二十条，该条例第二十一条", [f"{INFORMATION} 20", f"{INFORMATION} 21"]),
    ("《政府信息公开条例》第二十条，本条例第二十一条", [f"{INFORMATION} 20", f"{INFORMATION} 21"]),
    (
        "《行政复议法》第十条、《工伤保险条例》第二条。该法第三条，该条例第四条",
        [f"{REVIEW} 10", f"{INJURY} 2", f"{REVIEW} 3", f"{INJURY} 4"],
    ),
    ("《适用解释》第一条，该司法解释第二条", [f"{SUIT_RULES} 1", f"{SUIT_RULES} 2"]),
    ("《行政协议司法解释》第一条，该规定第二条", [f"{AGREEMENTS} 1", f"{AGREEMENTS} 2"]),
    ("《行政复议法》第十条规定，该条第二款", [f"{REVIEW} 10", f"{REVIEW} 10.2"]),
    ("《行政复议法》第十条规定，本条第二款第（三）项", [f"{REVIEW} 10", f"{REVIEW} 10.2.3"]),
    ("《行政复议法》第十条第一款规定，同条第三款", [f"{REVIEW} 10.1", f"{REVIEW} 10.3"]),
    ("《行政处罚法》第三十三条第二款：“前款规定”", [f"{PENALTY} 33.2", f"{PENALTY} 33.1"]),
    ("《行政处罚法》第三十三条第一款。前款规定", [f"{PENALTY} 33.1", f"{PENALTY} 33.1"]),
    (
        "《行政处罚法》第三十三条第三款：“前两款规定”",
        [f"{PENALTY} 33.3", f"{PENALTY} 33.1", f"{PENALTY} 33.2"],
    ),
    (
        "《行政处罚法》第九条第二款：“前款第三项规定”",
        [f"{PENALTY} 9.2", f"{PENALTY} 9.1.3"],
    ),
    ("《行政处罚法》第三十四条规定，前条第二款", [f"{PENALTY} 34", f"{PENALTY} 33.2"]),
    ("《行政处罚法》第九条第（三）项，前项规定", [f"{PENALTY} 9.-.3", f"{PENALTY} 9.-.2"]),
    (
        "《行政处罚法》第三十三条规定“不予处罚。”第三十四条规定“裁量。”",
        [f"{PENALTY} 33", f"{PENALTY} 34"],
    ),
    (
        "行政处罚法第三十三条规定不予处罚。第三十四条规定裁量基准。",
        [f"{PENALTY} 33", f"{PENALTY} 34"],
    ),
    ("违反《行政处罚法》的规定，应依第五十七条处理", [PENALTY, f"{PENALTY} 57"]),
    (
        "《行政处罚法》\n第三十三条 违法行为轻微的，不罚。\n第三十四条 裁量基准应公布。",
        [f"{PENALTY} 33", f"{PENALTY} 34"],
    ),
    ("《行政复议法》第十条，依照上述规定第二款", [f"{REVIEW} 10"]),
    ("《行政复议法》第十条。上述规定第十一条", [f"{REVIEW} 10", f"{REVIEW} 11"]),
    ("《工伤保险条例》第十四条。依照同一条例第十九条", [f"{INJURY} 14", f"{INJURY} 19"]),
    ("《工伤保险条例》第十四条。依照条例第十九条", [f"{INJURY} 14", f"{INJURY} 19"]),
    ("《工伤保险条例》第十四条。职工受伤；符合第十五条第一款", [f"{INJURY} 14", f"{INJURY} 15.1"]),
    ("《工伤保险条例》第十四条。依照合同第三条，某市条例第四条", [f"{INJURY} 14"]),
    ("该法第三条", ["?"]),
    ("同条例第三条第一款、第四条", ["?", "?"]),
]

UNKNOWN = [
    ("《中华人民共和国安全法》第五条", ["?"]),
    ("《中华人民共和国安全法》", ["?"]),
    ("《某镇规划管理办法》第三条", ["?"]),
    ("某省《中华人民共和国行政许可法》实施办法第三条", ["?"]),
    ("《行政复议法》实施细则第三条", ["?"]),
]

NO_CITATION = [
    "",
    "双方签订《房屋征收补偿协议》。",
    "《安置协议》第六条",
    "《房屋买卖合同》第三条第二款",
    "《公司章程》第8条",
    "《承包合同书》第二条、第三条",
    "《补偿协议书（一）》第五条",
    "作出《行政处罚决定书》并送达。",
    "核发《营业执照》《食品经营许可证》。",
    "《决定》事实不清。",
    "《关于印发〈停车管理方案〉的通知》",
    "第三条道路、第2条线路、第一款产品",
    "协议第三条约定了违约金。",
    "签有《汽车销售合同》。该合同第七条约定了交付。",
    "按照合同第三条第二款支付前款项",
    "处罚33万元",
    "行政复议法规定了30条措施",
    "参加行政处罚法30周年活动",
    "之前款项未付，前项目停工，前条件成就",
    "本法庭第三审判庭，本条例会，该办法官",
    "第一、二项要求均未满足",
    "依照基本法第三条",
    "中华人民共和国食品安全法\n\n第一条 为了保证食品安全。",
]


def said(citation: Citation) -> str:
    if citation.work is None:
        assert citation.status is CitationStatus.UNRESOLVED
        return "?"
    levels = [citation.article, citation.paragraph, citation.item, citation.subitem]
    while levels and levels[-1] is None:
        levels.pop()
    place = ".".join("-" if level is None else str(level) for level in levels)
    return f"{citation.work} {place}".strip()


@pytest.mark.parametrize(("text", "expected"), PLAIN + NAMED_BY_THE_TEXT + CARRIED + UNKNOWN)
def test_reads_what_is_cited(text: str, expected: list[str]) -> None:
    citations = cite(text)
    assert [said(citation) for citation in citations] == expected
    for citation in citations:
        assert citation.raw == citation.span.of(text) != ""


@pytest.mark.parametrize("text", NO_CITATION)
def test_finds_nothing_where_nothing_is_cited(text: str) -> None:
    assert cite(text) == ()


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_a_sentence_around_it_changes_nothing(text: str, expected: list[str]) -> None:
    framed = f"复议机关认为，{text}，被申请人的决定应予撤销。"
    found = [said(citation) for citation in cite(framed)]
    assert found == expected


def test_the_first_of_a_list_takes_in_the_name_and_the_rest_their_own_words() -> None:
    text = "依据《行政处罚法》第28条、第29条作出"
    assert [c.raw for c in cite(text)] == ["《行政处罚法》第28条", "第29条"]


def test_citations_come_in_text_order() -> None:
    text = "《行政处罚法》第三条，该法第四条；民法典第五条。前条"
    starts = [citation.span.start for citation in cite(text)]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行复法30(1)(2)", f"{REVIEW} 30.1.2"),
        ("行复法30（1）（2）", f"{REVIEW} 30.1.2"),
        ("处罚法33", f"{PENALTY} 33"),
        ("处罚法３３", f"{PENALTY} 33"),
        ("行政复议法30条1款2项", f"{REVIEW} 30.1.2"),
        ("行政复议法三十条一款", f"{REVIEW} 30.1"),
        ("行复法 30-1-2", f"{REVIEW} 30.1.2"),
        ("行复法30.1", f"{REVIEW} 30.1"),
        ("行复法30条2项", f"{REVIEW} 30.-.2"),
        ("行复法第30条", f"{REVIEW} 30"),
        ("《行政复议法》第三十条第一款第二项", f"{REVIEW} 30.1.2"),
        ("  行政复议法第三十条 ", f"{REVIEW} 30"),
        ("行诉解释163", f"{SUIT_RULES} 163"),
        ("刑法120之1", "刑法 120之1"),
        ("刑法第一百二十条之一", "刑法 120之1"),
        ("劳动争议司法解释(一)42", "最高人民法院关于审理劳动争议案件适用法律问题的解释（一） 42"),
        ("行复法", REVIEW),
        ("《行政复议法》", REVIEW),
        ("中华人民共和国行政复议法", REVIEW),
        ("依据行政复议法第三十条", f"{REVIEW} 30"),
        ("根据《行政复议法》第三十条第一款的规定", f"{REVIEW} 30.1"),
        ("违反行复法30条", f"{REVIEW} 30"),
        ("行政复议法地30条", f"{REVIEW} 30"),
        ("行政复议法§30", f"{REVIEW} 30"),
        ("行政复议法 art. 30", f"{REVIEW} 30"),
        ("行政复议法之30条", f"{REVIEW} 30"),
        ("行政复议法第叁拾条", f"{REVIEW} 30"),
        ("行政复议法第卅一条", f"{REVIEW} 31"),
    ],
)
def test_typed_forms(text: str, expected: str) -> None:
    citation = typed(text)
    assert citation is not None
    assert said(citation) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "过期食品 罚款",
        "2024年",
        "安全法3",
        "行政复议法第33款",
        "违反行政复议法",
        "行复法30 过期食品",
        "30(1)",
        "渝中府复〔2024〕85号",
        "法" * 200,
    ],
)
def test_other_queries_are_no_typed_citation(text: str) -> None:
    assert typed(text) is None


def test_several_typed_citations_and_nothing_else() -> None:
    assert [said(one) for one in typed_several("行政复议法第28条、第30条第一款")] == [
        f"{REVIEW} 28",
        f"{REVIEW} 30.1",
    ]
    assert len(typed_several("违反行政复议法第28条和行政处罚法第33条的规定")) == 2
    assert typed_several("行政复议法第28条") == ()
    assert typed_several("行政复议法第28条、第30条 罚款") == ()
    assert typed_several("行政复议法第28条、火星法第3条") == ()
    for text in ("行复法28、30条", "行复法：28,30", "行复法28条30条"):
        assert [said(one) for one in typed_several(text)] == [f"{REVIEW} 28", f"{REVIEW} 30"]
    assert len(typed_several("行复法28-30条")) == 3


def test_several_citations_by_the_statute_they_name() -> None:
    def named(text: str) -> list[list[str]]:
        return [list(map(said, group)) for group in by_statute(typed_several(text))]

    assert named("行政复议法第28至29条、第30条和行政处罚法第33条") == [
        [f"{REVIEW} 28", f"{REVIEW} 29", f"{REVIEW} 30"],
        ["行政处罚法 33"],
    ]
    assert named("行政复议法第28条、行政复议法第30条") == [[f"{REVIEW} 28"], [f"{REVIEW} 30"]]
    assert named("行政复议法第28条") == []


def test_a_typed_form_alone_is_cited_but_not_inside_prose() -> None:
    assert [said(c) for c in cite("行复法30(1)(2)")] == [f"{REVIEW} 30.1.2"]
    assert cite("申请人说行复法30(1)(2)也罢，处罚法33也罢") == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("行政处罚法第33条第1款第(2)项", "行政处罚法第三十三条第一款第二项"),
        ("《刑法》第120条之1", "刑法第一百二十条之一"),
        ("《行政复议法》", "行政复议法"),
        ("《中华人民共和国安全法》第5条", "《中华人民共和国安全法》第5条"),
        ("《行政强制法》第三条第(四)项", "行政强制法第三条第四项"),
    ],
)
def test_labels(text: str, shown: str) -> None:
    assert label(cite(text)[0]) == shown


def version(text: str, decided: date | None = None) -> tuple[str, date | None, tuple[date, ...]]:
    (citation,) = cite(text, decided)
    return citation.status.value, citation.version, citation.candidates


@pytest.mark.parametrize(
    ("text", "decided", "expected"),
    [
        ("《行政复议法》第三十条", date(2023, 12, 31), date(2018, 1, 1)),
        ("《行政复议法》第三十条", date(2024, 3, 1), date(2024, 1, 1)),
        ("《行政复议法》第六条", date(2017, 12, 31), date(2009, 8, 27)),
        ("《行政处罚法》第二十七条", date(2021, 7, 14), date(2018, 1, 1)),
        ("《行政处罚法》第三十三条", date(2022, 5, 1), date(2021, 7, 15)),
        ("《民法典》第六十一条", date(2022, 5, 1), date(2021, 1, 1)),
        ("《行政诉讼法》第七十条", date(2016, 5, 1), date(2015, 5, 1)),
        ("《政府信息公开条例》第十四条", date(2020, 5, 1), date(2019, 5, 15)),
        ("《治安管理处罚法》第四十三条", date(2025, 12, 31), date(2013, 1, 1)),
        ("《治安管理处罚法》第五十一条", date(2026, 3, 1), date(2026, 1, 1)),
        ("《合同法》第五十二条", date(2022, 5, 1), date(1999, 10, 1)),
        # the version the text names wins over the day of the decision
        ("《行政处罚法》（2017修正）第二十七条", date(2022, 5, 1), date(2018, 1, 1)),
        ("《行政处罚法》(2021修订)第三十三条", None, date(2021, 7, 15)),
        ("《行政处罚法》（2021年1月22日修订）第三十三条", None, date(2021, 7, 15)),
        ("《行政处罚法（2021修订）》第三十三条", None, date(2021, 7, 15)),
        ("《治安管理处罚法》（2012年修正）第四十三条", None, date(2013, 1, 1)),
        ("《行政复议法》(1999)第六条", None, date(1999, 10, 1)),
        ("行政处罚法(2017修正)第二十七条", None, date(2018, 1, 1)),
        ("2017年修正的《行政处罚法》第二十七条", None, date(2018, 1, 1)),
        ("2015年5月1日修改的《行政诉讼法》第十二条", None, date(2015, 5, 1)),
        ("2021年行政处罚法第三十三条", None, date(2021, 7, 15)),
    ],
)
def test_version(text: str, decided: date | None, expected: date) -> None:
    assert version(text, decided) == ("resolved", expected, ())


@pytest.mark.parametrize(
    ("text", "decided", "candidates"),
    [
        ("《行政复议法》第二十条", date(2024, 1, 1), (date(2018, 1, 1), date(2024, 1, 1))),
        ("《行政复议法》第二十条", date(2024, 1, 31), (date(2018, 1, 1), date(2024, 1, 1))),
        ("《行政处罚法》第三十条", date(2021, 8, 1), (date(2018, 1, 1), date(2021, 7, 15))),
        ("《行政处罚法》第三十条", date(1996, 4, 1), (date(1996, 10, 1),)),
        ("旧《行政复议法》第二十八条", date(2024, 6, 1), None),
        ("修订前的《行政处罚法》第二十七条", date(2022, 6, 1), None),
        ("《行政处罚法》(2003修订)第三条", date(2022, 6, 1), ()),
    ],
)
def test_a_doubtful_version_is_ambiguous(
    text: str, decided: date, candidates: tuple[date, ...] | None
) -> None:
    status, in_force, found = version(text, decided)
    assert (status, in_force) == ("ambiguous", None)
    if candidates is None:
        assert decided.replace(day=1) > max(found)
        assert len(found) > 1
    else:
        assert found == candidates


def test_an_article_only_one_version_has_is_noted_not_chosen() -> None:
    (citation,) = cite("《行政复议法》第六十四条", date(2024, 1, 15))
    assert citation.status is CitationStatus.AMBIGUOUS
    assert citation.version is None
    assert citation.rule.endswith("within_a_month_of_change:article_only_in_2024-01-01")


def test_without_a_day_the_work_is_resolved_and_the_version_open() -> None:
    assert version("《行政复议法》第二十条") == ("resolved", None, ())


def test_a_typed_form_takes_the_version_of_the_day() -> None:
    assert version("处罚法33", date(2022, 5, 1)) == ("resolved", date(2021, 7, 15), ())


def test_an_alias_keeps_the_version_it_was_defined_with() -> None:
    text = "《行政处罚法》（2017年修正，以下简称《处罚法》）第三条。《处罚法》第二十七条"
    assert [c.version for c in cite(text, date(2022, 1, 1))] == [date(2018, 1, 1)] * 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("《行政复议法》第三条", "registry"),
        ("《行政复议法》(1999)第三条", "registry+bracketed_version"),
        ("《中华人民共和国安全法》第三条", "registry+unknown_name"),
        ("《四川省物业管理条例》(2021修订)第三条", "registry+no_versions"),
    ],
)
def test_the_rule_says_what_settled_it(text: str, rule: str) -> None:
    assert cite(text)[0].rule == rule
