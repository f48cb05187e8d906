"""Organs of state in sentences of our own, by every way of shortening them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.places import authorities, place
from kb.places.organs import organs


@pytest.mark.parametrize(
    ("text", "full_name", "code", "organ"),
    [
        ("渝北区人社局", "重庆市渝北区人力资源和社会保障局", "500112", "human_resources"),
        ("重庆渝北人社局", "重庆市渝北区人力资源和社会保障局", "500112", "human_resources"),
        ("四川省人社厅", "四川省人力资源和社会保障厅", "510000", "human_resources"),
        ("成都市市场监管局", "四川省成都市市场监督管理局", "510100", "market"),
        ("成都市市监局", "四川省成都市市场监督管理局", "510100", "market"),
        ("成都市场监管局", "四川省成都市市场监督管理局", "510100", "market"),
        ("巴南区工商局", "重庆市巴南区工商行政管理局", "500113", "market"),
        ("温江区规自局", "四川省成都市温江区规划和自然资源局", "510115", "resources"),
        ("邻水县自然资源局", "四川省广安市邻水县自然资源局", "511623", "resources"),
        ("成都市城管委", "四川省成都市城市管理委员会", "510100", "city_management"),
        ("门头沟区城管委", "北京市门头沟区城市管理委员会", "110109", "city_management"),
        ("万州区卫健委", "重庆市万州区卫生健康委员会", "500101", "health"),
        ("都江堰市医保局", "四川省成都市都江堰市医疗保障局", "510181", "medical_insurance"),
        ("泸县应急局", "四川省泸州市泸县应急管理局", "510521", "emergency"),
        ("合川区生态环境局", "重庆市合川区生态环境局", "500117", "ecology"),
        ("綦江区政府", "重庆市綦江区人民政府", "500110", "government"),
        ("四川省人民政府", "四川省人民政府", "510000", "government"),
        ("南充市税务局", "四川省南充市税务局", "511300", "tax"),
        ("重庆市教委", "重庆市教育委员会", "500000", "education"),
        ("成都市公安局", "四川省成都市公安局", "510100", "police"),
        ("成都市交警支队", "四川省成都市公安局交通警察支队", "510100", "traffic_police"),
        ("成都市公安局交警支队", "四川省成都市公安局交通警察支队", "510100", "traffic_police"),
        ("重庆市公安局渝北区分局", "重庆市公安局渝北区分局", "500112", "police"),
        ("成都市公安局锦江分局", "四川省成都市公安局锦江区分局", "510104", "police"),
        ("泸县公安局城南派出所", "四川省泸州市泸县公安局城南派出所", "510521", "police_station"),
        ("渝中区大溪沟街道办", "重庆市渝中区大溪沟街道办事处", "500103", "subdistrict"),
        ("渝北区人民政府龙山街道办事处", "重庆市渝北区龙山街道办事处", "500112", "subdistrict"),
        ("邻水县高滩镇政府", "四川省广安市邻水县高滩镇人民政府", "511623", "township"),
        ("成都高新区管委会", "四川省成都高新区管理委员会", "5101GX", "committee"),
        ("两江新区管委会", "重庆两江新区管理委员会", "5000LJ", "committee"),
        ("四川省高院", "四川省高级人民法院", "510000", "high_court"),
        ("成都中院", "四川省成都市中级人民法院", "510100", "intermediate_court"),
        ("重庆一中院", "重庆市第一中级人民法院", "500000", "intermediate_court"),
        ("重庆市第五中级人民法院", "重庆市第五中级人民法院", "500000", "intermediate_court"),
        ("成都铁路运输法院", "成都铁路运输法院", "510100", "railway_court"),
        ("温江法院", "四川省成都市温江区人民法院", "510115", "court"),
        ("渝北区检察院", "重庆市渝北区人民检察院", "500112", "prosecutor"),
    ],
)  # fmt: skip
def test_one_organ_one_name(text: str, full_name: str, code: str, organ: str) -> None:
    (found,) = authorities(f"申请人不服{text}的决定。")
    assert (found.full_name, found.region_code, found.organ) == (full_name, code, organ)
    assert found.raw == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "市人社局",
        "某区市场监管局",
        "区政府",
        "重庆市",
        "重庆小面馆",
        "渝中府复〔2024〕85号",
        "江北区法院",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert authorities(text) == ()


def test_several_in_one_sentence() -> None:
    text = "申请人不服被申请人重庆市渝北区市监局，向渝北区政府申请复议，后诉至重庆一中院。"
    found = authorities(text, date(2024, 1, 1))
    assert [authority.span.of(text) for authority in found] == [
        "重庆市渝北区市监局",
        "渝北区政府",
        "重庆一中院",
    ]
    assert [authority.court for authority in found] == [False, False, True]


def test_the_organ_of_the_day() -> None:
    (new,) = authorities("重庆市两江新区人社局", date(2026, 1, 1))
    (old,) = authorities("重庆市两江新区人社局", date(2024, 1, 1))
    assert (new.region_code, old.region_code) == ("500157", "5000LJ")
    assert new.full_name != old.full_name


@settings(deadline=None)  # the first call reads the data
@given(
    st.sampled_from(["500103", "510115", "510100", "510000", "513201"]),
    st.sampled_from(sorted(organs().by_spelling)),
)
def test_every_spelling_is_read_behind_a_region(code: str, spelling: str) -> None:
    organ = organs().by_spelling[spelling]
    name = place(code).full_name + ("某山" if organ.named else "") + spelling
    (found,) = authorities(name)
    assert (found.raw, found.organ) == (name, organ.code)


@settings(deadline=None)  # the first call reads the data
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in authorities(text):
        assert found.span.of(text) == found.raw
