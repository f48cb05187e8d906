"""Regions found in sentences of our own, and in every name of the data."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.places import find
from kb.places.gazetteer import Level, gazetteer


def named(text: str, on: date | None = None) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.code) for mention in find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whole chains
        ("四川省成都市温江区的某公司", [("四川省成都市温江区", "510115")]),
        ("住四川省宜宾市高县", [("四川省宜宾市高县", "511525")]),
        ("重庆市渝中区人民路", [("重庆市渝中区", "500103")]),
        ("四川省阿坝藏族羌族自治州茂县", [("四川省阿坝藏族羌族自治州茂县", "513223")]),
        ("四川省凉山州西昌市", [("四川省凉山州西昌市", "513401")]),
        ("甘孜州康定市", [("甘孜州康定市", "513301")]),
        ("贵州省凤冈县人民政府", [("贵州省凤冈县", "520327")]),
        ("吉林省吉林市丰满区", [("吉林省吉林市丰满区", "220211")]),
        ("海南省五指山市", [("海南省五指山市", "469001")]),
        ("内蒙古自治区呼伦贝尔市鄂伦春自治旗", [("内蒙古自治区呼伦贝尔市鄂伦春自治旗", "150723")]),
        # levels left out, short names in a chain
        ("重庆渝北一家超市", [("重庆渝北", "500112")]),
        ("成都温江的公司", [("成都温江", "510115")]),
        ("四川泸州", [("四川泸州", "510500")]),
        ("四川江油", [("四川江油", "510781")]),
        ("湖南长沙", [("湖南长沙", "430100")]),
        ("四川都江堰市", [("四川都江堰市", "510181")]),
        # alone
        ("渝中区", [("渝中区", "500103")]),
        ("双流区某餐馆", [("双流区", "510116")]),
        ("都江堰市", [("都江堰市", "510181")]),
        ("彭水县", [("彭水县", "500243")]),
        ("彭水苗族土家族自治县", [("彭水苗族土家族自治县", "500243")]),
        ("北川羌族自治县", [("北川羌族自治县", "510726")]),
        ("成都某公司不服", [("成都", "510100")]),
        ("四川公司在重庆经营", [("四川", "510000"), ("重庆", "500000")]),
        ("广安某公司", [("广安", "511600")]),
        ("上海某贸易公司", [("上海", "310000")]),
        ("内蒙某牧场", [("内蒙", "150000")]),
        ("中山市某房地产公司", [("中山市", "442000")]),
        ("天津滨海新区", [("天津滨海新区", "120116")]),
        # the place in a company's name is where the company says it is
        ("南京欧尚超市有限公司江宁店", [("南京", "320100")]),
        ("北京合力华通汽车服务有限公司", [("北京", "110000")]),
        ("四川路桥公司", [("四川", "510000")]),
        # before organs
        ("渝北区人社局认定", [("渝北区", "500112")]),
        ("温江区法院受理", [("温江区", "510115")]),
        ("成都市郫都区人民法院", [("成都市郫都区", "510117")]),
        ("温江法院", [("温江", "510115")]),
        ("涪陵公安局", [("涪陵", "500102")]),
        ("璧山市场监管局", [("璧山", "500120")]),
        ("成都市市场监管局", [("成都市", "510100")]),
        ("成都市场监管局", [("成都", "510100")]),
        ("四川省高级人民法院", [("四川省", "510000")]),
        ("乐山市中级人民法院", [("乐山市", "511100")]),
        ("乐山市中区法院", [("乐山市中区", "511102")]),
        ("内江市市中区", [("内江市市中区", "511002")]),
        ("济南市中院", [("济南市", "370100")]),
        # a county's short name with words that show a place
        ("涪陵某食品公司", [("涪陵", "500102")]),
        ("永川警方", [("永川", "500118")]),
        ("万州籍务工人员", [("万州", "500101")]),
        # lists
        (
            "成都市锦江、青羊和金牛",
            [("成都市锦江", "510104"), ("青羊", "510105"), ("金牛", "510106")],
        ),
        (
            "渝中区、江北区、南岸区",
            [("渝中区", "500103"), ("江北区", "500105"), ("南岸区", "500108")],
        ),
        ("成都、德阳、眉山", [("成都", "510100"), ("德阳", "510600"), ("眉山", "511400")]),
        # groups and zones
        ("川渝两地联合发布", [("川渝两地", "510000"), ("川渝两地", "500000")]),
        ("川渝跨省通办", [("川渝", "510000"), ("川渝", "500000")]),
        ("成都高新区市场监管局", [("成都高新区", "5101GX")]),
        ("成都市高新区", [("成都市高新区", "5101GX")]),
        ("四川天府新区管委会", [("四川天府新区", "5101TF")]),
        ("成都东部新区某工地", [("成都东部新区", "5101DB")]),
        ("重庆高新区管委会", [("重庆高新区", "5000GX")]),
        ("重庆市万盛经开区管委会", [("重庆市万盛经开区", "5000WS")]),
        ("重庆两江新区管委会", [("重庆两江新区", "5000LJ")]),
        ("重庆市两江新区人民政府", [("重庆市两江新区", "500157")]),
        # units that are no more
        ("万盛区", [("万盛区", "500110")]),
        ("双桥区人民法院和重庆市双桥区", [("双桥区", "500111"), ("重庆市双桥区", "500111")]),
        ("大足县、綦江县", [("大足县", "500225"), ("綦江县", "500222")]),
        ("在开县", [("开县", "500234")]),
        ("郫县、双流县", [("郫县", "510124"), ("双流县", "510122")]),
        ("达州市达县", [("达州市达县", "511721")]),
        ("名山县彭山县罗江县", [("名山县", "511821"), ("彭山县", "511422"), ("罗江县", "510626")]),
        ("隆昌县和会理县", [("隆昌县", "511028"), ("会理县", "513425")]),
        ("射洪县，新津县", [("射洪县", "510922"), ("新津县", "510132")]),
        ("马尔康县、康定县", [("马尔康县", "513229"), ("康定县", "513321")]),
        ("资阳市简阳市", [("资阳市简阳市", "512081")]),
        ("成都市简阳市", [("成都市简阳市", "510185")]),
        ("北京市宣武区", [("北京市宣武区", "110104")]),
        # one name, several regions
        ("重庆市江北区", [("重庆市江北区", "500105")]),
        ("宁波市江北区", [("宁波市江北区", "330205")]),
        ("浙江宁波某公司在江北区", [("浙江宁波", "330200"), ("江北区", "330205")]),
        ("重庆某公司不服江北区市监局", [("重庆", "500000"), ("江北区", "500105")]),
        ("渝中区法院移送江北法院", [("渝中区", "500103"), ("江北", "500105")]),
        ("北京市某公司诉朝阳区政府", [("北京市", "110000"), ("朝阳区", "110105")]),
        ("长春市某公司诉朝阳区政府", [("长春市", "220100"), ("朝阳区", "220104")]),
        ("海南某公司", [("海南", "460000")]),
        ("吉林某公司", [("吉林", "220000")]),
        ("恩施州", [("恩施州", "422800")]),
        # spellings
        ("重 庆 市 渝 北 区", [("重 庆 市 渝 北 区", "500112")]),
        ("重慶市渝北區", [("重慶市渝北區", "500112")]),
        ("四川省\n成都市", [("四川省\n成都市", "510100")]),
        ("（成都市）", [("成都市", "510100")]),
    ],
)
def test_regions(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "某区市场监管局",
        "XX县公安局",
        "本市人社局",
        "重庆小面馆",
        "重庆火锅店",
        "一家四川料理",
        "兰州拉面",
        "沙县小吃",
        "郫县豆瓣",
        "涪陵榨菜",
        "北京时间八时",
        "成都路",
        "北京路18号",
        "西藏南路",
        "南京西路",
        "上海中路",
        "黄河南岸",
        "嘉陵江西路",
        "朝阳照耀大地",
        "大同社会",
        "孙中山先生",
        "长寿老人",
        "锦江之水",
        "南岸有树",
        "石柱倒塌",
        "安康吉祥",
        "来宾登记",
        "日照时间",
        "大理石台面",
        "重大庆典活动",
        "入海口水域",
        "新城区和老城区",
        "主城区范围",
        "郊区农房",
        "沿海城市",
        "适应城市建设",
        "农贸合作市场",
        "到达县城",
        "传达县委要求",
        "提高县级能力",
        "各市和县人民政府",
        "会同县公安局",
        "创新和政府职能",
        "新兴区域",
        "西南山区",
        "和平区",
        "江北区法院",
        "朝阳法院",
        "鼓楼区",
        "城关镇",
        "高新区管委会",
        "（2024）渝01行终354号",
        "渝中府复〔2024〕85号",
        "川菜馆",
        "平安银行",
        "阿里巴巴公司",
    ],
)
def test_no_region(text: str) -> None:
    assert find(text) == ()


def test_an_airport_names_no_district() -> None:
    assert named("重庆江北机场") == [("重庆", "500000")]
    assert named("四川南部山区") == [("四川", "510000")]


def test_a_zone_of_another_city_is_not_taken_for_ours() -> None:
    assert named("成都某公司与济南高新区法院") == [("成都", "510100"), ("济南", "370100")]


def test_the_short_name_of_a_far_county_needs_its_province() -> None:
    text = "辽宁省锦州市松山新区，以下简称松山征收办"
    assert named(text) == [("辽宁省锦州市", "210700")]
    assert ("怀宁", "340822") in named("安徽省某公司与怀宁国土局")


def test_names_are_full() -> None:
    assert [mention.name for mention in find("温江区、彭水县")] == [
        "四川省成都市温江区",
        "重庆市彭水苗族土家族自治县",
    ]


@pytest.mark.parametrize(
    ("text", "on", "code", "note"),
    [
        ("渝北区", date(2024, 5, 1), "500112", ""),
        ("渝北区", date(2025, 11, 5), "500112", ""),
        ("渝北区", date(2025, 11, 6), "500112", "原渝北区"),
        ("渝北区", None, "500112", "原渝北区"),
        ("两江新区", None, "500157", ""),
        ("两江新区", date(2025, 11, 6), "500157", ""),
        ("郫县", date(2015, 1, 1), "510124", ""),
        ("郫县", date(2016, 6, 1), "510124", ""),  # known to the year only
        ("郫县", date(2017, 1, 1), "510124", "原郫县"),
        ("郫都区", date(2012, 1, 1), "510117", "时为郫县"),
        ("万盛区", date(2010, 1, 1), "500110", ""),
        ("简阳市", date(2010, 1, 1), "512081", ""),
        ("简阳市", date(2020, 1, 1), "510185", ""),
        ("资阳市简阳市", date(2020, 1, 1), "512081", "今四川省成都市简阳市"),
        ("北川县", date(2010, 1, 1), "510726", ""),
    ],
)
def test_on_a_day(text: str, on: date | None, code: str, note: str) -> None:
    (mention,) = find(text, on)
    assert (mention.code, mention.note) == (code, note)


def test_the_old_zone_is_not_the_district() -> None:
    (mention,) = find("重庆两江新区管理委员会", date(2023, 3, 1))
    assert (mention.code, mention.name) == ("5000LJ", "重庆两江新区")
    assert "不是行政区" in mention.note


def test_the_zone_across_the_border_follows_its_towns() -> None:
    assert [code for _, code in named("川渝高竹新区", date(2024, 1, 1))] == ["511623", "500112"]
    assert [code for _, code in named("川渝高竹新区", date(2026, 1, 1))] == ["511623", "500109"]


def test_a_contested_name_says_so() -> None:
    mentions = find("宁波市某公司诉某局。此前重庆市某公司在江北区经营。")
    assert mentions[-1].code == "500105"
    assert mentions[-1].note == "另有同名：浙江省宁波市江北区"


def test_the_name_in_full_elsewhere_settles_a_name() -> None:
    mentions = find("重庆市江北区某公司与宁波市某公司在江北区签约")
    assert [mention.code for mention in mentions] == ["500105", "330200", "500105"]


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(unit, id=f"{unit.code}{unit.name}")
        for unit in gazetteer().units
        if unit.code.startswith(("50", "51")) and unit.level is not Level.ZONE
    ],
)
def test_every_unit_of_home_is_found(unit) -> None:  # type: ignore[no-untyped-def]
    text = f"在{unit.full_name}发生"
    (mention,) = find(text, unit.valid_from)
    assert (mention.span.of(text), mention.code) == (unit.full_name, unit.code)


def test_every_full_name_is_found() -> None:
    for name in {unit.full_name for unit in gazetteer().units if unit.level is not Level.ZONE}:
        text = f"在{name}发生"
        spans = [mention.span.of(text) for mention in find(text)]
        assert spans == [name], (name, spans)


PIECES = st.sampled_from(
    [
        *(
            "重庆",
            "市",
            "渝北",
            "区",
            "四川省",
            "成都",
            "路",
            "市场",
            "江北",
            "法院",
            "、",
            "川渝",
            "县",
        ),
        *("达", "公安局", "朝阳", "两江新区", "管委会", "①", "㎏", "\u200b", " ", "\n", "Ａ"),
    ]
)


@settings(deadline=None)  # the first call reads the data
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.none() | st.dates())
def test_any_text_gives_valid_mentions(text: str, on: date | None) -> None:
    mentions = find(text, on)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert gazetteer().get(mention.code) is not None
    starts = [mention.span.start for mention in mentions]
    assert starts == sorted(starts)


def test_long_texts_full_of_names_are_read_in_seconds() -> None:
    assert find("朝阳区" * 30_000) == ()
    assert len(find("北京市某甲与朝阳区某乙" * 3_000)) == 6_000


def test_real_cases(shared_data) -> None:  # type: ignore[no-untyped-def]
    """Read by eye: who is concerned, where, in the ten cases on administrative agreements."""
    expected = {
        "成都某商贸": {"510100", "510000", "510115", "510117"},
        "凤冈县某工贸": {"520327", "520300", "520000"},
        "中山市某房地产": {"442000"},
        "宁某某诉甘肃省": {"621102", "621100", "620100"},
        "某停车管理": {"110000", "110109"},
        "王某诉安徽省": {"340822", "340800", "340882"},
        "赵某某诉山东省": {"370112", "370100", "370000"},
        "韩某某诉辽宁省": {"210700", "210711"},
        "某国际有限公司": {"420000", "421000", "420100"},
        "王某某、陈某某": {"330110", "330100", "330105"},
    }
    for start, codes in expected.items():
        (file,) = (shared_data / "cases" / "行政协议诉讼").glob(f"{start}*.md")
        found = {mention.code for mention in find(file.read_text(encoding="utf-8"))}
        assert found <= codes, (file.name, found)
        assert len(found) >= len(codes) - 1, (file.name, found)
