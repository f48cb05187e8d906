"""Spun mirrors and blank forms are refused; papers with a slip, or with masks, are not."""

import pytest

from ingest.layout import forms, spun
from tests.goldens import documents

SPUN = (
    "恳求人不平被恳求人作出的行政惩罚决议，向群众法院提起上告。本院以为，依据第六十八条的划定，"
    "讯断如下：保持原判。"
)


def test_names_the_formulas_that_broke():
    reason = spun.reason(SPUN)
    assert "机器改写" in reason
    assert "“群众法院”应为“人民法院" in reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本院以为，原告的诉讼请求成立。依照第七十条的规定，判决如下：撤销被告作出的决定。",
        "申请者请求撤消处罚决定，法院认为事实清楚，程序合法，驳回上诉，维持原判。",
        "中华人民共和国公民的法院诉讼权利受法律保护，举报违法行为是公民的权利。",
    ],
)
def test_one_slip_proves_nothing(text):
    assert spun.reason(text) == ""


@pytest.mark.parametrize(
    "path",
    [p for p in documents("decisions", "judgments") if p.suffix != ".docx"],
    ids=lambda path: path.name,
)
def test_of_the_golden_texts_only_mirrors_are_spun(path):
    assert bool(spun.reason(path.read_text("utf-8"))) == path.name.startswith("spun")


@pytest.mark.shared
def test_published_cases_and_statutes_are_not_spun(shared_data):
    for path in sorted((shared_data / "cases").rglob("*.md")):
        assert not spun.reason(path.read_text("utf-8"))
        assert not forms.reason(path.read_text("utf-8"))
    for path in sorted((shared_data / "laws").rglob("*.md"))[::40]:
        assert not spun.reason(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "申请人：***，女，住所：****。某某镇____组。20××年×月×日",
        "（2024）渝01行终*号　某年某月某日　×年×月×日　张某（姓名已隐去）",
        "第一页 ______ 第二页 ______ 第三页 ______",
    ],
)
def test_masks_are_no_blanks(text):
    assert forms.reason(text) == ""


def test_a_form_has_blanks_of_several_kinds():
    assert "空白格式" in forms.reason("申请人：（姓名）　住所：____　____〔　〕号　年　月　日")
