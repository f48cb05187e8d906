"""The story of a draft, as those at the desk live it."""

import json
import threading

import pytest

from kb.desk import Desk, Failure, WorkQuery
from kb.desk.text import with_text
from kb.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    GatesClosed,
    NotFound,
    Withdrawn,
    WrongStage,
)
from kb.model import Span, Status
from kb.store.desk import DeskStore
from tests.kb.desk.conftest import (
    EDITOR,
    EVERYTHING,
    ON,
    OTHER_EDITOR,
    PUBLISHER,
    REVIEWER,
    through,
)
from tests.kb.store.build import claim, content, source


def told(desk, record):
    entries = reversed(desk.entries(record))
    return [(entry.who, entry.action, json.loads(entry.detail)) for entry in entries]


def test_a_draft_becomes_public_and_each_step_is_written_down(desk, store, draft):
    through(desk, draft, *ON)
    assert store.case(draft).status is Status.PUBLISHED
    assert [item.record_id for item in store.pending()] == [draft]
    steps = [(who, action, d.get("from"), d.get("to")) for who, action, d in told(desk, draft)[1:]]
    assert steps == [
        ("张", "move", "draft", "in_review"),
        ("李", "move", "in_review", "approved"),
        ("王", "publish", "approved", "published"),
    ]
    assert desk.verify_audit().broken == ()


def test_what_is_not_public_is_not_found(desk, store, draft):
    for steps in ((), ON[:1], ON[1:2]):
        through(desk, draft, *steps)
        with pytest.raises(NotFound):
            store.case(draft)


def test_an_edit_is_a_revision_that_says_what_changed(desk, store, draft):
    edited = content("甲").with_fields(outcomes=(claim("revoke"),), title="甲某不服处罚案")
    assert desk.save(draft, edited, EDITOR, 1, "核对标题") == 2
    assert desk.save(draft, edited, EDITOR, 2) == 2
    assert store.revision(draft, 2) == edited
    who, action, detail = told(desk, draft)[-1]
    assert (who, action) == ("张", "update")
    assert detail == {
        "revision": 2,
        "from": 1,
        "note": "核对标题",
        "changed": {"title": [1, 0, 6], "outcomes": [[], ["revoke"]]},
    }


def test_the_audit_holds_no_names(desk, draft):
    named = with_text(content("甲"), "基本案情\n陈小明的案情。\n典型意义\n甲的意义。")
    desk.save(draft, named, EDITOR, 1)
    assert "陈小明" not in json.dumps([d for _, _, d in told(desk, draft)], ensure_ascii=False)


def test_nobody_approves_what_they_edited_or_submitted(desk, draft):
    desk.save(draft, content("丙"), EVERYTHING, 1)
    through(desk, draft, ("submit", EDITOR))
    with pytest.raises(Forbidden, match="另一人"):
        through(desk, draft, ("approve", EVERYTHING))
    with pytest.raises(Forbidden, match="“审核”"):
        through(desk, draft, ("approve", EDITOR))
    through(desk, draft, ("return", REVIEWER), ("submit", EVERYTHING))
    with pytest.raises(Forbidden, match="另一人"):
        through(desk, draft, ("approve", EVERYTHING))


def test_recalling_ones_own_draft_does_not_wash_it_clean(desk, draft):
    desk.save(draft, content("丙"), EVERYTHING, 1)
    through(desk, draft, ("submit", EVERYTHING), ("recall", EVERYTHING), ("submit", EDITOR))
    with pytest.raises(Forbidden, match="另一人"):
        through(desk, draft, ("approve", EVERYTHING))


def test_what_is_in_review_stands_still(desk, draft):
    through(desk, draft, ("submit", EDITOR))
    with pytest.raises(WrongStage, match="待审"):
        desk.save(draft, content("丙"), EDITOR, 1)


def test_a_stale_save_shows_both_and_changes_nothing(desk, draft):
    desk.save(draft, content("先来"), EDITOR, 1)
    with pytest.raises(Conflict) as caught:
        desk.save(draft, content("后到"), OTHER_EDITOR, 1)
    stale = caught.value
    assert (stale.mine.title, stale.theirs.title) == ("后到", "先来")
    assert (stale.expected, stale.current) == (1, 2)
    assert desk.draft(draft).content.title == "先来"
    with pytest.raises(Conflict):
        desk.take(draft, "submit", EDITOR, 1)


