"""From pasted text and files to a published case, corrected and withdrawn, by three people."""

import re

import pytest

from kb.accounts import UserRole
from tests.kb.desk.conftest import EDITOR
from tests.web.desk.conftest import PASSWORD, TEXT, Browser
from web.desk.view import key


def add(editor, text):
    told = editor.job(editor.post("/desk/add", text=text))
    return [draft for item in told["items"] for draft in item["drafts"]]


def revision(kb, record):
    return str(kb.desk.draft(record).revision)


def edit(kb, browser, record, do, **form):
    return browser.post(f"/desk/drafts/{record}/edit", do=do, revision=revision(kb, record), **form)


def step(kb, browser, record, name, **form):
    form = {"revision": revision(kb, record), **form}
    return browser.post(f"/desk/drafts/{record}/steps/{name}", **form)


def apart(kb, record):
    """Says that a draft is none of those that other tests made of the same text."""
    while found := kb.desk.duplicates.of(kb.desk.draft(record)):
        for twin in found:
            kb.desk.duplicates.set_distinct(record, twin.id, EDITOR, "各店不同")


@pytest.fixture
def draft(editor, request):
    """The id of a draft of its own for each test."""
    [record] = add(editor, TEXT.replace("某超市", f"某超市{hash(request.node.name) % 10**6}店"))
    return record


def test_pasted_text_becomes_a_draft_with_its_evidence_marked(kb, editor, draft):
    page = editor.page(f"/desk/drafts/{draft}")
    assert "处罚明显不当" in page
    assert re.search(r'<mark data-of="[\d ]+"[^>]*>13912345678</mark>', page)
    number = re.search(r'data-evidence="(\d+)">[^<]*行政处罚法[^<]*（已核对）', page)
    shown = editor.page(f"/desk/drafts/{draft}", show=number[1])
    assert re.search(r'id="shown">[^<]*行政处罚法', shown)
    listed = editor.page("/desk/")
    assert kb.desk.draft(draft).content.title in listed


def test_nothing_and_nonsense_are_refused_with_what_was_typed_kept(editor):
    assert editor.post("/desk/add").status_code == 400
    refused = editor.post("/desk/add", addresses="file:///etc/passwd", batch="第一批")
    assert refused.status_code == 400
    assert "不是网址" in refused.get_data(as_text=True)
    assert "第一批" in refused.get_data(as_text=True)


def test_fields_are_typed_confirmed_and_rejected(kb, editor, draft):
    assert edit(kb, editor, draft, "add", field="decided", typed="2024年5月7日").status_code == 303
    content = kb.desk.draft(draft).content
    assert "2024-05-07" in editor.page(f"/desk/drafts/{draft}")
    wrong = edit(kb, editor, draft, "add", field="decided", typed="五月")
    assert wrong.status_code == 400
    assert "不是日期" in wrong.get_data(as_text=True)
    value = key(content.citations[0].value)
    edit(kb, editor, draft, "accept", field="citations", value=value)
    assert "人工确认" in editor.page(f"/desk/drafts/{draft}")
    edit(kb, editor, draft, "reject", field="citations", value=value)
    assert "已不采用" in editor.page(f"/desk/drafts/{draft}")
    edit(kb, editor, draft, "add", field="regions", typed="500103", part="authority")
    edit(kb, editor, draft, "add", field="outcomes", typed="变更")
    assert kb.desk.draft(draft).content.outcomes


def test_sections_are_named_split_and_joined(kb, editor, draft):
    before = kb.desk.draft(draft).content
    edit(kb, editor, draft, "relabel", part="1", role="commentary")
    assert kb.desk.draft(draft).content.sections[1].role == "commentary"
    place = before.text.index("2024年3月1日") + 20
    edit(kb, editor, draft, "split", place=str(place))
    assert len(kb.desk.draft(draft).content.sections) == len(before.sections) + 1
    edit(kb, editor, draft, "join", part="1")
    assert len(kb.desk.draft(draft).content.sections) == len(before.sections)


