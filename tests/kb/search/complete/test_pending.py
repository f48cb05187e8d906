"""What is unfinished at the end of a box, and how a value is written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.complete.pending import NAMES, Pending, pending
from kb.search.fields import Field, TextField
from kb.search.parse import understand
from kb.search.query import Filed
from kb.search.request import FacetName

REGION, BATCH, STATUTE = FacetName.REGION, FacetName.BATCH, FacetName.STATUTE


@pytest.mark.parametrize(
    ("typed", "before", "text", "field"),
    [
        ("渝", "", "渝", None),
        ("罚款 渝北", "罚款 ", "渝北", None),
        ("罚款　渝北", "罚款　", "渝北", None),
        ("地区:渝", "地区:", "渝", REGION),
        ("地区：渝", "地区：", "渝", REGION),
        ("罚款 region:渝", "罚款 region:", "渝", REGION),
        ("罚款 地区:", "罚款 地区:", "", REGION),
        ("罚款 地区：", "罚款 地区：", "", REGION),
        ("罚款 -渝", "罚款 -", "渝", None),
        ("工伤 或 渝", "工伤 或 ", "渝", None),
        ("(渝", "(", "渝", None),
        ("（工伤 （渝", "（工伤 （", "渝", None),
        ("（2024）渝01", "", "（2024）渝01", None),
        ("批次:“川渝 典", "批次:", "川渝 典", BATCH),
        ("罚款 渝中府复〔2024〕8", "罚款 ", "渝中府复〔2024〕8", None),
        ("案号:渝中府复〔2024〕85号", "案号:", "渝中府复〔2024〕85号", TextField.DOCKET),
        ("处罚法 33", "", "处罚法 33", None),
        ("过期 处罚法 第三十", "过期 ", "处罚法 第三十", None),
    ],
)
def test_the_last_sign_is_what_is_typed(
    typed: str, before: str, text: str, field: Field | None
) -> None:
    assert pending(typed) == Pending(before, text, field)


def test_of_several_values_the_last_is_typed() -> None:
    assert pending("地区:渝中区,渝") == Pending("地区:渝中区,", "渝", REGION, listed=True)


@pytest.mark.parametrize(
    "typed", ["", " ", "罚款 ", "地区:渝北区 ", '"府复', '"府复"', "批次:“川渝”", "(渝 区)", "或"]
)
def test_nothing_is_begun(typed: str) -> None:
    assert pending(typed) is None


def test_in_a_part_of_the_text_nothing_is_filed() -> None:
    assert pending("典型意义:工伤") is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("川渝典型案例", "批次:川渝典型案例"),
        ("川渝典型案例（一）", "批次:川渝典型案例（一）"),
        ("甲、乙典型案例", "批次:“甲、乙典型案例”"),
        ("川渝 典型案例", "批次:“川渝 典型案例”"),
    ],
)
def test_a_value_is_quoted_where_it_must_be(value: str, written: str) -> None:
    assert Pending("罚款 ", "川").completed(BATCH, value) == f"罚款 {written}"


def test_a_field_is_written_once() -> None:
    assert Pending("Batch:", "川", BATCH).completed(BATCH, "川渝") == "Batch:川渝"


def test_a_value_in_a_list_cannot_be_quoted() -> None:
    listed = Pending("批次:甲,", "乙", BATCH, listed=True)
    assert listed.completed(BATCH, "乙") == "批次:甲,乙"
    assert listed.completed(BATCH, "乙 丙") is None


@given(
    st.sampled_from(("", "罚款 ", "罚款　或 ", "-", "“府复” ", "渝北区 地区:渝中区 ")),
    st.text('川渝甲（）()、,，。 -:：“”"「」或0年12〔〕号复|/', min_size=1, max_size=14),
)
def test_what_is_written_is_read_as_that(before: str, title: str) -> None:
    """Whatever the name of a batch: behind anything it means that batch, or is not offered."""
    title = title.strip()
    if (q := Pending(before, "川").completed(BATCH, title)) is None:
        return
    part = understand(q).parts[-1].node
    filed = [node for node in _nodes(part) if isinstance(node, Filed) and node.facet is BATCH]
    assert [node.values for node in filed] == [frozenset((title,))]


def _nodes(node: object) -> list[object]:
    inner = [*getattr(node, "parts", ()), *([node.part] if hasattr(node, "part") else [])]
    return [node, *(found for one in inner for found in _nodes(one))]


def test_every_field_has_a_name_that_is_read_as_it() -> None:
    for field, name in NAMES.items():
        assert pending(f"{name}:渝") == Pending(f"{name}:", "渝", field)
