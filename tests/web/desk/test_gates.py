"""The gates as a reviewer meets them: each names what is wrong, shows where, and offers the way
out."""

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest

from tests.web.desk.conftest import TEXT
from tests.web.desk.test_story import add, apart, edit, revision, step

PAIRS = Path(__file__).parents[2] / "golden" / "duplicates" / "pairs.jsonl"


def keys(kb, record, gate=""):
    found = kb.desk.failures(kb.desk.draft(record))
    return [one.key for one in found if gate in ("", one.gate)]


@pytest.fixture
def twins(editor, request):
    """Two drafts, the second the first in other words."""
    lines = PAIRS.read_text().splitlines()
    pair = next(one for one in map(json.loads, lines) if one["id"] == "traffic-spun")
    mark = f"{hash(request.node.name) % 10**6}"

    def put(text):
        title = f"周某不服交通处罚案{mark}（示例）"
        return add(editor, f"{title}\n{text}")[0]

    return put(pair["text"]), put(pair["copy"])


def test_a_rewritten_case_is_shown_beside_and_said_to_be_another_once(
    kb, editor, reviewer, publisher, twins
):
    one, other = twins
    page = reviewer.page(f"/desk/drafts/{other}")
    assert "可能是同一案件的改写" in page
    assert f'href="/desk/drafts/{other}/beside/{one}"' in page
    beside = reviewer.page(f"/desk/drafts/{other}/beside/{one}")
    assert re.search(r"<mark>[^<]*2024年7月9日", beside)
    assert "各项的不同" in beside
    path = f"/desk/drafts/{other}/beside/{one}"
    refused = reviewer.post(path)
    assert refused.status_code == 400
    assert "请写明为什么" in refused.get_data(as_text=True)
    assert reviewer.post(path, reason="两名司机").status_code == 303
    assert one not in keys(kb, other, "duplicates")
    assert other not in keys(kb, one, "duplicates")
    again = publisher.page(path)
    assert "李 已标明：各为不同案件（两名司机）" in again
    assert publisher.post(f"{path}/undo").status_code == 303
    assert one in keys(kb, other, "duplicates")
    rows = [(row.action, row.who) for row in kb.desk.entries(other)]
    assert ("distinct", "李") in rows
    assert ("distinct", "王") in rows
    assert editor.get(f"/desk/drafts/{other}/beside/nowhere").status_code == 404


def test_publishing_stops_for_a_duplicate(kb, editor, reviewer, publisher, twins):
    one, _ = twins
    edit(kb, editor, one, "mask")
    for browser, name in ((editor, "submit"), (reviewer, "approve")):
        step(kb, browser, one, name)
    closed = step(kb, publisher, one, "publish")
    assert closed.status_code == 409
    assert "改写" in closed.get_data(as_text=True)


def test_the_head_says_only_what_no_gate_says(editor):
    [record] = add(editor, "某人不服旧案（示例）\n【基本案情】\n某人不服。\n【典型意义】\n略。")
    page = editor.page(f"/desk/drafts/{record}")
    head = page[page.index("<header>", page.index("<main")) : page.index('id="gates"')]
    assert "可以补填：决定日期" in head
    assert "处理结果" not in head
    assert "没有填写处理结果" in page


def test_what_is_missing_leads_to_where_it_is_filled_in(kb, editor):
    [record] = add(editor, "某人不服处理案（示例）\n【基本案情】\n某人不服。\n【典型意义】\n略。")
    found = keys(kb, record, "complete")
    assert {"section-review", "field-regions", "field-acts", "field-outcomes"} <= set(found)
    page = editor.page(f"/desk/drafts/{record}")
    assert 'href="#f-outcomes"' in page
    assert "缺少与未核对" in page
    edit(kb, editor, record, "add", field="outcomes", typed="撤销")
    assert "field-outcomes" not in keys(kb, record, "complete")


def test_days_out_of_order_are_marked_in_the_text(kb, editor):
    text = TEXT.replace("2024年3月1日", "2025年3月1日").replace("某超市", "某早餐店")
    text = text.replace("某早餐店不服，向", "2025年4月1日，某早餐店不服，向")
    [record] = add(editor, text)
    assert "dates-application-decided" in keys(kb, record, "consistent")
    page = editor.page(f"/desk/drafts/{record}")
    assert re.search(r'class="open[^"]*">2025年4月1日</mark>', page)


