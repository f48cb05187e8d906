"""One case published again and two cases of a series are told apart by what differs in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Content
from kb.search.similar.twins import Same, paper, pasted, tell
from tests.kb.search.similar.build import FOOD, FOOD_AGAIN, FOOD_LAW, INJURY, INJURY_LAW, case

TEXT = f"{INJURY}\n{INJURY_LAW}"
LONG = (
    "2024年3月5日18时20分许，张某下班骑电动车行至人民路12号路口，与李某驾驶的货车相撞受伤，花去医疗费23456元。"
    "人力资源和社会保障局于2024年5月17日作出不予认定工伤决定，认为其超过合理路线3.5公里。"
)


def told(one: Content, other: Content) -> Same | None:
    kind, _ = tell(paper(one), paper(other))
    back, _ = tell(paper(other), paper(one))
    assert kind == back
    return kind


def test_the_same_text_is_one_case() -> None:
    assert told(case("甲案", INJURY), case("乙案", INJURY)) is Same.DUPLICATE


def test_a_corrected_word_and_a_shorter_print_are_one_case() -> None:
    corrected = LONG.replace("相撞", "碰撞").replace("许，", "，")
    assert told(case("甲案", LONG), case("乙案", corrected)) is Same.DUPLICATE
    assert told(case("甲案", LONG + FOOD), case("乙案", LONG)) is Same.DUPLICATE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"docket": "渝北府复〔2024〕412号"}, {"docket": "渝北府复〔2024〕413号"}),
        ({"decided": date(2024, 5, 6)}, {"decided": date(2024, 5, 7)}),
        ({"applicant": "张某"}, {"applicant": "赵某某"}),
    ],
)
def test_numbers_days_and_surnames_tell_two_cases_apart(
    one: dict[str, object], other: dict[str, object]
) -> None:
    pair = case("甲案", INJURY, INJURY_LAW, **one), case("乙案", INJURY, INJURY_LAW, **other)
    assert told(*pair) is Same.SERIES


def test_one_name_masked_in_two_ways_tells_nothing_apart() -> None:
    pair = case("甲案", INJURY, applicant="张某"), case("乙案", INJURY, applicant="张三丰")
    assert told(*pair) is Same.DUPLICATE


def test_other_figures_tell_two_cases_apart() -> None:
    figures = {"18": "17", "12号": "88号", "23456": "9870", "5月17日": "5月28日"}
    other = LONG
    for figure, instead in figures.items():
        other = other.replace(figure, instead)
    assert told(case("甲案", LONG), case("乙案", other)) is Same.SERIES


def test_a_template_makes_a_series_at_one_authority_only() -> None:
    filled = INJURY.replace("骑电动车回家途中与货车", "走路去车站换乘时被公共汽车").replace(
        "次要", "同等"
    )
    here = case("甲案", INJURY, region="500112", docket="渝北府复〔2024〕412号")
    again = case("乙案", filled, region="500112", docket="渝北府复〔2024〕413号")
    elsewhere = case("丙案", filled, region="510115", docket="温府复〔2024〕7号")
    assert told(here, again) is Same.SERIES
    assert told(here, elsewhere) is None


def test_two_cases_of_one_cause_are_two_cases() -> None:
    assert told(case("甲案", FOOD, FOOD_LAW), case("乙案", FOOD_AGAIN, FOOD_LAW)) is None


@given(st.data())
def test_a_text_printed_in_another_layout_is_one_case(data: st.DataObject) -> None:
    """Line ends, spaces, full-width signs and brackets may change anywhere."""
    signs = {"，": ",", "。": "。\n\n", "《": "〈", "》": "〉", "（": "("}
    printed = "".join(
        data.draw(st.sampled_from((sign, signs.get(sign, f"{sign} "), f"{sign}\u3000\n")))
        for sign in TEXT
    )
    assert tell(pasted(TEXT), pasted(printed))[0] is Same.DUPLICATE


@given(st.text(), st.text())
def test_any_two_texts_can_be_told(one: str, other: str) -> None:
    kind, overlap = tell(pasted(one), pasted(other))
    assert 0 <= overlap <= 1
    assert (kind, overlap) == tell(pasted(other), pasted(one))
