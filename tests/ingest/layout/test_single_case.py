"""One case a page: its title, subtitle, number and sections, and pages without any heading."""

from dataclasses import replace

import pytest

from ingest.document import Block, BlockKind
from ingest.layout import choose, parse
from kb.errors import BadSource
from kb.model import Content, Kind, Role

FACTS = "示例区市场监督管理局对申请人作出罚款五千元的决定，申请人不服，申请行政复议。"
RESULT = "示例区人民政府决定撤销该行政处罚决定。"
MEANING = "本案对规范行政处罚裁量权具有典型意义。"


def one(write, text: str, **meta: str) -> Content:
    document = write(text, **meta)
    assert choose(document) == "single_case"
    (content,) = parse(document)
    joined = "".join(section.span.of(content.text) for section in content.sections)
    assert joined == content.text
    return content


def roles(content: Content) -> list[Role]:
    return [section.role for section in content.sections]


def test_title_subtitle_and_sections(write):
    content = one(
        write,
        "# 罚款明显过高的应予变更\n## 示例甲店不服示例区市场监督管理局行政处罚案\n"
        "## 关键词\n行政处罚、过罚相当\n"
        f"## 基本案情\n{FACTS}\n## 复议结果\n{RESULT}\n## 典型意义\n{MEANING}",
    )
    assert content.title == "罚款明显过高的应予变更"
    assert content.subtitle == "示例甲店不服示例区市场监督管理局行政处罚案"
    assert roles(content) == [
        Role.HEAD, Role.KEYWORDS, Role.FACTS, Role.RESULT, Role.SIGNIFICANCE,
    ]  # fmt: skip
    assert content.warnings == ()


def test_a_numbered_case_alone_on_its_page(write):
    content = one(
        write,
        f"案例七\n示例绿化公司不服认定工伤决定申请行政复议案\n【关键词】工伤认定 复议和解\n"
        f"一、基本案情\n{FACTS}\n二、复议办理\n{RESULT}\n三、典型意义\n{MEANING}",
    )
    assert content.title == "示例绿化公司不服认定工伤决定申请行政复议案"
    assert content.text.startswith("案例七")
    assert roles(content) == [
        Role.HEAD, Role.KEYWORDS, Role.FACTS, Role.REVIEW, Role.SIGNIFICANCE,
    ]  # fmt: skip


def test_masthead_lines_stay_in_the_head(write):
    content = one(
        write,
        f"# 预付费余额应予返还\n消费者权益保护典型案例\n示例法院发布\n2022-03-15\n"
        f"## 张某诉示例公司服务合同纠纷案\n## 基本案情\n{FACTS}\n## 裁判结果\n{RESULT}",
    )
    assert (content.title, content.subtitle) == (
        "预付费余额应予返还",
        "张某诉示例公司服务合同纠纷案",
    )
    assert content.sections[0].body.of(content.text).endswith("张某诉示例公司服务合同纠纷案")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("指导性案例901号\n示例公司诉示例市人民政府案", Kind.GUIDING_CASE),
        ("入库编号：2024-12-3-016-001\n示例公司诉示例市人民政府案", Kind.REFERENCE_CASE),
        ("示例公司诉示例市人民政府案", Kind.TYPICAL_CASE),
    ],
)
def test_guiding_and_reference_cases(write, head, kind):
    content = one(
        write,
        f"{head}\n——内部批复付诸实施的可诉\n关键词 行政/行政批复\n"
        f"裁判要点\n行政批复可诉。\n基本案情\n{FACTS}\n裁判结果\n{RESULT}\n"
        "裁判理由\n法院认为，该批复可诉。\n关联索引\n《中华人民共和国行政诉讼法》第十二条",
    )
    assert content.kind is kind
    assert content.title == "示例公司诉示例市人民政府案"
    assert content.subtitle == "——内部批复付诸实施的可诉"
    assert roles(content) == [
        Role.HEAD, Role.KEYWORDS, Role.HOLDING, Role.FACTS, Role.RESULT, Role.REASONS,
        Role.STATUTES,
    ]  # fmt: skip


def test_the_page_title_serves_where_the_text_has_none(write):
    content = one(
        write,
        f"【基本案情】\n{FACTS}\n【复议结果】\n{RESULT}",
        title="某店不服行政处罚案_示例市司法局",
    )
    assert content.title == "某店不服行政处罚案"
    assert roles(content) == [Role.FACTS, Role.RESULT]


