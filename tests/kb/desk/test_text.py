"""However a draft's text and sections are edited, the sections partition it and evidence keeps to
its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.desk import text as edits
from kb.desk.shift import Shift
from kb.errors import BadRequest
from kb.model import ClaimSource, Role, Span
from tests.kb.store.build import citing, claim, content

CASE = content("某公司不服罚款案（示例）")
words = st.text("甲乙丙，。\n 罚款", max_size=12)
places = st.integers(0, 80)


def spot(content, quote):
    start = content.text.index(quote)
    return Span(start, start + len(quote))


def partitioned(content):
    edits.check(content)
    return "".join(part.span.of(content.text) for part in content.sections) == content.text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["edit", "split", "join", "mark", "role"]), places, places, words
        ),
        max_size=8,
    )
)
def test_no_edit_breaks_the_partition(done):
    case = CASE
    for what, one, other, put in done:
        span = Span(min(one, other), max(one, other))
        try:
            case = {
                "edit": lambda c, s=span, w=put: edits.replace_stretch(c, s, w),
                "split": lambda c, p=one: edits.split(c, p),
                "join": lambda c, p=one: edits.join(c, p % 3),
                "mark": lambda c, s=span: edits.mark(c, s, Role.RESULT),
                "role": lambda c, p=one: edits.relabel(c, p % 3, Role.REVIEW),
            }[what](case)
        except BadRequest:
            continue
        assert partitioned(case)
        for part in case.sections:
            assert part.span.of(case.text)
            assert part.heading.replace(" ", "") in part.span.of(case.text).replace(
                "\n", ""
            ).replace(" ", "")


@given(words, words, words)
def test_a_stretch_that_was_not_touched_keeps_its_words(before, after, new):
    old = before + "第三十三条第一款" + after
    changed = new + "第三十三条第一款" + after
    span = Span(len(before), len(before) + 8)
    moved = Shift(old, changed).span(span)
    assert moved is not None
    assert moved.of(changed) == "第三十三条第一款"


@given(words, words)
def test_shifted_places_keep_their_order_and_stay_inside(old, new):
    shift = Shift(old, new)
    starts = [shift.start(place) for place in range(len(old) + 1)]
    ends = [shift.end(place) for place in range(len(old) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= place <= len(new) for place in starts + ends)


def test_evidence_moves_with_its_words_and_a_masked_name_is_its_new_evidence():
    case = content("案", "基本案情\n陈小明不服处罚。依照第三十三条办理。\n典型意义\n略。")
    name, cited = (
        claim("甲", span=spot(case, "陈小明"), quote="陈小明"),
        citing(case.text, "第三十三条"),
    )
    case = case.with_fields(keywords=(name,), citations=(cited,))
    masked = edits.with_text(case, case.text.replace("陈小明", "陈某某"))
    assert masked.keywords[0].evidence.span.of(masked.text) == "陈某某"
    assert masked.keywords[0].evidence.quote == "陈某某"
    longer = edits.replace_stretch(masked, Span(0, 0), "序言。\n")
    assert longer.citations[0].value.span.of(longer.text) == "第三十三条"
    assert longer.sections[0].span.start == 0


def test_what_a_rule_found_goes_with_its_words_what_a_person_said_stays():
    case = content("案", "基本案情\n依照第三十三条办理，另见第四十条。\n典型意义\n略。")
    case = case.with_fields(
        citations=(
            citing(case.text, "第三十三条"),
            citing(case.text, "第四十条", ClaimSource.PERSON),
        )
    )
    shorter = edits.with_text(case, "基本案情\n办理。\n典型意义\n略。")
    [kept] = shorter.citations
    assert kept.evidence.source is ClaimSource.PERSON
    assert kept.evidence.span is None


def test_what_nobody_sees_is_not_kept():
    """It would hide a name or a number from the check, and some of it no paper file can hold."""
    typed = "王\u200b小明\x00，139\u00ad12345678\u202e。\t甲\n"
    assert edits.with_text(CASE, typed).text == "王小明，13912345678。\t甲\n"
    named = edits.titled(CASE, " 王\u2060小\n明案 ", "\x1b之\u3000一")
    assert (named.title, named.subtitle) == ("王小 明案", "之\u3000一")


def test_words_put_at_the_end_of_a_section_belong_to_it():
    end = CASE.sections[0].span.end
    longer = edits.replace_stretch(CASE, Span(end, end), "补充一句。\n")
    assert longer.sections[0].span.of(longer.text).endswith("补充一句。\n")
    assert longer.sections[1].body.of(longer.text).startswith("典型意义")


def test_a_section_is_split_joined_and_relabelled():
    place = CASE.text.index("的案情")
    halves = edits.split(CASE, place, Role.RESULT)
    assert [part.role for part in halves.sections] == [Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]
    assert halves.sections[0].heading == "基本案情"
    assert edits.join(halves, 0) == CASE.with_fields(sections=edits.join(halves, 0).sections)
    assert edits.join(halves, 0).sections[0].span == CASE.sections[0].span
    assert edits.relabel(CASE, 1, Role.HOLDING).sections[1].role is Role.HOLDING


def test_a_selected_stretch_becomes_a_section():
    span = spot(CASE, "不服罚款")
    marked = edits.mark(CASE, span, Role.CLAIMS)
    assert partitioned(marked)
    [section] = [part for part in marked.sections if part.role is Role.CLAIMS]
    assert section.body.of(marked.text) == "不服罚款"


def test_no_section_is_left_without_words_around_a_selected_stretch():
    bare = content("某案（示例）", sections=())
    marked = edits.mark(bare, Span(2, 5), Role.CLAIMS)
    assert partitioned(marked)
    for case in (marked, edits.mark(CASE, CASE.sections[1].body, Role.CLAIMS)):
        assert all(part.span.of(case.text).strip() for part in case.sections)


def test_the_words_of_a_section_selected_whole_give_it_the_role():
    marked = edits.mark(CASE, CASE.sections[1].body, Role.COMMENTARY)
    assert [part.span for part in marked.sections] == [part.span for part in CASE.sections]
    assert marked.sections[1].role is Role.COMMENTARY
    assert marked.sections[1].heading == CASE.sections[1].heading


def test_a_selection_over_several_sections_takes_all_of_them():
    marked = edits.mark(CASE, Span(0, len(CASE.text)), Role.OTHER)
    assert [part.role for part in marked.sections] == [Role.OTHER]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: edits.with_text(CASE, " \n"),
        lambda: edits.with_text(CASE, "\u200b\n"),
        lambda: edits.with_text(CASE, "长" * (edits.LONGEST_TEXT + 1)),
        lambda: edits.titled(CASE, "长" * (edits.LONGEST_TITLE + 1), ""),
        lambda: edits.check(edits.titled(CASE, "\u200b\x00", "")),
        lambda: edits.split(CASE, 0),
        lambda: edits.split(CASE, len(CASE.text)),
        lambda: edits.join(CASE, 1),
        lambda: edits.relabel(CASE, 2, Role.OTHER),
        lambda: edits.mark(CASE, Span(4, 5), Role.OTHER),
        lambda: edits.replace_stretch(CASE, Span(0, 10_000), ""),
        lambda: edits.check(CASE.with_fields(sections=CASE.sections[:1])),
        lambda: edits.check(CASE.with_fields(title=" ")),
        lambda: edits.check(CASE.with_fields(keywords=(claim("甲", span=Span(0, 10_000)),))),
    ],
)
def test_what_cannot_be_is_refused(attempt):
    with pytest.raises(BadRequest):
        attempt()
