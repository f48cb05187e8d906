"""What a case lacks and what in it contradicts itself, told by name and place."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from kb.desk import completeness, consistency
from kb.desk.fields import accept
from kb.model import (
    CitationStatus,
    Kind,
    Party,
    PartyRole,
    Region,
    RegionRole,
    Role,
    Section,
    Span,
    settled,
)
from tests.kb.store.build import citing, claim, content, docket

TEXT = """基本案情
2023年11月7日，某区市场监督管理局检查某便利店；2023年12月20日，该局作出罚款五万元的行政处罚决定。\
某便利店于2024年1月8日向重庆市渝中区人民政府申请行政复议。
复议办理
2024年1月12日，复议机关予以受理。2024年2月27日，复议机关决定将罚款变更为二千元。依照行政处罚法第三十三条第一款办理。"""
SOUND = {
    "regions": (claim(Region("500103", "重庆市渝中区", RegionRole.AUTHORITY)),),
    "decided": (claim(date(2024, 2, 27)),),
    "acts": (claim("penalty"),),
    "issues": (claim("discretion_proportionality"),),
    "outcomes": (claim("modify"),),
}


def case(text=TEXT, **fields):
    middle = text.index("复议办理")
    sections = (
        Section(Role.FACTS, "基本案情", Span(0, middle), Span(5, middle - 1)),
        Section(Role.REVIEW, "复议办理", Span(middle, len(text)), Span(middle + 5, len(text))),
    )
    return content("某便利店不服罚款案（示例）", text, sections=sections, **SOUND | fields)


def keys(found, gate=None):
    gates = (gate,) if gate else (completeness.gate, consistency.gate)
    return [one.key for each in gates for one in each(SimpleNamespace(content=found))]


def test_a_sound_case_passes():
    assert keys(case()) == []
    assert {one.step: one.day for one in consistency.dated(case())} == {
        "act": date(2023, 12, 20),
        "application": date(2024, 1, 8),
        "acceptance": date(2024, 1, 12),
        "decision": date(2024, 2, 27),
    }


def test_what_is_missing_is_named():
    bare = content("", "全文只有一段。", sections=())
    assert keys(bare, completeness.gate) == [
        *("title", "section-facts", "section-review"),
        *("field-regions", "field-acts", "field-issues", "field-outcomes"),
    ]
    assert [gap.key for gap in completeness.wanted(bare)] == ["field-decided"]
    messages = [one.message for one in completeness.gate(SimpleNamespace(content=bare))]
    assert "任一即可：复议审理、裁判理由、处理结果" in messages[2]


def test_a_paper_needs_its_number_and_its_day():
    paper = case(kind=Kind.REVIEW_DECISION, decided=())
    assert {"field-decided", "field-dockets"} <= set(keys(paper, completeness.gate))
    whole = case(kind=Kind.REVIEW_DECISION, dockets=(docket("渝中府复〔2024〕85号"),))
    assert keys(whole) == ["section-result"]


def test_every_kind_has_its_row():
    for kind in Kind:
        assert completeness.gaps(case(kind=kind)) is not None


def test_an_unsettled_citation_waits_for_a_person():
    cited = citing(TEXT, "行政处罚法第三十三条第一款")
    unclear = replace(cited, value=replace(cited.value, status=CitationStatus.AMBIGUOUS))
    found = case(citations=(unclear,))
    [failure] = completeness.gate(SimpleNamespace(content=found))
    assert failure.field == "citations"
    assert failure.span.of(found.text) == "行政处罚法第三十三条第一款"
    assert keys(accept(found, "citations", settled(found.citations)[0])) == []


def test_a_warning_waits_until_it_is_dealt_with():
    warned = case(warnings=("第 3 页没有文字层", "第 3 页没有文字层"))
    [failure] = completeness.gate(SimpleNamespace(content=warned))
    assert (failure.remedy, failure.key) == ("seen", completeness.warning_key("第 3 页没有文字层"))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("2024年1月8日", "2024年1月18日", "dates-application-acceptance"),
        ("2023年12月20日", "2024年2月20日", "dates-act-application"),
        ("2024年1月12日", "2024年3月12日", "dates-acceptance-decided"),
        ("2024年1月8日", "二〇二四年三月八日", "dates-application-decided"),
        ("2024年1月8日", "2094年1月8日", "dates-application-future"),
    ],
)
def test_days_out_of_order(old, new, key):
    found = case(TEXT.replace(old, new))
    failures = {one.key: one for one in consistency.gate(SimpleNamespace(content=found))}
    assert key in failures
    assert failures[key].span.of(found.text) in TEXT.replace(old, new)


def test_a_year_said_once_holds_on():
    text = TEXT.replace("2024年1月12日", "同年3月12日").replace("2024年2月27日", "同年2月27日")
    assert "dates-acceptance-decided" in keys(case(text))


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"decided": (claim(date(2099, 1, 1)),)}, "dates-decided-future"),
        ({"published": (claim(date(2024, 2, 1)),)}, "dates-decided-published"),
        ({"published": (claim(date(2099, 1, 1)),)}, "dates-published-future"),
        ({"outcomes": (claim("uphold"),)}, "outcome"),
        ({"regions": (claim(Region("510100", "四川省成都市", RegionRole.AUTHORITY)),)}, "region"),
    ],
)
def test_fields_that_contradict_the_text(fields, key):
    assert key in keys(case(**fields), consistency.gate)


def test_an_authority_above_or_below_agrees():
    above = (claim(Region("500000", "重庆市", RegionRole.AUTHORITY)),)
    assert keys(case(regions=above)) == []
    party = claim(Party("四川省人民政府", PartyRole.REVIEW_AUTHORITY, natural=False))
    assert "region" in keys(case(parties=(party,)))


def test_later_acts_and_withdrawn_applications_are_no_contradiction():
    after = (
        TEXT + "\n2024年4月1日，该局重新作出行政处罚决定。2024年5月1日，某便利店再次申请行政复议。"
    )
    assert keys(case(after)) == []


def test_own_written_cases_do_not_contradict_themselves():
    from tests.kb.desk.test_duplicates import PAIRS

    texts = [pair[side] for pair in PAIRS for side in ("text", "copy")]
    for text in texts:
        assert consistency.gate(SimpleNamespace(content=content("某案", text))) == ()
