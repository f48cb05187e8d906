"""Edits of several records at once: each saved or told why not, and undone where nobody went on."""

import pytest

from kb.desk import together
from kb.desk.together import Edit
from kb.errors import BadRequest, Forbidden
from kb.model import Status
from kb.store.job import NewItem
from tests.kb.desk.conftest import EDITOR, OTHER_EDITOR, through
from tests.kb.store.build import claim, content, source


@pytest.fixture
def drafts(store):
    told = tuple(content(name) for name in "子丑寅")
    return store.submit(source("几件"), told, parser="1", publish=False).added


def edit(desk, record, revision=None, outcome="revoke"):
    draft = desk.draft(record)
    changed = draft.content.with_fields(outcomes=(claim(outcome),))
    return Edit(record, revision or draft.revision, changed, "批量修改")


def test_one_that_is_stale_does_not_stop_the_others(desk, drafts):
    first, second, third = drafts
    stale = edit(desk, second)
    desk.save(second, content("他人改的"), OTHER_EDITOR, 1)
    made = together.save(desk, [edit(desk, first), stale, edit(desk, third)], EDITOR, "处理结果")
    assert [(one.before, one.after) for one in made.edits] == [(1, 2), (None, None), (1, 2)]
    [failed] = made.failed
    assert failed.record == second
    assert "他人" in failed.error
    assert desk.draft(second).content.title == "他人改的"
    assert desk.revisions(first)[-1].note == "批量修改"
    assert desk.verify_audit().broken == ()


def test_undoing_leaves_what_others_went_on_with(desk, drafts):
    first, second, third = drafts
    before = [desk.draft(one).content for one in drafts]
    made = together.save(desk, [edit(desk, one) for one in drafts], EDITOR, "处理结果")
    desk.save(second, content("他人改的"), OTHER_EDITOR, 2)
    through(desk, third, ("submit", OTHER_EDITOR))
    undone = together.undo(desk, made.id, EDITOR)
    assert [one.restored for one in undone.edits] == [3, None, None]
    assert "有人改过" in undone.edits[1].kept
    assert "待审" in undone.edits[2].kept
    assert desk.draft(first).content == before[0]
    assert desk.draft(second).content.title == "他人改的"
    assert undone.undone
    with pytest.raises(BadRequest, match="已经撤销过"):
        together.undo(desk, made.id, EDITOR)


def test_undoing_goes_on_where_it_was_broken_off(desk, drafts):
    made = together.save(desk, [edit(desk, one) for one in drafts], EDITOR, "处理结果")
    desk.restore(drafts[0], 1, EDITOR, 2)  # done, and not yet written down
    undone = together.undo(desk, made.id, EDITOR)
    assert [one.restored for one in undone.edits] == [3, 3, 3]
    assert not any(one.kept for one in undone.edits)


def test_undoing_an_edit_of_what_is_public_ends_the_correction(desk, public):
    made = together.save(desk, [edit(desk, public)], EDITOR, "处理结果")
    assert desk.draft(public).stage is Status.DRAFT
    together.undo(desk, made.id, EDITOR)
    draft = desk.draft(public)
    assert (draft.stage, draft.revision) == (Status.PUBLISHED, 1)


def test_an_edit_that_changes_nothing_is_nothing_to_undo(desk, draft):
    same = Edit(draft, 1, desk.draft(draft).content)
    made = together.save(desk, [same], EDITOR, "没有改动")
    assert made.changed == ()
    assert together.undo(desk, made.id, EDITOR).edits[0].restored is None
    assert len(desk.revisions(draft)) == 1


def test_the_same_edit_again_does_nothing(desk, draft):
    number = desk.together.begin(EDITOR.name, "处理结果")
    one = edit(desk, draft)
    assert together.add(desk, number, one, EDITOR) == ""
    assert together.add(desk, number, one, EDITOR) == ""
    assert len(together.read(desk, number).edits) == 1
    assert len(desk.revisions(draft)) == 2


def test_only_who_made_them_undoes_them(desk, draft):
    made = together.save(desk, [edit(desk, draft)], EDITOR, "处理结果")
    with pytest.raises(Forbidden):
        together.undo(desk, made.id, OTHER_EDITOR)


def test_what_someone_made_is_told_in_a_line_each_newest_first(desk, drafts):
    first, second, third = drafts
    stale = edit(desk, second)
    desk.save(second, content("他人改的"), OTHER_EDITOR, 1)
    one = together.save(desk, [edit(desk, first), stale], EDITOR, "其一")
    two = together.save(desk, [edit(desk, third)], EDITOR, "其二")
    together.undo(desk, two.id, EDITOR)
    items = [NewItem("甲", {})]
    job = desk.jobs.make("spreadsheet", EDITOR.name, "表", {}, items, begun=False)
    desk.jobs.begin(job, EDITOR.name, desk.together.begin(EDITOR.name, "还在导入"))
    told = [(row.id, row.what, row.changed, row.failed) for row in desk.together.of(EDITOR.name)]
    assert told == [(two.id, "其二", 1, 0), (one.id, "其一", 1, 1)]
    assert [bool(row.undone) for row in desk.together.of(EDITOR.name)] == [True, False]
    assert desk.together.of(EDITOR.name, limit=1)[0].id == two.id
    assert desk.together.of(OTHER_EDITOR.name) == ()
