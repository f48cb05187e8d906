"""Every field of a record, read from pages written for the purpose, and its evidence."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, PageMeta, SourceDocument
from ingest.extract import Options, enrich
from ingest.extract.publisher import names
from ingest.layout import LAYOUTS, parse
from kb.model import ClaimSource, Content, Party, PartyRole, RegionRole, settled

PAGE = """示例丙公司不服重庆市渝北区市场监督管理局行政处罚案
四川省司法厅 重庆市司法局联合发布
2025年7月18日
【关键词】行政处罚、过罚相当；首违不罚。
【基本案情】
2024年3月5日，渝北区市场监督管理局（被申请人）依照《中华人民共和国行政处罚法》第三十三条对申请人罚款五千元。
案涉店铺位于重庆市江北区。
【复议办理】
渝北区人民政府认为处罚明显不当。2024年5月1日申请人补正材料。
【复议结果】
2024年6月18日，渝北区人民政府作出渝北府复〔2024〕85号行政复议决定，将罚款变更为五百元。
【典型意义】
2024年9月1日起施行的裁量基准吸收了本案的做法。"""


def document(text: str, **meta: str) -> SourceDocument:
    blocks = tuple(Block(line) for line in text.split("\n"))
    return SourceDocument("示例.html", "0" * 64, "html", blocks, PageMeta(**meta))


def enriched(text: str = PAGE, options: Options | None = None, **meta: str) -> Content:
    page = document(text, **meta)
    (content,) = parse(page)
    return enrich(content, page, options or Options())


def regions(content: Content) -> set[tuple[str, RegionRole]]:
    return {(region.name, region.role) for region in settled(content.regions)}


def test_publishers_named_together_in_the_masthead():
    assert settled(enriched().publishers) == ("四川省司法厅", "重庆市司法局")


def test_publisher_of_the_meta():
    content = enriched(publisher="示例市司法局")
    assert settled(content.publishers)[0] == "示例市司法局"
    assert content.publishers[0].evidence.source is ClaimSource.DOCUMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四川省司法厅、重庆市司法局", ("四川省司法厅", "重庆市司法局")),
        ("四川省司法厅和重庆市司法局", ("四川省司法厅", "重庆市司法局")),
        ("重庆市渝北区人力资源和社会保障局", ("重庆市渝北区人力资源和社会保障局",)),
        ("示例市司法局（示例", ("示例市司法局（示例）",)),
        ("", ()),
    ],
)
def test_names_of_publishers(text, expected):
    assert names(text) == expected


def test_what_the_import_says_wins():
    options = Options(publisher="示例区司法局", batch="示例批次", region="渝北区")
    content = enriched(options=options, publisher="别的局", batch="别的批次")
    assert settled(content.publishers) == ("示例区司法局",)
    assert settled(content.batch) == ("示例批次",)
    first = settled(content.regions)[0]
    assert (first.name, first.role) == ("重庆市渝北区", RegionRole.AUTHORITY)
    for claim in (*content.publishers, *content.batch):
        assert claim.evidence.rule == "import.option"
        assert claim.evidence.source is ClaimSource.EXTERNAL


def test_batch_of_a_set_page():
    cases = "\n".join(
        f"案例{n}\n甲不服乙局行政处罚案\n【基本案情】\n申请人不服处罚，申请复议。" for n in "一二"
    )
    page = document(f"川渝两地行政复议典型案例（第一批）\n{cases}")
    for content in parse(page):
        assert settled(enrich(content, page, Options()).batch) == (
            "川渝两地行政复议典型案例（第一批）",
        )


def test_batch_above_a_single_case_but_not_the_case_itself():
    above = enriched("消费者权益保护典型案例\n" + PAGE, title=PAGE.split("\n")[0])
    assert settled(above.batch) == ("消费者权益保护典型案例",)
    assert enriched(PAGE, title=f"典型案例：{PAGE.splitlines()[0]}").batch == ()


@pytest.mark.parametrize("stated", ["2024-05-06 10:00", "2024年5月6日", "2024/5/6", "2024.05.06"])
def test_published(stated):
    assert settled(enriched(published=stated).published) == (date(2024, 5, 6),)


def test_published_in_the_masthead():
    assert settled(enriched().published) == (date(2025, 7, 18),)


def test_decided_is_the_day_of_the_decision_alone():
    content = enriched()
    assert settled(content.decided) == (date(2024, 6, 18),)
    assert content.decided[0].evidence.quote == "2024年6月18日"


@pytest.mark.parametrize(
    "result",
    [
        "行政复议机关决定撤销该处罚。",
        "《示例办法》自2024年1月1日起施行，据此撤销。",
        "2024年13月40日，示例区人民政府作出决定。",
        "2024年2月3日，申请人提交了补充材料。",
    ],
)
def test_no_day_of_decision_where_none_is_said(result):
    text = PAGE.replace(
        "2024年6月18日，渝北区人民政府作出渝北府复〔2024〕85号行政复议决定，将罚款变更为五百元。",
        result,
    )
    assert enriched(text).decided == ()


def test_a_decision_after_publication_is_not_believed():
    assert enriched(published="2024-01-01").decided == ()


def test_regions_and_their_roles():
    found = regions(enriched())
    assert ("四川省", RegionRole.PUBLISHER) in found
    assert ("重庆市", RegionRole.PUBLISHER) in found
    assert ("重庆市渝北区", RegionRole.AUTHORITY) in found
    assert ("重庆市江北区", RegionRole.ACT) in found
    assert ("重庆市渝北区", RegionRole.COURT) not in found


def test_a_company_from_elsewhere_and_a_court():
    text = """四川某建筑公司诉重庆市永川区人力资源和社会保障局工伤认定案
