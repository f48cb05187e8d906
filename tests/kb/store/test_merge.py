"""Reading again improves what the machine said, and leaves what people said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import CLAIM_FIELDS, Claim, ClaimSource, Evidence, Span
from kb.store.merge import LOST, frame, merge
from kb.store.rows import claims_of
from tests.kb.store.build import citing, claim, content

OLD = "基本案情\n依据行政处罚法第三十三条，罚款五百元。\n典型意义\n过罚相当。"
NEW = "基本案情\n某局查明，依据行政处罚法第三十三条，罚款五百元整。\n典型意义\n过罚相当。"
PERSON = ClaimSource.PERSON


def by_person(value, text, quote):
    start = text.index(quote)
    return claim(value, source=PERSON, quote=quote, span=Span(start, start + len(quote)))


def test_a_persons_claims_move_with_their_words():
    ours = content(
        "甲",
        OLD,
        issues=(claim("old_rule"), by_person("proportionality", OLD, "过罚相当")),
        citations=(citing(OLD, "行政处罚法第三十三条", PERSON),),
    )
    theirs = content("甲", NEW, issues=(claim("new_rule"),))

    merged = merge(ours, theirs, frame(content("甲", OLD))).content

    assert merged.text == NEW
    assert [c.value for c in merged.issues] == ["new_rule", "proportionality"]
    assert merged.issues[1].evidence.span.of(NEW) == "过罚相当"
    [cited] = merged.citations
    assert cited.value.span.of(NEW) == cited.evidence.span.of(NEW) == "行政处罚法第三十三条"
    assert merged.warnings == ()


def test_a_repeated_word_is_found_by_its_surroundings():
    old = "甲罚款一元。乙罚款二元。丙罚款三元。"
    new = "前言罚款。丁罚款四元。甲罚款一元。乙罚款二元。丙罚款三元。"
    at = old.index("罚款二元")
    person = claim("penalty", source=PERSON, quote="罚款", span=Span(at, at + 2))
    ours, theirs = content("甲", old, acts=(person,)), content("甲", new)
    [moved] = merge(ours, theirs, frame(content("甲", old))).content.acts
    assert moved.evidence.span.start == new.index("罚款二元")


def test_words_that_are_gone_lose_their_place_but_not_the_claim():
    ours = content(
        "甲",
        OLD,
        issues=(by_person("proportionality", OLD, "过罚相当"),),
        citations=(citing(OLD, "行政处罚法第三十三条", PERSON),),
    )
    theirs = content("甲", "基本案情\n全文改写。")
    base = frame(content("甲", OLD))

    merged = merge(ours, theirs, base).content
    assert [(c.value, c.evidence.span) for c in merged.issues] == [("proportionality", None)]
    assert merged.citations[0].value.work == "行政处罚法"
    assert merged.citations[0].value.span == Span(0, 0)
    assert merged.warnings == (f"{LOST}过罚相当", f"{LOST}行政处罚法第三十三条")
    assert merge(merged, theirs, frame(theirs)).content == merged


def test_a_rejection_outlives_the_rule_that_says_it_again():
    found = Claim("uphold", Evidence("outcome.words"))
    refused = Claim("uphold", Evidence("outcome.words"), rejected=True)
    ours = content("甲", OLD, outcomes=(claim("revoke"), refused))
    theirs = content("甲", OLD, outcomes=(found, claim("revoke")))
    merged = merge(ours, theirs, frame(theirs)).content
    assert set(merged.outcomes) == {refused, claim("revoke")}


def test_a_persons_text_stays_while_the_source_is_the_same():
    source_says = content("陈大明案", OLD)
    ours = source_says.with_fields(title="陈某某案")
    theirs = source_says.with_fields(acts=(claim("penalty"),))
    merged = merge(ours, theirs, frame(source_says))
    assert merged.content.title == "陈某某案"
    assert merged.content.acts == (claim("penalty"),)
    assert not merged.conflict


def test_what_a_person_took_out_of_the_text_a_rule_does_not_bring_back():
    source_says = content("甲", "陈大明不服罚款。")
    ours = content("甲", "陈某某不服罚款。")
    named = claim("陈大明", quote="陈大明", span=Span(0, 3))
    fined = claim("罚款", quote="罚款", span=Span(5, 7))
    theirs = source_says.with_fields(keywords=(named, fined))
    assert merge(ours, theirs, frame(source_says)).content.keywords == (fined,)


def test_source_and_person_changing_the_text_is_a_conflict():
    base = frame(content("甲", OLD))
    merged = merge(content("甲", OLD.replace("五百", "六百")), content("甲", NEW), base)
    assert merged.conflict
    assert merged.content.text == NEW


def test_the_same_change_by_both_is_none():
    assert not merge(content("甲", NEW), content("甲", NEW), frame(content("甲", OLD))).conflict


few_claims = st.lists(
    st.builds(
        claim,
        st.sampled_from("甲乙"),
        source=st.sampled_from(ClaimSource),
        rule=st.sampled_from("rs"),
        rejected=st.booleans(),
        span=st.none() | st.sampled_from([Span(5, 7), Span(0, 4), Span(3, 3)]),
    ),
    max_size=4,
).map(tuple)
alike = st.builds(content, st.sampled_from("甲乙"), st.sampled_from([OLD, NEW]), acts=few_claims)


@settings(max_examples=100, deadline=None)
@given(alike, alike)
def test_merging_again_changes_nothing_and_no_person_is_lost(ours, theirs):
    merged = merge(ours, theirs, frame(ours)).content
    assert merge(merged, theirs, frame(theirs)).content == merged
    for field in CLAIM_FIELDS:
        kept = [_bare(c) for c in claims_of(merged, field)]
        for said in claims_of(ours, field):
            if said.rejected or said.evidence.source is PERSON:
                assert _bare(said) in kept


def _bare(said):
    """A claim without its places in the text."""
    value = said.value.raw if hasattr(said.value, "raw") else said.value
    return value, said.evidence.rule, said.evidence.source, said.rejected
