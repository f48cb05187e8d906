"""Many drafts at once: a field changed with a preview and undone, steps by each draft's own rules,
and what the list hands over."""

import re

import pytest

from kb.model import Status, settled
from tests.web.desk.conftest import TEXT
from tests.web.desk.test_story import add, step

SHOPS = ("甲店", "乙店", "丙店")
MASKED = TEXT.replace("店员王小明的电话为13912345678。", "")


@pytest.fixture
def drafts(kb, editor, request):
    """Three drafts without anything open in them; the last one is under review."""
    mark = abs(hash(request.node.name)) % 10**6
    made = [add(editor, MASKED.replace("某超市", f"{shop}{mark}号"))[0] for shop in SHOPS]
    step(kb, editor, made[2], "submit")
    return made


def seen(kb, records):
    return [f"{one}.{kb.desk.draft(one).revision}" for one in records]


def batch(kb, record):
    return settled(kb.desk.draft(record).content.batch)


def test_the_preview_says_from_what_to_what_and_what_stays(kb, editor, drafts):
    page = editor.page("/desk/bulk", id=drafts, field="batch", how="set", typed="第九批（示例）")
    assert "预览：将改 2 件" in page
    assert page.count("<ins>第九批（示例）</ins>") == 2
    assert "不能修改" in page  # the one under review
    assert batch(kb, drafts[0]) == ()


def test_a_change_is_saved_and_undone_as_one(kb, editor, drafts):
    change = {"field": "batch", "how": "set", "typed": "第九批（示例）"}
    saved = editor.post("/desk/bulk/edit", seen=seen(kb, drafts), **change)
    assert saved.status_code == 303
    assert [batch(kb, one) for one in drafts] == [("第九批（示例）",)] * 2 + [()]
    page = editor.page(saved.location)
    assert "改了 2 件" in page
    undone = editor.post(f"{saved.location}/undo")
    assert undone.status_code == 303
    assert [batch(kb, one) for one in drafts] == [()] * 3
    assert editor.post(f"{saved.location}/undo").status_code == 400


def test_one_that_someone_changed_meanwhile_is_left_alone_and_told(kb, editor, drafts):
    before = seen(kb, drafts[:2])
    editor.post(
        f"/desk/drafts/{drafts[0]}/edit", do="relabel", part="1", role="other", revision="1"
    )
    saved = editor.post("/desk/bulk/edit", seen=before, field="keywords", typed="食品", how="add")
    page = editor.page(saved.location)
    assert "改了 1 件" in page
    assert "没有改成的 1 件" in page
    assert "食品" not in settled(kb.desk.draft(drafts[0]).content.keywords)


def test_a_value_no_draft_can_take_is_refused_with_what_was_typed(editor, drafts):
    refused = editor.get("/desk/bulk", id=drafts, field="published", how="set", typed="昨天")
    assert refused.status_code == 400
    page = refused.get_data(as_text=True)
    assert "不是日期" in page
    assert 'value="昨天"' in page


def test_a_term_is_rejected_added_and_emptied(kb, editor, drafts):
    def change(**form):
        editor.post("/desk/bulk/edit", seen=seen(kb, drafts[:2]), field="issues", **form)
        return [settled(kb.desk.draft(one).content.issues) for one in drafts[:2]]

    page = editor.page("/desk/bulk", id=drafts, field="issues")
    code = re.search(r'id="typed"[^>]*><option value="([^"]+)"', page)[1]
    assert all(code in values for values in change(how="add", typed=code))
    assert not any(code in values for values in change(how="reject", typed=code))
    assert change(how="empty") == [(), ()]


def test_steps_are_taken_by_each_drafts_own_rules(kb, editor, reviewer, publisher, drafts):
    told = editor.post("/desk/bulk/steps/submit", seen=seen(kb, drafts)).get_data(as_text=True)
    assert "办成 2 件，没有办成 1 件" in told
    assert "可能已由他人处理" in told
    reviewer.post("/desk/bulk/steps/approve", seen=seen(kb, drafts))
    assert {kb.desk.draft(one).stage for one in drafts} == {Status.APPROVED}
    publisher.post("/desk/bulk/steps/publish", seen=seen(kb, drafts))
    assert {kb.desk.draft(one).stage for one in drafts} <= {Status.APPROVED, Status.PUBLISHED}


