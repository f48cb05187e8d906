"""What becomes of a page that is read once, twice, changed, or from two places."""

import pytest

from kb.errors import NotFound, Withdrawn
from kb.model import ClaimSource, Status
from kb.store import QueueAction, Submitted
from tests.kb.store.build import claim, content, source

TEXT = "基本案情\n申请人不服罚款五百元的处罚决定，申请行政复议。\n典型意义\n过罚相当。"
CHANGED = TEXT.replace("五百元", "五百元整")


@pytest.fixture
def read(store):
    """Submits a page, of another content each time unless told otherwise."""
    times = iter(range(1000))

    def submit(*contents, origin="a.html", publish=True, url="", text=None):
        page = source(origin, str(next(times)) if text is None else text, url)
        return store.submit(page, contents, parser="1", publish=publish)

    return submit


def test_the_same_again_changes_nothing(store, read):
    [case] = read(content("甲", TEXT), text="一").added
    before = store.case(case)
    assert read(content("甲", TEXT), text="一") == Submitted(unchanged=(case,))
    assert store.case(case) == before
    assert store.backlog() == 1
    assert len(store.audit()) == 2


def test_other_bytes_with_the_same_case_are_noted_but_change_nothing(store, read):
    [case] = read(content("甲", TEXT)).added
    read(content("新", "另一件案子"), content("甲", TEXT))
    held = store.case(case)
    assert (held.revision, held.position) == (1, 1)
    assert held.sha256 == store.known("a.html")[0]


def test_a_changed_case_gets_a_revision_and_keeps_its_id(store, read):
    [case, other] = read(content("甲", TEXT), content("乙")).added
    done = read(content("甲", CHANGED), content("乙"))
    assert done == Submitted(updated=(case,), unchanged=(other,))
    assert store.case(case).content.text == CHANGED
    assert [r.number for r in store.revisions(case)] == [1, 2]
    assert [i.record_id for i in store.pending()] == [case, other, case]


def test_what_a_page_no_longer_has_stays_and_is_named(store, read):
    [gone, kept, withdrawn] = read(content("甲"), content("乙"), content("丙")).added
    store.withdraw(withdrawn, "测试")
    assert read(content("乙")) == Submitted(unchanged=(kept,), missing=(gone,))
    assert store.case(gone).content.title == "甲"
    assert set(read().missing) == {gone, kept}


def test_the_same_text_from_elsewhere_is_a_duplicate(store, read):
    [case] = read(content("甲案", TEXT)).added
    fullwidth = TEXT.replace("。", "。\n").replace("罚款", "罚 款")
    done = read(content("转载：甲案", fullwidth), content("乙"), origin="mirror.html")
    assert done.duplicates == ((case, "转载：甲案"),)
    assert len(done.added) == 1
    assert store.count() == 2
    assert read(content("转载：甲案", TEXT), origin="mirror.html").duplicates == done.duplicates


def test_a_mirror_does_not_bring_a_withdrawn_case_back(store, read):
    [case] = read(content("甲案", TEXT)).added
    store.withdraw(case, "当事人要求")
    assert read(content("甲案", TEXT), origin="mirror.html").duplicates == ((case, "甲案"),)
    assert store.count() == 0


def test_twins_on_one_page_are_two_and_a_case_printed_twice_is_one(read):
    done = read(content("甲诉丙", TEXT), content("乙诉丙", TEXT), content("甲诉丙", TEXT))
    assert len(done.added) == 2
    assert done.duplicates == ((done.added[0], "甲诉丙"),)
    again = read(content("甲诉丙", TEXT), content("乙诉丙", TEXT), content("甲诉丙", TEXT))
    assert again.unchanged == done.added
    assert again.duplicates == done.duplicates


def test_cases_without_text_are_no_duplicates_of_each_other(read):
    read(content("甲", " "), origin="a")
    assert len(read(content("乙", "\n"), origin="b").added) == 1


def test_a_persons_word_outlives_a_new_reading(store, read):
    [case] = read(content("甲", TEXT, acts=(claim("permit"),))).added
    person = claim("penalty", source=ClaimSource.PERSON)
    corrected = store.case(case).content.with_fields(acts=(claim("permit"), person))
    store.revise(case, corrected, by="李审核")

    done = read(content("甲", CHANGED, acts=(claim("other"),)))
    assert done.updated == (case,)
    assert store.case(case).content.acts == (claim("other"), person)
    assert store.case(case).content.text == CHANGED
    assert read(content("甲", CHANGED, acts=(claim("other"),))).unchanged == (case,)


