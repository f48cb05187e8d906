"""The regions' data: complete, without loose ends, and read with its errors told."""

from datetime import date
from pathlib import Path

import pytest

from kb.errors import DataError, NotFound
from kb.places import Level, ancestors, children, label, place, short_name, tree_order
from kb.places.gazetteer import HEADER, gazetteer, read


def test_sichuan_and_chongqing_are_complete() -> None:
    today = [unit for unit in gazetteer().units if unit.valid()]
    assert len(children("510000")) == 21
    assert sum(unit.level is Level.COUNTY and unit.code[:2] == "51" for unit in today) == 183
    chongqing = [place(code).name for code in children("500000")]
    assert sum(name.endswith("区") for name in chongqing) == 25
    assert len(chongqing) == 25 + 8 + 4
    assert len(children()) == 34


def test_the_change_of_november_2025() -> None:
    old, new = place("500112"), place("500157")
    assert (old.valid_to, new.valid_from) == (date(2025, 11, 6), date(2025, 11, 6))
    assert (old.successors, old.parts) == (("500157",), ("500109",))
    assert set(new.predecessors) == {"500105", "500112", "5000LJ"}
    assert old.valid(date(2025, 11, 5))
    assert not old.valid(date(2025, 11, 6))
    assert not old.valid()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("万盛区", "綦江区"), ("綦江县", "綦江区"), ("双桥区", "大足区"), ("大足县", "大足区"),
        ("璧山县", "璧山区"), ("铜梁县", "铜梁区"), ("潼南县", "潼南区"), ("荣昌县", "荣昌区"),
        ("开县", "开州区"), ("梁平县", "梁平区"), ("武隆县", "武隆区"), ("郫县", "郫都区"),
        ("双流县", "双流区"), ("康定县", "康定市"), ("马尔康县", "马尔康市"), ("达县", "达川区"),
        ("名山县", "名山区"), ("彭山县", "彭山区"), ("罗江县", "罗江区"), ("安县", "安州区"),
        ("隆昌县", "隆昌市"), ("会理县", "会理市"), ("射洪县", "射洪市"), ("新津县", "新津区"),
        ("宜宾县", "叙州区"), ("南溪县", "南溪区"), ("元坝区", "昭化区"),
    ],
)  # fmt: skip
def test_changes_of_sichuan_and_chongqing(old: str, new: str) -> None:
    units = [unit for unit in gazetteer().units if unit.code.startswith(("50", "51"))]
    (before,) = [unit for unit in units if unit.name == old]
    assert [place(code).name for code in before.successors] == [new]
    assert before.valid_to is not None
    assert place(before.successors[0]).valid()


def test_no_loose_ends() -> None:
    regions = gazetteer()
    for unit in regions.units:
        if unit.parent:
            assert regions.get(unit.parent), unit
        for code in (*unit.successors, *unit.parts, *unit.predecessors):
            assert regions.get(code), unit
        if unit.valid_to and unit.level is not Level.ZONE:
            assert unit.successors, unit
        assert unit.full_name.endswith(unit.name) or unit.level is Level.ZONE
        assert len(unit.code) == 6


def test_a_code_used_again_is_told_by_the_day() -> None:
    assert place("500110").name == "綦江区"
    assert place("500110", date(2009, 1, 1)).name == "万盛区"
    assert place("500110", date(1970, 1, 1)).name == "綦江区"


def test_the_tree() -> None:
    assert ancestors("510115") == ("510000", "510100", "510115")
    assert ancestors("500112") == ("500000", "500112")
    assert ancestors("5101GX") == ("510000", "510100", "5101GX")
    assert ancestors("500000") == ("500000",)
    assert ancestors("469001") == ("460000", "469001")
    codes = ["330205", "510115", "??", "500000", "510000", "500112", "510100", "500000"]
    assert tree_order(codes) == (
        "500000", "500112", "510000", "510100", "510115", "330205", "??",
    )  # fmt: skip


def test_names_to_show() -> None:
    assert (short_name("500112"), label("500112")) == ("渝北", "原渝北区")
    assert (short_name("510100"), label("510100")) == ("成都", "成都市")
    assert (short_name("513200"), label("510185")) == ("阿坝", "简阳市")
    assert short_name("5101GX") == label("5101GX") == "成都高新区"
    assert label("123456") == short_name("123456") == "123456"


@pytest.mark.parametrize("code", ["", "1", "999999", "渝北"])
def test_an_unknown_code_is_an_error(code: str) -> None:
    with pytest.raises(NotFound, match="没有代码"):
        place(code)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("code,name", "列名应为"),
        (f"{HEADER}\n510000,province,,四川省", "第 2 行：应有 10 列"),
        (f"{HEADER}\n510000,land,,四川省,四川,,,,,", "第 2 行"),
        (f"{HEADER}\n# 说明\n510000,province,,四川省,四川,,昨天,,,", "第 3 行"),
        (f"{HEADER}\n510100,city,510000,成都市,成都,,,,,", "第 2 行"),
    ],
)
def test_broken_data_is_told_by_line(tmp_path: Path, lines: str, said: str) -> None:
    file = tmp_path / "regions.csv"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read(file)