def word_file(author, text):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_names_in_the_file_and_its_name_are_put_right_with_one_key(
    kb, editor, reviewer, publisher, anyone
):
    """Here the file's name bears a party's, and the file its author's."""
    text = (
        TEXT.replace("某超市", "某果蔬店").replace("王小明", "王某某").replace("13912345678", "×××")
    )
    data = word_file("刘建设", text)
    assert zipfile.is_zipfile(io.BytesIO(data))
    files = [(io.BytesIO(data), "周建国不服处罚案.docx")]
    told = editor.job(editor.post("/desk/add", files=files))
    [record] = [draft for item in told["items"] for draft in item["drafts"]]
    apart(kb, record)
    found = kb.desk.failures(kb.desk.draft(record))
    assert {one.key.partition("-")[0] for one in found} == {"name", "metadata"}
    assert {one.remedy for one in found} == {"source"}
    assert not any("刘建设" in one.key or "周建国" in one.key for one in found)
    page = editor.page(f"/desk/drafts/{record}")
    assert "以“来源文件”代替文件名" in page
    assert reviewer.post(f"/desk/drafts/{record}/source", shown="来源文件").status_code == 403
    assert editor.post(f"/desk/drafts/{record}/source", shown="来源文件").status_code == 303
    assert keys(kb, record) == []
    for other in ("x" * 200, "周建国"):
        assert editor.post(f"/desk/drafts/{record}/source", shown=other).status_code == 400
    for browser, name in ((editor, "submit"), (reviewer, "approve"), (publisher, "publish")):
        assert step(kb, browser, record, name).status_code == 303, name
    answer = anyone.get(f"/api/v1/cases/{record}").get_json()
    assert answer["origin"] == "来源文件"
    refused = editor.post(f"/desk/drafts/{record}/source", shown="")
    assert refused.status_code == 409
    assert "已公开" in refused.get_data(as_text=True)
    assert "周建国" not in anyone.page(f"/api/v1/cases/{record}")
    audit = " ".join(row.detail for row in kb.desk.entries(record))
    assert "刘建设" not in audit
    assert "周建国" not in audit


def test_a_warning_is_dealt_with_by_whoever_read_it(kb, editor):
    [record] = add(editor, TEXT.replace("某超市", "某文具店"))
    draft = kb.desk.draft(record)
    from tests.kb.desk.conftest import EDITOR

    kb.desk.save(
        record, draft.content.with_fields(warnings=("有一处文字丢失",)), EDITOR, draft.revision
    )
    assert "读入时的提示还没有看过：有一处文字丢失" in editor.page(f"/desk/drafts/{record}")
    [key] = keys(kb, record, "complete")
    edit(kb, editor, record, "seen", key=key)
    assert keys(kb, record, "complete") == []
    assert edit(kb, editor, record, "seen", key=key).status_code == 400


def test_an_original_is_put_away_at_publishing_and_seen_by_few(
    kb, editor, reviewer, publisher, administrator
):
    [record] = add(editor, TEXT.replace("某超市", "某花店"))
    apart(kb, record)
    edit(kb, editor, record, "mask")
    history = f"/desk/drafts/{record}/history"
    assert "13912345678" in editor.page(history)
    for browser, name in ((editor, "submit"), (reviewer, "approve"), (publisher, "publish")):
        assert step(kb, browser, record, name).status_code == 303, name
    for browser in (editor, reviewer):
        page = browser.page(history)
        assert "13912345678" not in page
        assert "发布时已从这里移走" in page
    assert "原文已封存" in editor.page(history)
    path = f"/desk/drafts/{record}/originals/1"
    assert f'href="{path}"' in reviewer.page(history)
    assert editor.get(path).status_code == 403
    assert "13912345678" not in editor.page(path)
    for browser, name in ((reviewer, "李"), (administrator, "赵")):
        assert "13912345678" in browser.page(path)
        row = kb.desk.entries(record, limit=1)[0]
        assert (row.action, row.who) == ("view", name)
    assert reviewer.get(f"/desk/drafts/{record}/originals/9").status_code == 404
    taken = editor.post(f"/desk/drafts/{record}/restore", number="1", revision=revision(kb, record))
    assert taken.status_code == 403
    assert "封存" in taken.get_data(as_text=True)