def test_a_title_that_a_person_masked_stays_masked(store, read):
    [case] = read(content("陈大明案", TEXT)).added
    store.revise(case, store.case(case).content.with_fields(title="陈某某案"), by="李审核")
    assert read(content("陈大明案", TEXT), content("别的")).unchanged == (case,)

    done = read(content("陈大明案", CHANGED), content("别的"))
    assert done.held == (case,)
    assert store.case(case).content.title == "陈某某案"
    assert store.case(case).content.text == TEXT
    assert store.revisions(case)[-1].note == "来源与人工都改动了正文，待人工选择"
    assert read(content("陈大明案", CHANGED), content("别的")).held == (case,)
    assert len(store.revisions(case)) == 3


def test_a_public_case_changes_only_when_the_change_is_published(store, read):
    [case] = read(content("甲", TEXT)).added
    done = read(content("甲", CHANGED), publish=False)
    assert done == Submitted(held=(case,))
    assert store.case(case).content.text == TEXT
    assert store.backlog() == 1
    assert read(content("甲", CHANGED), publish=False) == done
    assert [(r.number, r.current) for r in store.revisions(case)] == [(1, True), (2, False)]

    store.publish(case, by="王发布")
    assert store.case(case).content.text == CHANGED
    assert store.case(case).revision == 2
    assert [i.action for i in store.pending()] == [QueueAction.WRITE] * 2
    store.publish(case, by="王发布")
    assert store.backlog() == 2


def test_a_draft_read_again_to_be_public_is_public(store, read):
    [same, other] = read(content("甲"), content("乙", TEXT), publish=False).added
    assert read(content("甲"), content("乙", CHANGED)).updated == (same, other)
    assert [case.content.text for case in store.cases([other])] == [CHANGED]
    assert store.published_revisions() == {same: 1, other: 2}


def test_a_draft_of_the_desk_read_again_to_be_public_stays_a_draft(store):
    def read(text, **how):
        return store.submit(source("a.html", text), (content("甲", text),), parser="1", **how)

    [case] = read(TEXT, publish=False, by="张").added
    assert read(TEXT, publish=True) == Submitted(unchanged=(case,), unpublished=(case,))
    assert read(CHANGED, publish=True) == Submitted(held=(case,), unpublished=(case,))
    assert store.case(case, any_status=True).status is Status.DRAFT
    assert store.case(case, any_status=True).content.text == TEXT
    assert (store.count(), store.backlog()) == (0, 0)
    assert len(store.revisions(case)) == 2


def test_a_draft_read_again_as_a_draft_changes_in_the_dark(store, read):
    [case] = read(content("甲", TEXT), publish=False).added
    assert read(content("甲", CHANGED), publish=False).updated == (case,)
    with pytest.raises(NotFound):
        store.case(case)
    assert store.case(case, any_status=True).content.text == CHANGED
    assert store.backlog() == 0


def test_reading_again_does_not_bring_a_withdrawn_case_back(store, read):
    [case] = read(content("甲", TEXT)).added
    store.withdraw(case, "当事人要求")
    assert read(content("甲", TEXT)).unchanged == (case,)
    assert read(content("甲", CHANGED)).held == (case,)
    with pytest.raises(Withdrawn):
        store.case(case)
    assert store.case(case, any_status=True).status is Status.WITHDRAWN


def test_a_new_address_is_shown(store, read):
    [case] = read(content("甲", TEXT), url="").added
    read(content("甲", TEXT), url="https://example.invalid/a")
    assert store.case(case).url == "https://example.invalid/a"
    assert [i.record_id for i in store.pending()] == [case, case]


def test_a_big_source_is_taken_at_once_or_not_at_all(store):
    many = [content(f"案{n}", f"第{n}件案子的案情") for n in range(600)]
    with pytest.raises(AttributeError):
        store.submit(source(), (*many, None), parser="1", publish=True)
    assert (store.count(), store.known("pages/a.html")) == (0, None)
    assert len(store.submit(source(), tuple(many), parser="1", publish=True).added) == 600
