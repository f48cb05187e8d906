"""Pages whose line breaks were lost: all cases of a set in one paragraph."""

import pytest

from ingest.layout import parse
from kb.model import Role

TITLES = [
    "示例甲食品店不服示例区市场监督管理局行政处罚案",
    "陈某不服示例县人力资源和社会保障局不予认定工伤决定案",
    "李某请求示例镇人民政府履行宅基地审批职责案（示例）",
    "示例乙公司不服示例市生态环境局行政处罚案",
    "周某不服示例县自然资源局政府信息公开答复案",
]
BODY = (
    "【基本案情】申请人不服被申请人于2024年3月5日作出的决定，向复议机关申请行政复议。"
    "【复议结果】复议机关认为：一、事实不清；二、程序违法，决定撤销。"
    "【典型意义】本案对类似案件有参考意义。1.规范执法。2.化解争议。"
)
ROLES = [Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]


def case(number: str, title: str) -> str:
    return f"{number}{title}{BODY}"


@pytest.mark.parametrize("style", ["一二三四五", "12345"])
@pytest.mark.parametrize("before", ["", "2024年行政复议典型案例", "近日公布典型案例如下："])
def test_numbered_cases_of_one_paragraph_are_told_apart(write, style, before):
    stop = "、" if style[0] == "一" else "."
    text = before + "".join(case(n + stop, t) for n, t in zip(style, TITLES, strict=True))
    found = parse(write(text))
    assert [content.title for content in found] == TITLES
    for content in found:
        assert [s.role for s in content.sections if s.role is not Role.HEAD] == ROLES
        assert content.warnings == ()


def test_a_page_title_glued_to_the_first_case_does_not_hide_it(write):
    cases = (case(f"案例{n}：", t) for n, t in zip("一二三四五", TITLES, strict=True))
    found = parse(write("2024年行政复议典型案例" + "".join(cases)))
    assert [content.title for content in found] == TITLES


def test_numbers_inside_one_case_do_not_cut_it(write):
    (content,) = parse(write(TITLES[0] + "\n" + BODY))
    assert "1.规范执法。2.化解争议。" in content.text
    assert content.warnings == ()


def test_facts_told_twice_in_one_case_are_warned_of(write):
    (content,) = parse(write(f"{TITLES[0]}\n{BODY}其后。{BODY}"))
    assert any("“基本案情”出现 2 次" in warning for warning in content.warnings)


def test_a_set_that_begins_with_its_second_case_is_warned_of(write):
    text = "\n".join(
        case(f"案例{n}：", t).replace("【基", "\n【基", 1)
        for n, t in zip("二三", TITLES, strict=False)
    )
    first, second = parse(write(text))
    assert any("从第 2 个编号开始" in warning for warning in first.warnings)
    assert second.warnings == ()