【基本案情】
四川某建筑公司不服工伤认定，提起行政诉讼。
【裁判结果】
重庆市永川区人民法院于2023年4月5日作出（2023）渝0118行初12号行政判决，驳回原告的诉讼请求。"""
    found = regions(enriched(text))
    assert ("四川省", RegionRole.PARTY) in found
    assert ("重庆市永川区", RegionRole.COURT) in found
    assert ("重庆市永川区", RegionRole.AUTHORITY) in found


def test_dockets_citations_keywords():
    content = enriched()
    assert [docket.normalised for docket in settled(content.dockets)] == ["渝北府复(2024)85号"]
    (citation,) = settled(content.citations)
    assert (citation.work, citation.article) == ("行政处罚法", 33)
    assert settled(content.keywords) == ("行政处罚", "过罚相当", "首违不罚")


def test_acts_and_outcomes():
    content = enriched()
    assert "penalty" in settled(content.acts)
    assert settled(content.outcomes) == ("modify",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "王某某、陈某某诉示例市示例区人民政府补偿协议案",
            [
                Party("王某某", PartyRole.PLAINTIFF, True),
                Party("陈某某", PartyRole.PLAINTIFF, True),
                Party("示例市示例区人民政府", PartyRole.DEFENDANT, False),
            ],
        ),
        (
            "示例丙公司不服示例区市场监督管理局行政处罚案",
            [
                Party("示例丙公司", PartyRole.APPLICANT, False),
                Party("示例区市场监督管理局", PartyRole.RESPONDENT, False),
            ],
        ),
        ("退休职工宋某不服养老保险待遇核定案", [Party("宋某", PartyRole.APPLICANT, True)]),
        ("某诊所不服医疗保障行政处罚案", [Party("某诊所", PartyRole.APPLICANT, False)]),
        ("预付卡余额应予返还", []),
    ],
)
def test_parties_of_the_title(title, expected):
    text = f"{title}\n【基本案情】\n案情从略。\n【裁判结果】\n驳回。\n【典型意义】\n意义。"
    assert list(settled(enriched(text).parties)) == expected


def test_parties_named_by_their_label():
    found = settled(enriched().parties)
    assert Party("渝北区市场监督管理局", PartyRole.RESPONDENT, False) in found


LINES = st.lists(
    st.sampled_from([*PAGE.split("\n"), "　", "案例一", "案例二：丁诉戊局案"]), max_size=30
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_every_claim_quotes_its_evidence(lines):
    page = document("\n".join(lines), title="示例典型案例", publisher="示例市司法局")
    for layout in LAYOUTS.values():
        if not layout.recognise(page):
            continue
        for parsed in layout.parse(page):
            content = enrich(parsed, page, Options())
            for name in FIELDS:
                for claim in getattr(content, name):
                    evidence = claim.evidence
                    assert evidence.rule
                    assert evidence.span is None or evidence.span.of(content.text) == evidence.quote
                    assert evidence.span is not None or evidence.quote


FIELDS = [
    "batch", "publishers", "published", "decided", "dockets", "parties", "regions",
    "acts", "issues", "outcomes", "citations", "keywords",
]  # fmt: skip


def test_a_heading_level_document_keeps_its_warnings():
    page = SourceDocument(
        "示例.md",
        "0" * 64,
        "markdown",
        (
            Block("甲诉乙局案", BlockKind.HEADING, 1),
            Block("基本案情", BlockKind.HEADING, 2),
            Block("原告甲不服被告乙局的决定，诉至法院。"),
        ),
        warnings=("编码声明与内容不符",),
    )
    (content,) = parse(page)
    assert enrich(content, page, Options()).warnings == ("编码声明与内容不符",)
