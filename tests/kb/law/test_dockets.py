"""Numbers of cases and papers, as real pages spell them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.law.dockets import Instance, find, normalise, parse, same
from kb.model import DocketKind

REVIEW, COURT, PAPER, REFERENCE = (
    DocketKind.REVIEW,
    DocketKind.COURT,
    DocketKind.DOCUMENT,
    DocketKind.REFERENCE,
)


@pytest.mark.parametrize(
    ("text", "normalised", "kind"),
    [
        ("渝中府复〔2024〕85号", "渝中府复(2024)85号", REVIEW),
        ("被申请人作出渝中府复〔2024〕85号行政复议决定", "渝中府复(2024)85号", REVIEW),
        ("平府复决字〔2023〕30号", "平府复决字(2023)30号", REVIEW),
        ("川府复〔2023〕1-2号", "川府复(2023)1-2号", REVIEW),
        ("作出渝中府复决〔2023〕19-1号决定", "渝中府复决(2023)19-1号", REVIEW),
        ("渝发改复决〔2022〕3号", "渝发改复决(2022)3号", REVIEW),
        ("渝府复〔2024〕第 85 号", "渝府复(2024)85号", REVIEW),
        ("南府行复〔2023〕第7号", "南府行复(2023)7号", REVIEW),
        ("川行复〔2024〕12号", "川行复(2024)12号", REVIEW),
        ("成府复驳字〔2024〕12号", "成府复驳字(2024)12号", REVIEW),
        ("成府复不受字〔2024〕12号", "成府复不受字(2024)12号", REVIEW),
        ("渝 中 府 复 〔２０２４〕 ８５ 号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复[2024]85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复﹝2024﹞85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复【2024】85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复［2024］85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复〔2024 85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复2024〕85号", "渝中府复(2024)85号", REVIEW),
        ("渝中府复2024第85号", "渝中府复(2024)85号", REVIEW),
        ("渝府复〔2024〕*号", "渝府复(2024)*号", REVIEW),
        ("渝府复〔202×〕8×号", "渝府复(202*)8*号", REVIEW),
        ("文号：渝中府复〔2024〕85", "渝中府复(2024)85", REVIEW),
        ("（2014）渝府复字第12号", "(2014)渝府复字第12号", REVIEW),
        ("（2024）渝01行终354号", "(2024)渝01行终354号", COURT),
        ("(2024) 渝 01 行终 354 号", "(2024)渝01行终354号", COURT),
        ("(2020)川0104行初12号", "(2020)川0104行初12号", COURT),
        ("（2021）最高法行申1234号", "(2021)最高法行申1234号", COURT),
        ("（2016）最高法民再98号", "(2016)最高法民再98号", COURT),
        ("（2024）最高法知行终5号", "(2024)最高法知行终5号", COURT),
        ("（2023）渝行赔终10号", "(2023)渝行赔终10号", COURT),
        ("（2023）川01行审复3号", "(2023)川01行审复3号", COURT),
        ("（2019）渝0112民初1234号之一", "(2019)渝0112民初1234号之一", COURT),
        ("(2014)榕行终字第379号", "(2014)榕行终字第379号", COURT),
        ("（2013）渝五中法行终字第00012号", "(2013)渝五中法行终字第00012号", COURT),
        ("（2018）渝01行终字第12号", "(2018)渝01行终字第12号", COURT),
        ("(202*)川01行终1***号", "(202*)川01行终1***号", COURT),
        ("2024渝01行终354号", "(2024)渝01行终354号", COURT),
        ("（2024渝01行终354号", "(2024)渝01行终354号", COURT),
        ("2024）渝01行终354号", "(2024)渝01行终354号", COURT),
        ("入库编号：2024-12-3-001-005", "2024-12-3-001-005", REFERENCE),
        ("渝市监罚〔2023〕12号", "渝市监罚(2023)12号", PAPER),
        ("成公（锦）行罚决字〔2023〕12345号", "成公(锦)行罚决字(2023)12345号", PAPER),
        (
            "不服重庆市公安局渝北区分局渝公渝北（交）行罚决字〔2023〕第5号",
            "渝公渝北(交)行罚决字(2023)5号",
            PAPER,
        ),
        ("（法释〔2020〕26号）", "法释(2020)26号", PAPER),
        ("温国土资发（2018）366号《决定书》", "温国土资发(2018)366号", PAPER),
        ("国函〔2020〕12号批复", "国函(2020)12号", PAPER),
        ("《方案》（以下简称京政办字〔2017〕20号文）", "京政办字(2017)20号", PAPER),
        ("人社部发〔2010〕5号", "人社部发(2010)5号", PAPER),
        ("渝文罚字[2020]第1号", "渝文罚字(2020)1号", PAPER),
        ("渝北劳人仲案字〔2021〕第15号", "渝北劳人仲案字(2021)15号", PAPER),
        ("渝规资批复〔2021〕3号", "渝规资批复(2021)3号", PAPER),
    ],
)
def test_one_number(text: str, normalised: str, kind: DocketKind) -> None:
    ((span, docket),) = find(text)
    assert (docket.normalised, docket.kind) == (normalised, kind)
    assert docket.raw == span.of(text)
    assert normalise(docket.raw) == normalised


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024年5月6日罚款2000元，电话023-12345678",
        "《食品安全法》（2021修订）第三条",
        "《行政处罚法》(2021)第33条",
        "身份证号510102199001011234",
        "规划（2020）年度目标",
        "2024）5号",
        "附件（2023）",
        "国务院令第743号",
        "邮编400010，2024号文",
        "渝A12345号牌",
        "2024-12-3-001",
        "12024-12-3-001-005",
        "共（2020）3号楼",
        "行政复议法（2023）30条",
    ],
)
def test_no_number(text: str) -> None:
    assert find(text) == ()


def test_several_in_text_order() -> None:
    text = (
        "不服渝市监罚〔2023〕12号，作出渝府复〔2023〕9号、渝府复〔2023〕10号；"
        "（2024）渝01行终354号维持"
    )
    assert [docket.normalised for _, docket in find(text)] == [
        "渝市监罚(2023)12号",
        "渝府复(2023)9号",
        "渝府复(2023)10号",
        "(2024)渝01行终354号",
    ]


def test_same() -> None:
    assert same("渝中府复〔2024〕85号", "渝中府复[2024]第 85 号")
    assert same("（2024）渝01行终354号", "2024渝01行终354号")
    assert not same("渝中府复〔2024〕85号", "渝中府复〔2024〕86号")
    assert not same("渝府复〔2023〕19号", "渝府复〔2023〕19-1号")


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("（2024）渝01行终354号", ("2024", "渝01", "行终", "354", Instance.SECOND, "")),
        ("(2014)榕行终字第379号", ("2014", "榕", "行终", "379", Instance.SECOND, "")),
        (
            "（2021）最高法行申1234号",
            ("2021", "最高法", "行申", "1234", Instance.RETRIAL_REVIEW, ""),
        ),
        ("(2020)川0104行赔初12号", ("2020", "川0104", "行赔初", "12", Instance.FIRST, "赔")),
        ("（2019）渝0112民初1234号之一", ("2019", "渝0112", "民初", "1234", Instance.FIRST, "")),
        ("（2022）川行再5号", ("2022", "川", "行再", "5", Instance.RETRIAL, "")),
        ("（2022）川0104行审5号", ("2022", "川0104", "行审", "5", Instance.NON_LITIGATION, "")),
        ("（2022）川0104执5号", ("2022", "川0104", "执", "5", Instance.ENFORCEMENT, "")),
        ("(202×)川01行终1***号", ("202*", "川01", "行终", "1***", Instance.SECOND, "")),
        ("2024渝01行终354号", ("2024", "渝01", "行终", "354", Instance.SECOND, "")),
    ],
)
def test_parts_of_a_courts_number(raw: str, parts: tuple[str, ...]) -> None:
    number = parse(raw)
    assert number is not None
    assert (
        number.year,
        number.court,
        number.type,
        number.serial,
        number.instance,
        number.specialty,
    ) == parts


@pytest.mark.parametrize(
    "raw", ["", "渝府复〔2024〕1号", "2024-12-3-001-005", "（2024）渝01行终354号附件"]
)
def test_no_courts_number(raw: str) -> None:
    assert parse(raw) is None


@settings(deadline=None)  # the machine may be busy
@given(
    year=st.integers(1990, 2030),
    serial=st.integers(1, 99999),
    prefix=st.sampled_from(["渝中府复", "川府复决字", "两江府复", "渝公渝中行罚决字", "国办发"]),
    brackets=st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "﹝﹞", "［］"]),
    gap=st.sampled_from(["", " ", "　"]),
    ordinal=st.sampled_from(["", "第"]),
)
def test_spelling_makes_no_difference(
    year: int, serial: int, prefix: str, brackets: str, gap: str, ordinal: str
) -> None:
    raw = f"{prefix}{brackets[0]}{year}{brackets[1]}{gap}{ordinal}{gap}{serial}{gap}号"
    assert normalise(raw) == f"{prefix}({year}){serial}号"
    text = f"申请人不服{raw}，申请复议"
    assert [(docket.raw, span.of(text)) for span, docket in find(text)] == [(raw, raw)]


@settings(deadline=None)  # the machine may be busy
@given(
    st.text(max_size=200)
    | st.text(alphabet="〔〕（）()[]0123456789渝府复行终初字第号* \n", max_size=120)
)
def test_offsets_hold_and_normalising_is_idempotent(text: str) -> None:
    for span, docket in find(text):
        assert docket.raw == span.of(text)
        assert normalise(docket.raw) == docket.normalised == normalise(docket.normalised)
    parse(text)
    assert normalise(normalise(text)) == normalise(text)