def test_a_stale_save_shows_both_and_loses_neither(kb, editor, draft):
    start = revision(kb, draft)
    text = kb.desk.draft(draft).content.text
    form = {"do": "words", "revision": start, "title": "某案（示例）"}
    path = f"/desk/drafts/{draft}/edit"
    assert editor.post(path, **form, text=text.replace("三袋", "四袋")).status_code == 303
    stale = editor.post(path, **form, text=text.replace("三袋", "五袋"))
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert re.search(r"<del>[^<]*四", page)
    assert re.search(r"<ins>[^<]*五", page)
    assert "四袋" in kb.desk.draft(draft).content.text
    assert "五袋" in editor.page(f"/desk/drafts/{draft}")  # kept as unfinished
    again = {**form, "revision": revision(kb, draft)}
    assert editor.post(path, **again, text=text.replace("三袋", "五袋")).status_code == 303
    history = editor.page(f"/desk/drafts/{draft}/history")
    assert re.search(r"<ins>[^<]*五", history)
    restored = editor.post(
        f"/desk/drafts/{draft}/restore", number=start, revision=revision(kb, draft)
    )
    assert restored.status_code == 303
    assert "三袋" in kb.desk.draft(draft).content.text


def test_the_whole_way(kb, editor, reviewer, publisher, anyone, draft):
    assert step(kb, editor, draft, "submit").status_code == 303
    assert step(kb, reviewer, draft, "approve").status_code == 303
    closed = step(kb, publisher, draft, "publish")
    assert closed.status_code == 409
    assert "13912345678" in closed.get_data(as_text=True)
    assert anyone.get(f"/cases/{draft}").status_code == 404
    assert step(kb, reviewer, draft, "return").status_code == 400  # without a reason
    assert step(kb, reviewer, draft, "return", reason="请隐名").status_code == 303
    edit(kb, editor, draft, "mask")
    apart(kb, draft)
    masked = kb.desk.draft(draft).content.text
    assert "13912345678" not in masked
    assert "王小明" not in masked
    for browser, name in ((editor, "submit"), (reviewer, "approve"), (publisher, "publish")):
        assert step(kb, browser, draft, name).status_code == 303, name
    assert anyone.get(f"/cases/{draft}").status_code == 200
    title = kb.desk.draft(draft).content.title
    assert f"/cases/{draft}" in anyone.page("/search", q=title)
    text = kb.desk.draft(draft).content.text.replace("三袋", "四袋")
    edit(kb, editor, draft, "words", title=title, text=text)
    assert "四袋" not in anyone.page(f"/cases/{draft}")
    for browser, name in ((editor, "submit"), (reviewer, "approve")):
        assert step(kb, browser, draft, name).status_code == 303, name
    assert step(kb, publisher, draft, "publish").status_code == 400  # readers are to be told
    assert step(kb, publisher, draft, "publish", note="数量更正").status_code == 303
    assert "四袋" in anyone.page(f"/cases/{draft}")
    assert step(kb, publisher, draft, "withdraw", reason="来源已撤").status_code == 303
    gone = anyone.get(f"/cases/{draft}")
    assert gone.status_code == 410
    assert "来源已撤" in gone.get_data(as_text=True)
    assert f"/cases/{draft}" not in anyone.page("/search", q=title)


def test_nobody_approves_their_own_draft(kb, desk_app, draft):
    name, roles = "all", [UserRole.EDITOR, UserRole.REVIEWER, UserRole.PUBLISHER]
    if name not in [one.name for one in kb.accounts.users()]:
        kb.accounts.choose_password(kb.accounts.add(name, roles), PASSWORD)
    both = Browser(desk_app, name)
    edit(kb, both, draft, "mask")
    step(kb, both, draft, "submit")
    assert "/steps/approve" not in both.page(f"/desk/drafts/{draft}")
    refused = step(kb, both, draft, "approve")
    assert refused.status_code == 403
    assert kb.desk.draft(draft).stage == "in_review"


