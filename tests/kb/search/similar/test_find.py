"""Similar cases as they are answered: who is found, in which tier, and who is no other case."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.answers import SimilarAnswer
from kb.model import Content, Kind
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.search.similar.build import (
    DISCLOSURE,
    FOOD,
    FOOD_AGAIN,
    FOOD_LAW,
    INJURY,
    INJURY_AGAIN,
    INJURY_LAW,
    case,
    stock,
)

Stocked = Callable[..., dict[str, str]]
STORY = (
    case("某超市不服过期食品罚款案", FOOD, FOOD_LAW),
    case("某便利店不服过期食品处罚案", FOOD_AGAIN, FOOD_LAW),
    case("张某不服不予认定工伤案", INJURY, INJURY_LAW),
    case("李某不服不予认定工伤案", INJURY_AGAIN, INJURY_LAW),
    case("王某不服政府信息公开答复案", DISCLOSURE),
)


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))


@pytest.fixture
def ask(base: KnowledgeBase) -> Callable[..., SimilarAnswer]:
    """Puts records into the base and asks for those similar to one of them."""

    def asked(title: str, *contents: Content) -> SimilarAnswer:
        return base.similar(base.case(stock(base, *contents)[title]))

    return asked


Ask = Callable[..., SimilarAnswer]


def titles(answer: SimilarAnswer) -> list[str]:
    return [one.link.title.removesuffix("（示例）") for one in answer.similar]


def leg(answer: SimilarAnswer, code: str, place: int = 0) -> tuple[int | None, int, list[str]]:
    found = next(one for one in answer.similar[place].legs if one.code == code)
    return found.share, found.weight, found.shared


def test_the_case_of_the_same_cause_is_found_and_no_other(ask: Ask) -> None:
    answer = ask("某超市不服过期食品罚款案", *STORY)
    assert titles(answer) == ["某便利店不服过期食品处罚案"]
    assert answer.read.statutes[0] == "食品安全法第一百二十四条第一款第五项"


def test_each_leg_says_how_much_and_why(ask: Ask) -> None:
    answer = ask("张某不服不予认定工伤案", *STORY)
    assert titles(answer) == ["李某不服不予认定工伤案"]
    facts, issue, law = (leg(answer, code) for code in ("facts", "issue", "law"))
    assert [weight for _, weight, _ in (facts, issue, law)] == [50, 35, 15]
    assert facts[0] is not None
    assert "受伤" in facts[2]
    assert "行政确认" in issue[2]
    assert law[::2] == (100, ["工伤保险条例第十四条第六项"])


def test_a_leg_that_cannot_be_judged_is_left_out_and_said(ask: Ask) -> None:
    answer = ask(
        "某超市不服过期食品罚款案",
        case("某超市不服过期食品罚款案", FOOD, FOOD_LAW),
        case("某便利店不服过期食品处罚案", FOOD_AGAIN),
    )
    (found,) = answer.similar
    law = found.legs[2]
    assert (law.share, law.weight) == (None, 0)
    assert "没有引用" in law.note
    assert [leg.weight for leg in found.legs] == [59, 41, 0]
    judged = [leg for leg in found.legs if leg.share is not None]
    mean = sum(leg.weight * leg.share for leg in judged) / 100
    assert found.share == pytest.approx(mean, abs=1)


def test_nothing_is_said_to_be_similar_where_nothing_is(ask: Ask) -> None:
    answer = ask("王某不服政府信息公开答复案", *STORY)
    assert (answer.similar, answer.same, answer.series) == ([], [], [])
    assert answer.compared > 0


def test_a_case_alone_has_none(ask: Ask) -> None:
    answer = ask("王某不服政府信息公开答复案", STORY[-1])
    assert (answer.similar, answer.compared) == ([], 0)


def test_tiers_come_in_the_order_of_the_rules(ask: Ask) -> None:
    answer = ask(
        "某超市不服过期食品罚款案",
        case("某超市不服过期食品罚款案", FOOD, FOOD_LAW),
        *_of_each_tier(),
    )
    assert [one.tier.code for one in answer.similar] == ["guiding", "typical", "reference", "other"]


def _of_each_tier() -> list[Content]:
    """Cases of one cause that are told in different words."""
    told = {
        Kind.REVIEW_DECISION: FOOD_AGAIN,
        Kind.REFERENCE_CASE: (
            "执法人员在小卖部查获过期牛奶一盒，市场监督管理局认定销售超过保质期的食品，罚款五万元。"
            "店主主张货值极小，处罚过重。"
        ),
        Kind.TYPICAL_CASE: (
            "粮油店被举报出售过期面条，市场监督管理局核实后以销售超过保质期的食品为由罚款五万元，"
            "当事人认为过罚不当，请求减轻。"
        ),
        Kind.GUIDING_CASE: (
            "水果店的酸奶超过保质期两天仍在销售，市场监督管理局对其罚款五万元；"
            "店主称危害后果轻微，请求撤销处罚。"
        ),
    }
    return [
        case(f"{kind.value}店不服过期食品罚款案", story, FOOD_LAW, kind=kind)
        for kind, story in told.items()
    ]


def test_a_text_published_again_is_the_same_case(ask: Ask) -> None:
    spaced = "\n\n".join(FOOD.split("。")).replace("，", "， ").replace("\n\n", "。\n\n")
    answer = ask(
        "某超市不服过期食品罚款案",
        *STORY,
        case("小过重罚被纠正：一家超市的过期饼干", spaced, "【裁判结果】" + FOOD_LAW),
    )
    assert titles(answer) == ["某便利店不服过期食品处罚案"]
    assert [(one.link.title[:4], one.how.code) for one in answer.same] == [
        ("小过重罚", "duplicate")
    ]
    assert "文字重合" in answer.same[0].why


def test_cases_of_one_series_are_told_apart_from_one_published_again(ask: Ask) -> None:
    plural = [
        case(
            f"{name}某不服不予认定工伤案",
            INJURY.replace("张某", f"{name}某"),
            INJURY_LAW,
            docket=f"渝北府复〔2024〕{number}号",
            region="500112",
            applicant=f"{name}某",
        )
        for name, number in (("张", 412), ("赵", 413), ("孙", 414))
    ]
    answer = ask("张某不服不予认定工伤案", *plural, STORY[3])
    assert {one.how.code for one in answer.series} == {"series"}
    assert len(answer.series) == 2
    assert answer.same == []
    assert titles(answer) == ["李某不服不予认定工伤案"]


def test_a_series_among_the_similar_is_gathered_under_its_best(ask: Ask) -> None:
    series = [
        case(
            f"{name}某不服不予认定工伤案",
            INJURY.replace("张某", f"{name}某"),
            applicant=f"{name}某",
        )
        for name in ("张", "赵", "孙")
    ]
    answer = ask("李某不服不予认定工伤案", *series, STORY[3])
    (head,) = answer.similar
    assert sorted(one.how.code for one in head.also) == ["series", "series"]


def test_records_of_the_same_dispute_are_none(ask: Ask) -> None:
    number = "渝北府复〔2024〕412号"
    answer = ask(
        "张某不服不予认定工伤案",
        case("张某不服不予认定工伤案", INJURY, INJURY_LAW, docket=number),
        case("张某诉人社局工伤认定案", INJURY_AGAIN, INJURY_LAW, docket=number),
    )
    assert answer.similar == []
    assert [(one.how.code, one.why) for one in answer.same] == [("dispute", number)]


def test_the_name_and_number_of_a_paper_say_nothing_of_its_issue(ask: Ask) -> None:
    papers = [
        case(
            f"某某人民政府行政复议决定书（示例府复〔2024〕{number}号）",
            story,
            kind=Kind.REVIEW_DECISION,
        )
        for number, story in ((1, FOOD), (2, FOOD_AGAIN))
    ]
    bare = [paper.with_fields(acts=(), issues=()) for paper in papers]
    answer = ask("某某人民政府行政复议决定书（示例府复〔2024〕1号）", *bare)
    (found,) = answer.similar
    assert found.legs[1].share is None
    assert "看不出争议焦点" in found.legs[1].note


def test_an_old_article_is_the_new_one_it_became(ask: Ask) -> None:
    old = "依照《中华人民共和国行政复议法》第二十八条第一款第三项决定撤销。"
    new = "依照《中华人民共和国行政复议法》第六十四条第一款第一项决定撤销。"
    answer = ask(
        "张某不服不予认定工伤案",
        case("张某不服不予认定工伤案", INJURY, old, decided=date(2022, 5, 6)),
        case("李某不服不予认定工伤案", INJURY_AGAIN, new, decided=date(2024, 5, 6)),
    )
    share, _, (said,) = leg(answer, "law")
    assert share == 100
    assert "新旧条文对应" in said
    assert "第二十八条" in said
    assert "第六十四条" in said


def test_the_same_number_of_another_version_is_another_article(ask: Ask) -> None:
    text = "依照《中华人民共和国行政复议法》第二十八条第一款第三项。"
    answer = ask(
        "张某不服不予认定工伤案",
        case("张某不服不予认定工伤案", INJURY, text, decided=date(2022, 5, 6)),
        case("李某不服不予认定工伤案", INJURY_AGAIN, text, decided=date(2024, 5, 6)),
    )
    share, _, shared = leg(answer, "law")
    assert shared == []
    assert share is not None
    assert share < 50


def test_what_is_new_is_seen_and_what_is_withdrawn_is_not(base: KnowledgeBase, ask: Ask) -> None:
    first = ask("某超市不服过期食品罚款案", STORY[0])
    assert first.similar == []
    second = ask("某超市不服过期食品罚款案", *STORY)
    assert titles(second) == ["某便利店不服过期食品处罚案"]
    base.withdraw(second.similar[0].link.id, "应要求撤回", "tests")
    assert titles(ask("某超市不服过期食品罚款案", case("无关案", DISCLOSURE))) == []


def test_a_pasted_text_is_read_as_an_import_would_read_it(base: KnowledgeBase) -> None:
    stock(base, *STORY)
    answer = base.similar_to(
        "某小卖部不服过期食品处罚案\n市场监督管理局在某小卖部的货架上发现两袋过期薯片，罚款五万元。小卖部不服行政处罚，"
        f"申请行政复议。{FOOD_LAW}"
    )
    assert answer.read.statutes == [
        "食品安全法第一百二十四条第一款第五项",
        "行政处罚法第三十三条第一款",
    ]
    assert [act.label for act in answer.read.acts] == ["行政处罚"]
    assert set(titles(answer)) == {"某超市不服过期食品罚款案", "某便利店不服过期食品处罚案"}


def test_a_pasted_text_that_is_here_already_is_told(base: KnowledgeBase) -> None:
    stock(base, *STORY)
    answer = base.similar_to(f"{FOOD}\n{FOOD_LAW}")
    assert [one.how.code for one in answer.same] == ["duplicate"]
    assert "某超市不服过期食品罚款案" not in titles(answer)


def test_a_pasted_text_that_bears_the_number_of_a_record_is_told(base: KnowledgeBase) -> None:
    stock(base, case("张某不服不予认定工伤案", INJURY, docket="渝北府复〔2024〕412号"))
    answer = base.similar_to("不服渝北府复[2024]412号行政复议决定，提起诉讼。" + INJURY_AGAIN)
    assert [(one.how.code, one.why) for one in answer.same] == [("dispute", "渝北府复(2024)412号")]
    assert answer.similar == []


@pytest.mark.parametrize(
    "text", ["", "\n", "甲", "\ud800", "0" * 20_000, "\0《》第条", "的" * 20_000]
)
def test_no_text_is_an_error(base: KnowledgeBase, text: str) -> None:
    stock(base, *STORY)
    assert base.similar_to(text).similar == []
