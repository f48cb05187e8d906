"""Cases whose parts no heading sets off: their paragraphs tell, or else nothing is told."""

import pytest

from ingest.layout.lines import Line
from ingest.layout.unheaded import parts
from kb.model import Role

FACTS = "申请人示例甲公司不服示例区市场监督管理局罚款五千元的决定，申请行政复议。"
REVIEW = "复议机关经审理认为，当事人系初次违法且及时改正，决定变更为不予处罚。"
MEANING = "本案中，复议机关坚持过罚相当，让执法有力度也有温度。"


def told(*paragraphs: str) -> list[tuple[int, Role]]:
    return parts([Line(text, 0, len(text)) for text in paragraphs])


def test_facts_review_and_significance() -> None:
    assert told(FACTS, REVIEW, MEANING) == [
        (0, Role.FACTS),
        (1, Role.REVIEW),
        (2, Role.SIGNIFICANCE),
    ]


@pytest.mark.parametrize(
    "review",
    [
        "行政复议机构受理后，组织双方当面沟通。",
        "经审理，示例区人民政府认为，处罚明显不当。",
        "案件审理过程中，复议人员到现场踏勘三次。",
        "示例区人民政府经审查认为，原决定认定事实不清。",
        "复议机关认为处罚过重。",
        "受理后，复议机构调取了监控录像。",
    ],
)
def test_ways_in_which_a_review_begins(review: str) -> None:
    assert told(FACTS, "另查明，店铺已停业。", review) == [(0, Role.FACTS), (2, Role.REVIEW)]


def test_a_part_runs_on_to_the_next_and_comes_once() -> None:
    paragraphs = [
        FACTS,
        REVIEW,
        "该局在答复中未提交证据。",
        "复议机关决定撤销。",
        MEANING,
        "示例。",
    ]
    assert told(*paragraphs) == [(0, Role.FACTS), (1, Role.REVIEW), (4, Role.SIGNIFICANCE)]


def test_what_the_authority_is_praised_for_belongs_to_the_significance() -> None:
    praise = "复议机关在办案中坚持依法履职、实质化解争议，值得借鉴。"
    assert told(FACTS, REVIEW, MEANING, praise)[-1] == (2, Role.SIGNIFICANCE)


@pytest.mark.parametrize(
    "doing",
    [
        "示例区人民政府经审查作出《征收补偿决定》，申请人不服，遂申请行政复议。",
        "经审查，示例区市场监督管理局认为违法事实成立，罚款三万元，申请人不服。",
        "示例区人民政府依法作出《征收补偿决定》，请求撤销。",
    ],
)
def test_doings_of_the_respondent_belong_to_the_facts(doing: str) -> None:
    assert told(FACTS, doing, REVIEW) == [(0, Role.FACTS), (2, Role.REVIEW)]


@pytest.mark.parametrize(
    "reasons",
    [
        "本案争议焦点为处罚是否适当。",
        "本案中，被申请人未提交送达回证。",
        "该案申请人系个体工商户。",
        "本案于2024年3月受理。",
    ],
)
def test_reasons_that_begin_like_a_significance_belong_to_the_review(reasons: str) -> None:
    assert told(FACTS, REVIEW, reasons) == [(0, Role.FACTS), (1, Role.REVIEW)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        (FACTS,),
        (FACTS, MEANING),  # what the authority did is nowhere told apart
        (REVIEW, MEANING),  # and here nothing stands before it
        ("复议机构加强队伍建设。", "复议机关受理案件一百件。"),
        ("近年来示例市不断优化营商环境。", REVIEW),  # a report on work, not a case
    ],
)
def test_what_does_not_tell_is_left_whole(paragraphs: tuple[str, ...]) -> None:
    assert told(*paragraphs) == []