def test_a_failure_passes_with_two_persons_and_a_reason(kb, editor, reviewer, draft):
    failures = kb.desk.failures(kb.desk.draft(draft))
    form = {"gate": failures[0].gate, "key": failures[0].key}
    path = f"/desk/drafts/{draft}/overrides"
    assert editor.post(path, **form).status_code == 400
    assert editor.post(path, **form, reason="已获本人同意公开").status_code == 303
    [asked] = kb.desk.overrides(draft)
    assert editor.post(f"{path}/{asked.id}/confirm").status_code == 403
    assert reviewer.post(f"{path}/{asked.id}/confirm").status_code == 303
    assert len(kb.desk.failures(kb.desk.draft(draft))) == len(failures) - 1
    assert not any("1391" in one.key or "王小明" in one.key for one in failures)


def test_a_draft_is_given_to_a_colleague(kb, editor, reviewer, administrator, draft):
    at = f"/desk/drafts/{draft}/assignee"
    page = editor.page(f"/desk/drafts/{draft}")
    assert '<option value="李">' in page
    assert '<option value="赵">' not in page
    assert editor.post(at, assignee="李").status_code == 303
    assert '<option value="李" selected>' in editor.page(f"/desk/drafts/{draft}")
    assert kb.desk.draft(draft).content.title in reviewer.page("/desk/", whose="me")
    assert editor.post(at, assignee="赵").status_code == 400
    assert administrator.post(at, assignee="李").status_code == 403
    assert reviewer.post(at, assignee="").status_code == 303
    assert kb.desk.draft(draft).assignee == ""


def test_comments_are_made_and_dealt_with(kb, editor, reviewer, draft):
    assert reviewer.post(f"/desk/drafts/{draft}/comments", text="请核对日期").status_code == 303
    assert "请核对日期" in editor.page(f"/desk/drafts/{draft}")
    [one] = kb.desk.comments(draft)
    editor.post(f"/desk/drafts/{draft}/comments/{one.id}/settle")
    assert "张 已处理" in editor.page(f"/desk/drafts/{draft}")


def test_who_may_not_is_told_so_and_no_more(kb, anyone, reviewer, administrator, draft):
    secret = kb.desk.draft(draft).content.title
    drafts = [f"/desk/drafts/{draft}", f"/desk/drafts/{draft}/history"]
    for path in drafts:
        for browser, status in ((anyone, 303), (administrator, 403)):
            answer = browser.get(path)
            assert answer.status_code == status, path
            assert secret not in answer.get_data(as_text=True)
    for path in ("/desk/add", f"/desk/drafts/{draft}/words"):
        assert reviewer.get(path).status_code == 403
    assert reviewer.post("/desk/add", text=TEXT).status_code == 403
    assert edit(kb, reviewer, draft, "mask").status_code == 403
    assert step(kb, reviewer, draft, "submit").status_code == 403
    assert administrator.get("/desk/drafts/nowhere").status_code == 403
    assert reviewer.get("/desk/drafts/nowhere").status_code == 404


def test_seeing_what_is_unmasked_is_written_down(kb, reviewer, draft):
    before = len(kb.desk.entries(draft))
    reviewer.page(f"/desk/drafts/{draft}")
    rows = kb.desk.entries(draft)
    assert len(rows) == before + 1
    assert rows[0].who == "李"


def test_people_are_called_as_they_are_shown(kb, desk_app, reviewer, draft):
    if "chen" not in [one.name for one in kb.accounts.users()]:
        kb.accounts.choose_password(
            kb.accounts.add("chen", [UserRole.EDITOR], shown="陈编辑"), PASSWORD
        )
    chen = Browser(desk_app, "chen")
    edit(kb, chen, draft, "mask")
    chen.post(f"/desk/drafts/{draft}/comments", text="已隐名")
    assert "陈编辑 ·" in reviewer.page(f"/desk/drafts/{draft}")
    assert ">陈编辑<" in reviewer.page(f"/desk/drafts/{draft}/history")
