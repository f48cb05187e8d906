"""What a typed or chosen region stands for, and what the page says of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.places import Widened, widen
from kb.places.gazetteer import gazetteer


def wide(query: str) -> Widened:
    found = widen(query)
    assert found is not None, query
    return found


@pytest.mark.parametrize(
    "query", ["四川", "四川省", "川", "蜀", "510000", "51", "５１", " 四 川 省 "]
)
def test_sichuan_in_every_form(query: str) -> None:
    found = wide(query)
    assert {"510000", "510100", "510115", "511623", "510124", "5101GX"} <= found.codes
    assert not {code for code in found.codes if not code.startswith("51")}
    assert found.notes == ()


@pytest.mark.parametrize("query", ["重庆", "重庆市", "渝", "500000", "50", "重慶"])
def test_chongqing_in_every_form(query: str) -> None:
    assert {"500000", "500112", "500157", "500222", "5000LJ"} <= wide(query).codes


def test_a_city_holds_its_counties_and_what_they_were() -> None:
    assert {"510100", "510117", "510124", "510185", "512081"} <= wide("成都").codes
    assert wide("成都") == wide("成都市") == wide("四川成都") == wide("5101") == wide("510100")


@pytest.mark.parametrize("query", ["两江新区", "重庆两江新区", "重庆市两江新区", "500157"])
def test_a_new_district_finds_the_cases_of_those_it_came_from(query: str) -> None:
    found = wide(query)
    assert found.codes == {"500157", "500105", "500112", "5000LJ"}
    assert any("含" in note and "原渝北区" in note and "原江北区" in note for note in found.notes)


@pytest.mark.parametrize("query", ["渝北区", "渝北", "重庆渝北", "原渝北区", "500112"])
def test_an_abolished_district_finds_its_own_and_says_what_became_of_it(query: str) -> None:
    found = wide(query)
    assert found.codes == {"500112"}
    (note,) = found.notes
    assert "2025年11月6日撤销" in note
    assert "两江新区、北碚区（部分）" in note


def test_a_unit_that_got_a_part_does_not_take_all() -> None:
    found = wide("北碚区")
    assert found.codes == {"500109"}
    assert "原渝北区5镇划入" in found.notes[0]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("郫县", "郫都区", {"510124", "510117"}),
        ("双流县", "双流区", {"510122", "510116"}),
        ("璧山县", "璧山区", {"500227", "500120"}),
        ("开县", "开州区", {"500234", "500154"}),
        ("安县", "安州区", {"510724", "510705"}),
        ("会理县", "会理市", {"513425", "513402"}),
    ],
)
def test_a_renamed_unit_is_one(old: str, new: str, codes: set[str]) -> None:
    assert wide(old).codes == wide(new).codes == codes
    assert f"原{old}" in wide(new).notes[0]
    assert new in wide(old).notes[0]


def test_a_moved_unit_is_one() -> None:
    found = wide("简阳市")
    assert found.codes == {"510185", "512081"}
    assert found.notes == ("含四川省资阳市简阳市时期的案例",)


def test_a_code_used_again_is_explained() -> None:
    assert "500110" in wide("万盛区").codes
    assert any("代码相同" in note for note in wide("万盛区").notes)
    assert any("原万盛区" in note for note in wide("綦江区").notes)


@pytest.mark.parametrize("query", ["川渝", "渝川", "川渝两地", "川渝地区"])
def test_the_two(query: str) -> None:
    found = wide(query)
    assert found.codes == wide("四川").codes | wide("重庆").codes
    assert found.notes


@pytest.mark.parametrize("query", ["成渝地区双城经济圈", "双城经济圈", "成渝"])
def test_the_economic_circle_leaves_out_what_its_plan_leaves_out(query: str) -> None:
    codes = wide(query).codes
    assert {"510115", "500103", "500157", "511702", "510704", "510000", "500000"} <= codes
    assert (
        not {"511781", "510727", "510726", "511825", "511827", "513201", "510800", "500229"} & codes
    )


def test_the_zone_across_the_border() -> None:
    found = wide("川渝高竹新区")
    assert found.codes == {"511623", "500112", "500109"} == wide("高竹新区").codes
    assert "邻水县" in found.notes[0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("成都高新区", "5101GX"),
        ("5101gx", "5101GX"),
        ("四川天府新区", "5101TF"),
        ("天府新区", "5101TF"),
    ],
)
def test_zones(query: str, code: str) -> None:
    assert wide(query).codes == {code}
    assert "不是行政区" in wide(query).notes[0]


def test_of_one_name_those_of_sichuan_and_chongqing_are_meant() -> None:
    found = wide("江北区")
    assert found.codes == {"500105"}
    assert "宁波市江北区" in found.notes[-1]
    assert wide("宁波市江北区").codes == {"330205"}
    assert {"511002", "511102"} <= wide("市中区").codes


def test_of_one_name_elsewhere_all_are_meant() -> None:
    found = wide("朝阳区")
    assert found.codes == {"110105", "220104"}
    assert "同名" in found.notes[-1]
    assert wide("北京朝阳区").codes == {"110105"}


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "过期食品",
        "渝北区法院",
        "成都路",
        "重庆小面",
        "999999",
        "5",
        "510",
        "51010",
        "某区",
        "字" * 9999,
    ],
)
def test_no_place(query: str) -> None:
    assert widen(query) is None


@settings(deadline=None)  # the first call reads the data
@given(st.text())
def test_any_query_is_read(query: str) -> None:
    found = widen(query)
    assert found is None or found.codes


def test_every_unit_is_widened_from_its_name_and_its_code() -> None:
    for unit in gazetteer().units:
        assert unit.code in wide(unit.full_name).codes, unit
        assert unit.code in wide(unit.code).codes, unit
