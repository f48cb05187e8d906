"""Records of one dispute find each other by their numbers; those of others do not."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kb.chain import OWN_RULE, own_numbers, stage
from kb.law import dockets
from kb.model import Claim, ClaimSource, Content, Evidence, Kind, Source
from kb.service import KnowledgeBase
from kb.settings import Settings

Held = Callable[..., dict[str, list[tuple[str, str, str]]]]
REVIEW, FIRST, SECOND = "渝北府复〔2024〕412号", "（2024）渝0112行初31号", "（2025）渝01行终7号"
ACT = "渝北市监处罚〔2024〕12号"


def paper(
    kind: Kind,
    title: str,
    own: str,
    *mentioned: str,
    source: ClaimSource = ClaimSource.RULE,
    rule: str = OWN_RULE,
) -> Content:
    """A paper that bears a number, "" for none, and mentions others."""
    text = "，".join((title, own, *mentioned))
    claims = []
    for span, docket in dockets.find(text):
        is_own = docket.raw == own
        evidence = Evidence(
            rule if is_own else "dockets.find",
            docket.raw,
            span,
            source if is_own else ClaimSource.RULE,
        )
        claims.append(Claim(docket, evidence))
    assert [claim.value.raw for claim in claims] == [n for n in (own, *mentioned) if n]
    return Content(kind=kind, title=title, text=text, sections=(), dockets=tuple(claims))


def review(title: str, own: str, *mentioned: str) -> Content:
    return paper(Kind.REVIEW_DECISION, title, own, *mentioned)


def judgment(title: str, own: str, *mentioned: str) -> Content:
    return paper(Kind.JUDGMENT, title, own, *mentioned)


def account(title: str, *mentioned: str) -> Content:
    return paper(Kind.TYPICAL_CASE, title, "", *mentioned)


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """Puts papers into a base; for each title, what is joined to it: title, stage, relation."""
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))

    def hold(*contents: Content) -> dict[str, list[tuple[str, str, str]]]:
        digest = hashlib.sha256(repr(contents).encode()).hexdigest()
        source = Source(origin=digest, sha256=digest, media="text", text="")
        base.submit(source, contents, parser="tests", publish=True)
        return {
            answer.title: [
                (other.link.title, other.stage.code, other.relation.code)
                for other in base.related(base.case(answer.id))
            ]
            for answer in base.published()
        }

    return hold


def test_a_chain_is_seen_whole_from_each_of_its_ends(held: Held) -> None:
    found = held(
        review("复议", REVIEW, ACT),
        judgment("一审", FIRST, ACT, REVIEW),
        judgment("二审", SECOND, FIRST),
    )
    assert found == {
        "复议": [("一审", "first", "mentions"), ("二审", "second", "chain")],
        "一审": [("复议", "review", "mentioned"), ("二审", "second", "mentions")],
        "二审": [("复议", "review", "chain"), ("一审", "first", "mentioned")],
    }


def test_the_number_that_joins_is_told(held: Held, tmp_path: Path) -> None:
    held(review("复议", REVIEW), judgment("一审", FIRST, "渝北府复(2024)412号"))
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    cases = {answer.title: base.case(answer.id) for answer in base.published()}
    (first,), (reviewed,) = base.related(cases["复议"]), base.related(cases["一审"])
    assert first.docket == "渝北府复(2024)412号"
    assert reviewed.docket == REVIEW
    assert (reviewed.stage.label, first.stage.label) == ("行政复议", "一审")
    assert first.relation.label == "它提到本件的案号"


def test_two_accounts_of_one_case_find_each_other_and_its_papers(held: Held) -> None:
    found = held(
        account("甲报道", FIRST), account("乙报道", FIRST, SECOND), judgment("二审", SECOND)
    )
    assert found == {
        "甲报道": [("乙报道", "account", "shared")],
        "乙报道": [("二审", "second", "mentioned"), ("甲报道", "account", "shared")],
        "二审": [("乙报道", "account", "mentions")],
    }


def test_one_act_reviewed_and_sued_over_joins(held: Held) -> None:
    found = held(review("复议", REVIEW, ACT), judgment("一审", FIRST, ACT))
    assert found["复议"] == [("一审", "first", "shared")]


def test_two_papers_after_one_judgment_join_without_it(held: Held) -> None:
    found = held(judgment("二审", SECOND, FIRST), judgment("再审", "（2025）渝行申8号", FIRST))
    assert found["二审"] == [("再审", "retrial_review", "shared")]


@pytest.mark.parametrize(
    "number",
    ["国办发〔2020〕12号", "川府令〔2021〕3号", "渝市监公告〔2024〕1号", "（202*）川01行终1***号"],
)
def test_rules_notices_and_masked_numbers_join_nothing(held: Held, number: str) -> None:
    found = held(review("甲", REVIEW, number), review("乙", "渝北府复〔2024〕413号", number))
    assert found == {"甲": [], "乙": []}


def test_two_judgments_that_follow_one_case_are_not_of_one_dispute(held: Held) -> None:
    leading = "（2019）最高法行再1号"
    found = held(
        judgment("先例", leading),
        judgment("甲案", FIRST, leading),
        judgment("乙案", "（2024）川0107行初2号", leading),
    )
    assert found["甲案"] == [("先例", "retrial", "mentioned")]
    assert {title for title, *_ in found["先例"]} == {"甲案", "乙案"}


def test_a_case_that_very_many_mention_joins_nothing(held: Held) -> None:
    leading = "（2019）最高法行再1号"
    many = [judgment(f"案{n}", f"（2024）川0107行初{n}号", leading) for n in range(1, 12)]
    found = held(judgment("先例", leading), *many)
    assert set(map(tuple, found.values())) == {()}


def test_one_number_on_two_papers_is_said(held: Held) -> None:
    found = held(review("决定书", REVIEW), review("更正后的决定书", REVIEW))
    assert found["决定书"] == [("更正后的决定书", "review", "same")]


def test_a_case_sent_back_leads_to_who_sent_it(held: Held) -> None:
    again = "（2025）渝0112行初90号"
    found = held(
        judgment("发回", SECOND, FIRST), judgment("一审", FIRST), judgment("重审", again, SECOND)
    )
    assert found["重审"] == [("发回", "second", "mentioned")]
    assert found["一审"] == [("发回", "second", "mentions")]


def test_a_withdrawn_paper_is_not_shown(held: Held, tmp_path: Path) -> None:
    held(review("复议", REVIEW), judgment("一审", FIRST, REVIEW))
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    cases = {answer.title: base.case(answer.id) for answer in base.published()}
    base.withdraw(cases["一审"].id, "应要求撤回", "tests")
    assert base.related(cases["复议"]) == ()


def test_what_a_person_says_begins_with_the_own_number(held: Held) -> None:
    person = ClaimSource.PERSON
    said = paper(Kind.JUDGMENT, "二审", SECOND, FIRST, source=person, rule="desk")
    said = said.with_fields(
        dockets=tuple(replace(c, evidence=replace(c.evidence, source=person)) for c in said.dockets)
    )
    assert [docket.raw for docket in own_numbers(said)] == [SECOND]
    assert stage(said) == "second"
    assert held(said, judgment("一审", FIRST))["一审"] == [("二审", "second", "mentions")]


def test_a_number_that_was_rejected_is_not_its_own() -> None:
    said = judgment("一审", FIRST)
    wrong = said.with_fields(dockets=tuple(replace(c, rejected=True) for c in said.dockets))
    assert own_numbers(wrong) == ()


def test_stages() -> None:
    assert stage(judgment("裁定", "（2025）渝行申8号")) == "retrial_review"
    assert stage(judgment("裁定", "（2025）渝0112行审8号")) == "enforcement"
    assert stage(judgment("没有编号", "")) == "court"
    assert stage(account("典型案例", SECOND)) == "account"
    assert own_numbers(account("典型案例", SECOND)) == ()