def test_a_gate_closed_for_one_does_not_stop_the_others(kb, editor, reviewer, publisher, drafts):
    [open_one] = add(editor, TEXT.replace("某超市", "丁店"))
    all_ = [*drafts[:2], open_one]
    editor.post("/desk/bulk/steps/submit", seen=seen(kb, all_))
    reviewer.post("/desk/bulk/steps/approve", seen=seen(kb, all_))
    kb_gates, kb.desk.gates = kb.desk.gates, kb.desk.gates[:1]
    try:
        page = publisher.post("/desk/bulk/steps/publish", seen=seen(kb, all_))
    finally:
        kb.desk.gates = kb_gates
    told = page.get_data(as_text=True)
    assert "办成 2 件，没有办成 1 件" in told
    assert "13912345678" in told  # why, as on the draft's own page
    [seen_open] = [row for row in kb.desk.entries(open_one) if row.action == "view"]
    assert seen_open.who == "王"
    assert [kb.desk.draft(one).status for one in all_[:2]] == [Status.PUBLISHED] * 2
    assert kb.desk.draft(open_one).status is Status.APPROVED


@pytest.mark.parametrize(
    ("who", "path", "form"),
    [
        ("reviewer", "/desk/bulk/edit", {"field": "batch", "typed": "某批"}),
        ("reviewer", "/desk/bulk/steps/submit", {}),
        ("editor", "/desk/bulk/steps/approve", {}),
        ("editor", "/desk/bulk/steps/publish", {}),
        ("administrator", "/desk/bulk/steps/submit", {}),
    ],
)
def test_what_a_role_may_not_do_is_refused(kb, request, drafts, who, path, form):
    before = seen(kb, drafts)
    refused = request.getfixturevalue(who).post(path, seen=before, **form)
    assert refused.status_code == 403
    assert "甲店" not in refused.get_data(as_text=True)
    assert seen(kb, drafts) == before
    assert kb.desk.draft(drafts[0]).stage is Status.DRAFT


def test_only_whoever_made_a_change_undoes_it(kb, editor, reviewer, drafts):
    form = {"field": "batch", "typed": "第八批（示例）"}
    saved = editor.post("/desk/bulk/edit", seen=seen(kb, drafts[:1]), **form)
    assert "整批撤销" not in reviewer.page(saved.location)
    assert reviewer.post(f"{saved.location}/undo").status_code == 403


def test_what_was_changed_earlier_is_listed_with_its_undo(kb, editor, reviewer, drafts):
    change = {"field": "batch", "how": "set", "typed": "列出批（示例）"}
    at = editor.post("/desk/bulk/edit", seen=seen(kb, drafts), **change).location
    assert 'href="/desk/bulk/earlier"' in editor.page("/desk/")
    [row] = re.findall(
        rf'<tr>(?:(?!</tr>).)*href="{at}".*?</tr>', editor.page("/desk/bulk/earlier"), re.S
    )
    assert "批量修改：批次" in row
    assert "改了 2 件" in row
    assert f'action="{at}/undo"' in row
    editor.post(f"{at}/undo")
    page = editor.page("/desk/bulk/earlier")
    assert f'action="{at}/undo"' not in page
    assert page.index(f'href="{at}"') < page.index("撤销。")
    assert reviewer.get("/desk/bulk/earlier").status_code == 403


def test_all_that_match_are_handed_over(kb, editor, drafts):
    title = kb.desk.draft(drafts[0]).content.title[:6]
    page = editor.page("/desk/bulk", all="1", q=title, stage="draft")
    assert re.findall(r'name="seen" value="([^".]+)', page)[:1] == [drafts[0]]
    listed = editor.page("/desk/", q=title)
    assert f'name="id" value="{drafts[0]}"' in listed
    assert 'name="q"' in listed


def test_nothing_selected_is_told(editor):
    nothing = editor.get("/desk/bulk")
    assert nothing.status_code == 400
    assert "没有选中案例" in nothing.get_data(as_text=True)
    assert editor.post("/desk/bulk/edit", field="batch", typed="某批").status_code == 400
    assert editor.get("/desk/bulk", id="nosuch").status_code == 404