def test_editors_at_the_end_are_a_tail(write):
    content = one(
        write,
        f"# 某店不服行政处罚案\n【基本案情】\n{FACTS}\n【复议结果】\n{RESULT}\n"
        "来源：示例司法\n编辑：示例",
    )
    assert roles(content)[-1] is Role.TAIL
    assert content.sections[-1].body.of(content.text) == "来源：示例司法\n编辑：示例"


def test_words_before_the_first_heading_are_kept_apart(write):
    content = one(write, f"# 某店不服行政处罚案\n{FACTS}\n【复议结果】\n{RESULT}")
    assert roles(content) == [Role.HEAD, Role.OTHER, Role.RESULT]
    assert content.sections[1].heading == ""


def test_a_heading_without_words_joins_the_next(write):
    content = one(
        write,
        f"# 某店不服行政处罚案\n## 基本案情\n{FACTS}\n## 裁判结果\n## 裁判理由\n法院认为处罚过重。",
    )
    assert roles(content) == [Role.HEAD, Role.FACTS, Role.REASONS]
    assert content.sections[-1].heading == "裁判结果 裁判理由"
    assert content.warnings == ("小标题“裁判结果”下没有正文",)


def test_the_words_of_a_party_below_a_heading_are_its_text(write):
    content = one(
        write,
        "# 某店不服行政处罚案\n【基本案情】\n申请人称：处罚过重。\n被申请人答复称：处罚适当。\n"
        f"【复议结果】\n{RESULT}",
    )
    assert roles(content)[:2] == [Role.HEAD, Role.FACTS]


def test_a_case_without_headings_is_one_section(write):
    content = one(write, "# 示例甲店不服示例区市场监督管理局行政处罚案\n" + f"{FACTS}\n" * 6)
    assert roles(content) == [Role.HEAD, Role.OTHER]
    assert content.warnings == ("没有识别出任何小标题，全文作为一段",)


def test_sections_in_a_table(write):
    rows = f"基本案情 | {FACTS}\n复议结果 | {RESULT}\n典型意义 | {MEANING}"
    table = Block(rows, BlockKind.TABLE)
    document = write("# 某店不服行政处罚案")
    document = replace(document, blocks=(*document.blocks, table))
    (content,) = parse(document)
    assert roles(content) == [Role.HEAD, Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]
    assert content.sections[2].body.of(content.text) == RESULT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有正文"),
        (
            "# 示例条例\n"
            + "\n".join(f"第{n}条　为了规范示例活动，制定本条例。" for n in "一二三四五六"),
            "像是法律法规",
        ),
        (
            "# 站内搜索\n共找到 235 条结果\n"
            + "\n".join(
                f"{n}.示例公司不服行政处罚案 2024-05-0{n}\n基本案情：2023年5月，申请人因销售…"
                for n in range(1, 8)
            )
            + "\n上一页 1 2 3 下一页",
            "检索结果",
        ),
        (
            "\n".join(f"{n}.示例{n}公司不服示例区公安分局处罚案" for n in range(1, 40)),
            "没有找到案例",
        ),
        (
            "# 示例区召开行政复议工作会议\n"
            + "会议强调，要充分发挥行政复议主渠道作用，提升办案质效。\n" * 8,
            "没有找到案例",
        ),
        (
            "# 行政复议申请人资格研究\n【摘要】本文研究申请人资格。\n"
            "【关键词】行政复议；申请人\n一、问题的提出\n"
            + "学界对申请人资格众说纷纭，法院与复议机关的标准也不一致。\n"
            * 8,
            "没有找到案例",
        ),
    ],
    ids=["empty", "statute", "search results", "index", "news", "paper"],
)
def test_pages_that_hold_no_case_are_refused_with_the_reason(write, text, reason):
    with pytest.raises(BadSource, match=reason) as refusal:
        parse(write(text, origin="示例/页面.html"))
    assert "示例/页面.html" in str(refusal.value)
    assert "应为以下版式之一" in str(refusal.value)


def test_a_column_of_the_paper_before_the_title_is_no_heading(write):
    content = one(
        write,
        "以案释法 | 过期食品罚五万？过罚不当，变更！\n"
        f"▌案情回顾\n{FACTS}\n▌复议结果\n{RESULT}\nEND",
    )
    assert content.title == "过期食品罚五万？过罚不当，变更！"
    assert roles(content) == [Role.HEAD, Role.FACTS, Role.RESULT, Role.TAIL]
