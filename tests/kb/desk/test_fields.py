"""What a person decides of a field holds, whatever is read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.desk import compact, fields
from kb.desk.values import read_value
from kb.errors import BadRequest
from kb.model import (
    ClaimSource,
    DocketKind,
    Party,
    PartyRole,
    RegionRole,
    Span,
    settled,
)
from kb.store.merge import frame, merge
from tests.kb.store.build import claim, content

READ = content("甲", issues=(claim("a"), claim("b")), decided=(claim(date(2024, 5, 6)),))
codes = st.sampled_from("abc")
deeds = st.lists(
    st.tuples(
        st.sampled_from(["set", "accept", "reject", "all"]), st.lists(codes, max_size=3), codes
    )
)


@given(deeds, st.lists(codes, max_size=3, unique=True))
def test_what_a_person_decided_survives_another_reading(done, found):
    case = READ
    for what, values, value in done:
        case = {
            "set": lambda c, v=values: fields.set_values(c, "issues", v),
            "accept": lambda c, v=value: fields.accept(c, "issues", v),
            "reject": lambda c, v=value: fields.reject(c, "issues", v),
            "all": lambda c: fields.accept_all(c, "issues"),
        }[what](case)
    again = READ.with_fields(issues=tuple(map(claim, found)))
    merged = merge(case, again, frame(READ)).content
    decided = {
        c.value for c in case.issues if c.evidence.source is ClaimSource.PERSON and not c.rejected
    }
    rejected = {c.value for c in case.issues if c.rejected}
    assert decided - rejected <= set(settled(merged.issues))
    assert rejected.isdisjoint(settled(merged.issues))


@given(st.lists(codes, unique=True))
def test_what_is_set_holds_in_its_order_and_nothing_else(values):
    assert settled(fields.set_values(READ, "issues", values).issues) == tuple(values)


def test_what_was_rejected_may_be_set_again():
    gone = fields.reject(READ, "issues", "a")
    assert settled(gone.issues) == ("b",)
    assert settled(fields.accept(gone, "issues", "a").issues) == ("a",)


def test_accepting_keeps_the_evidence_and_what_was_accepted_before():
    case = content("甲", issues=(claim("a", quote="案情", span=Span(5, 7)), claim("b")))
    case = fields.accept(fields.accept(case, "issues", "a"), "issues", "b")
    assert settled(case.issues) == ("a", "b")
    assert case.issues[0].evidence.span == Span(5, 7)
    assert fields.proposed(case) == ()


def test_what_nobody_looked_at_stays_a_proposal():
    case = fields.accept(READ, "issues", "a")
    assert [(field, c.value) for field, c in fields.proposed(case)] == [
        ("decided", date(2024, 5, 6)),
        ("issues", "b"),
    ]


def test_a_field_of_one_value_has_the_last_one():
    case = fields.accept(
        fields.accept(READ, "decided", date(2024, 5, 6)), "decided", date(2024, 6, 1)
    )
    assert settled(case.decided) == (date(2024, 6, 1),)
    with pytest.raises(BadRequest, match="一个值"):
        fields.set_values(READ, "decided", [date(2024, 5, 6), date(2024, 6, 1)])


def test_a_stretch_of_the_text_is_assigned_with_itself_as_evidence():
    span = Span(5, 6)
    case = fields.assign(READ, "keywords", "甲", span)
    [kept] = case.keywords
    assert (kept.evidence.quote, kept.evidence.span) == ("甲", span)
    assert kept.evidence.source is ClaimSource.PERSON
    with pytest.raises(BadRequest, match="选中"):
        fields.assign(READ, "keywords", "甲", Span(5, 5))


def test_setting_the_same_twice_changes_nothing():
    case = fields.set_values(READ, "issues", ["a"])
    assert fields.set_values(case, "issues", ["a"]) is case


def test_a_typed_value_keeps_nothing_that_nobody_sees():
    party = read_value(READ, "parties", "王\u200b小明", part="applicant")
    assert party.name == "王小明"
    assert read_value(READ, "keywords", "过罚\u00ad相当\x00") == "过罚相当"


def test_a_field_that_is_none_is_refused():
    with pytest.raises(BadRequest, match="text"):
        fields.set_values(READ, "text", ["甲"])


@pytest.mark.parametrize("typed", ["2024-05-06", "2024年5月6日", "２０２４．５．６", "2024/05/06"])
def test_a_day_is_read_however_it_is_typed(typed):
    assert read_value(READ, "decided", typed) == date(2024, 5, 6)


def test_values_are_read_as_a_person_types_them():
    number = read_value(READ, "dockets", "渝中府复〔2024〕85号")
    assert (number.normalised, number.kind) == ("渝中府复(2024)85号", DocketKind.REVIEW)
    place = read_value(READ, "regions", "500103", part="authority")
    assert (place.name, place.role) == ("重庆市渝中区", RegionRole.AUTHORITY)
    party = read_value(READ, "parties", "陈某某", part="applicant", natural=True)
    assert party == Party("陈某某", PartyRole.APPLICANT, True)
    cited = read_value(READ, "citations", "行政处罚法第三十三条第一款")
    assert (cited.work, cited.article, cited.paragraph) == ("行政处罚法", 33, 1)
    assert read_value(READ, "keywords", " 过罚相当 ") == "过罚相当"


@pytest.mark.parametrize(
    ("field", "typed", "part"),
    [
        ("decided", "2024-13-01", ""),
        ("decided", "去年", ""),
        ("dockets", "某号", ""),
        ("regions", "999999", "authority"),
        ("regions", "500103", "owner"),
        ("issues", "没有这一项", ""),
        ("citations", "某法", ""),
        ("keywords", " ", ""),
        ("text", "甲", ""),
    ],
)
def test_what_cannot_be_read_is_told(field, typed, part):
    with pytest.raises(BadRequest):
        read_value(READ, field, typed, part=part)


def test_what_changed_is_told_from_what_to_what():
    party = claim(Party("陈小明", PartyRole.APPLICANT, True))
    new = fields.set_values(READ, "issues", ["c"]).with_fields(parties=(party,))
    assert compact.changes(READ, new) == {"issues": [["a", "b"], ["c"]], "parties": [0, 1]}
    assert compact.changes(READ, READ) == {}
    assert compact.changes(READ, fields.reject(READ, "issues", "x")) == {}
    confirmed = fields.accept_all(READ, "issues")
    assert compact.changes(READ, confirmed) == {"issues": {"confirmed": [0, 2], "rejected": [0, 0]}}