def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(desk, draft):
    ends, gate = [], threading.Barrier(2)

    def save(name, actor):
        gate.wait()
        try:
            ends.append(desk.save(draft, content(name), actor, 1))
        except Conflict as conflict:
            ends.append(conflict)

    threads = [
        threading.Thread(target=save, args=("一", EDITOR)),
        threading.Thread(target=save, args=("二", OTHER_EDITOR)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [number] = [end for end in ends if end == 2]
    [conflict] = [end for end in ends if isinstance(end, Conflict)]
    assert {conflict.mine.title, conflict.theirs.title} == {"一", "二"}
    assert desk.draft(draft).revision == number


def test_an_unfinished_edit_is_kept_apart_until_it_is_saved(desk, draft):
    desk.keep_unfinished(draft, EDITOR, 1, {"title": "写到一半"})
    desk.keep_unfinished(draft, EDITOR, 1, {"title": "写到一半\0多"})
    kept = desk.unfinished(draft, EDITOR)
    assert (kept.revision, kept.data) == (1, {"title": "写到一半\0多"})
    assert desk.unfinished(draft, OTHER_EDITOR) is None
    assert [one.who for one in desk.others_at_work(draft, OTHER_EDITOR)] == ["张"]
    assert len(desk.revisions(draft)) == 1
    desk.save(draft, content("写完"), EDITOR, 1)
    assert desk.unfinished(draft, EDITOR) is None


def test_an_earlier_revision_is_restored_as_a_new_one(desk, draft):
    desk.save(draft, content("改错"), EDITOR, 1)
    assert desk.restore(draft, 1, EDITOR, 2) == 3
    assert desk.draft(draft).content == content("甲")
    assert len(desk.revisions(draft)) == 3


def test_a_correction_waits_while_readers_keep_what_they_have(desk, store, public):
    desk.save(public, content("改正"), EDITOR, 1)
    draft = desk.draft(public)
    assert (draft.status, draft.stage) == (Status.PUBLISHED, Status.DRAFT)
    assert store.case(public).content.title == "乙"
    before = store.facts().changed
    through(desk, public, ("submit", EDITOR), ("approve", REVIEWER))
    assert store.facts().changed == before
    with pytest.raises(BadRequest, match="更正说明"):
        desk.take(public, "publish", PUBLISHER, 2)
    desk.take(public, "publish", PUBLISHER, 2, note="更正标题")
    assert store.case(public).content.title == "改正"
    [correction] = desk.corrections(public)
    assert (correction.revision, correction.note) == (2, "更正标题")


def test_a_correction_can_be_dropped(desk, store, public):
    desk.save(public, content("改正"), EDITOR, 1)
    through(desk, public, ("drop", EDITOR))
    draft = desk.draft(public)
    assert (draft.stage, draft.revision, draft.content.title) == (Status.PUBLISHED, 1, "乙")
    assert draft.waiting is None  # what was dropped waits for nobody
    assert store.case(public).content.title == "乙"
    assert desk.save(public, content("再改"), EDITOR, 1) == 3


def test_reading_the_source_again_waits_while_a_correction_is_under_way(desk, store, public):
    desk.save(public, content("改正"), EDITOR, 1)
    again = content("乙").with_fields(outcomes=(claim("revoke"),))
    done = store.submit(source("b", "新"), (again,), parser="1", publish=True)
    assert done.held == (public,)
    assert store.case(public).content.title == "乙"
    assert desk.draft(public).waiting == 3
    assert desk.restore(public, 3, EDITOR, 2) == 4


def test_what_is_withdrawn_leaves_its_reason_and_may_come_back(desk, store, public):
    seen = []
    watched = Desk(desk._store, lambda: seen.append(store.pending()[-1].action.value))
    watched.take(public, "withdraw", PUBLISHER, 1, reason="发布机关要求")
    assert seen == ["remove"]
    with pytest.raises(Withdrawn, match="发布机关要求"):
        store.case(public)
    through(desk, public, ("reopen", EDITOR))
    with pytest.raises(Withdrawn, match="发布机关要求"):
        store.case(public)
    through(desk, public, ("discard", EDITOR))
    with pytest.raises(Withdrawn, match="发布机关要求"):
        store.case(public)
    through(desk, public, ("reopen", EDITOR), *ON)
    assert store.case(public).content.title == "乙"


def test_a_public_record_is_withdrawn_in_the_midst_of_a_correction(desk, store, public):
    desk.save(public, content("改正"), EDITOR, 1)
    through(desk, public, ("submit", EDITOR), ("withdraw", PUBLISHER))
    with pytest.raises(Withdrawn):
        store.case(public)


def test_a_draft_that_was_never_public_leaves_no_tombstone(desk, store, draft):
    through(desk, draft, ("discard", EDITOR))
    with pytest.raises(NotFound):
        store.case(draft)


def test_a_reason_is_asked_for(desk, draft):
    through(desk, draft, ("submit", EDITOR))
    with pytest.raises(BadRequest, match="理由"):
        desk.take(draft, "return", REVIEWER, 1, reason="  ")
    assert desk.draft(draft).stage is Status.IN_REVIEW


def privacy(draft):
    if "陈小明" in draft.content.title:
        return (Failure("privacy", "name:1", "标题里有未隐去的姓名", "title"),)
    return ()


def test_a_gate_is_closed_until_two_persons_open_it(database, store):
    desk = Desk(DeskStore(database), gates=[privacy])
    named = content("陈小明不服处罚案")
    [record] = store.submit(source(), (named,), parser="1", publish=False).added
    through(desk, record, *ON[:2])
    with pytest.raises(GatesClosed, match="未隐去") as caught:
        through(desk, record, ON[2])
    [failure] = caught.value.failures
    number = desk.ask_override(record, failure.gate, failure.key, PUBLISHER, "本人同意公开")
    with pytest.raises(GatesClosed):
        through(desk, record, ON[2])
    with pytest.raises(Forbidden, match="另一人"):
        desk.confirm_override(record, number, PUBLISHER)
    with pytest.raises(Forbidden, match="“审核”"):
        desk.confirm_override(record, number, EDITOR)
    desk.confirm_override(record, number, REVIEWER)
    assert desk.failures(desk.draft(record)) == ()
    through(desk, record, ON[2])
    overrides = [(who, d["key"]) for who, action, d in told(desk, record) if action == "override"]
    assert overrides == [("王", "name:1"), ("李", "name:1")]


def test_an_override_needs_a_failure_and_a_reason(database, draft):
    desk = Desk(DeskStore(database), gates=[privacy])
    with pytest.raises(BadRequest, match="理由"):
        desk.ask_override(draft, "privacy", "name:1", EDITOR, " ")
    with pytest.raises(NotFound):
        desk.ask_override(draft, "privacy", "name:1", EDITOR, "无妨")


def test_remarks_are_made_and_settled(desk, draft, public):
    number = desk.comment(draft, REVIEWER, "日期请核对", "decided", Span(0, 4))
    with pytest.raises(NotFound):
        desk.settle(public, number, EDITOR)
    assert desk.work(WorkQuery()).items[0].comments == 1
    desk.settle(draft, number, EDITOR)
    [comment] = desk.comments(draft)
    assert (comment.text, comment.about, comment.span) == ("日期请核对", "decided", Span(0, 4))
    assert (comment.who, comment.settled) == ("李", "张")
    assert desk.work(WorkQuery()).items[0].comments == 0
    with pytest.raises(BadRequest):
        desk.comment(draft, REVIEWER, " ")


def test_looking_at_unmasked_text_is_written_down(desk, draft):
    desk.viewed_unmasked(draft, REVIEWER, "核对姓名")
    assert told(desk, draft)[-1] == ("李", "view", {"revision": 1, "why": "核对姓名"})


def test_work_is_listed_by_stage_assignee_batch_and_words(desk, store):
    many = [content(f"第{n}件", batch=(claim("第一批" if n % 2 else "第二批"),)) for n in range(6)]
    ids = store.submit(source(), tuple(many), parser="1", publish=False).added
    through(desk, ids[0], ("submit", EDITOR))
    desk.assign(ids[1], "李", EDITOR)
    every = desk.work(WorkQuery(size=2))
    assert (len(every.items), every.total) == (2, 6)
    assert every.by_stage[Status.IN_REVIEW] == 1
    assert every.by_assignee == {"": 5, "李": 1}
    assert every.by_batch == {"第一批": 3, "第二批": 3}
    mine = desk.work(WorkQuery(assignee="李"))
    assert [item.id for item in mine.items] == [ids[1]]
    assert mine.by_assignee == {"": 5, "李": 1}
    assert desk.work(WorkQuery(stages=(Status.IN_REVIEW,))).items[0].id == ids[0]
    assert desk.work(WorkQuery(batch="第一批", words="第3件")).total == 1
    assert desk.work(WorkQuery(words="%")).total == 0
    rest = desk.work(WorkQuery(start=2, size=10)).items
    assert {item.id for item in (*every.items, *rest)} == set(ids)


def test_without_a_part_in_the_work_nothing_can_be_done(desk, draft):
    admin = type(EDITOR)("管", frozenset())
    for attempt in (
        lambda: desk.save(draft, content("丙"), admin, 1),
        lambda: desk.take(draft, "submit", admin, 1),
        lambda: desk.comment(draft, admin, "话"),
        lambda: desk.assign(draft, "李", admin),
        lambda: desk.viewed_unmasked(draft, admin),
        lambda: desk.keep_unfinished(draft, admin, 1, {}),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_only_what_is_worked_on_is_anyones(desk, public):
    with pytest.raises(WrongStage, match="不在办理中"):
        desk.assign(public, "李", EDITOR)


def test_whoever_brought_a_draft_in_had_a_hand_in_it(desk, store):
    told = (content("带来的"),)
    [record] = store.submit(source("c"), told, parser="1", publish=False, by=EVERYTHING.who).added
    through(desk, record, ("submit", EDITOR))
    with pytest.raises(Forbidden, match="另一人"):
        through(desk, record, ("approve", EVERYTHING))


def test_an_import_publishes_no_draft_that_someone_worked_on(desk, store, draft):
    def read():
        return store.submit(source(), (content("甲"),), parser="1", publish=True)

    steps = (("submit", EDITOR), ("approve", REVIEWER), ("return", PUBLISHER))
    for step in steps:
        through(desk, draft, step)
        assert read().unpublished == (draft,)
        assert desk.draft(draft).status is desk.draft(draft).stage is not Status.PUBLISHED
    desk.assign(draft, "", EDITOR)  # nothing of the record itself says by now that it was anyone's
    assert read().unpublished == (draft,)
