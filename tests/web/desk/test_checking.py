"""Checking a draft beside its text: what is typed is kept, words are assigned, findings are masked
one by one, and what a person confirmed stands."""

import json
import re
from datetime import date
from itertools import pairwise

import pytest

from ingest.pipeline import Options, ingest
from kb.desk import WorkQuery
from kb.model import ClaimSource, Role, settled
from tests.web.desk.conftest import TEXT
from tests.web.desk.test_story import add, edit, revision
from web.desk.view import key

TAIL = "另依照《某市不存在条例》第八条。\n"


@pytest.fixture
def draft(editor, request):
    """The id of a draft of its own for each test."""
    name = f"某超市{hash(request.node.name) % 10**6}店"
    [record] = add(editor, TEXT.replace("某超市", name) + TAIL)
    return record


def keep(kb, browser, record, **forms):
    body = {"revision": int(revision(kb, record)), "forms": forms}
    return browser.client.post(
        f"/desk/drafts/{record}/unfinished",
        data=json.dumps(body),
        content_type="application/json",
        headers={"X-CSRFToken": browser.token()},
    )


def spot(kb, record, quote):
    start = kb.desk.draft(record).content.text.index(quote)
    return {"start": str(start), "end": str(start + len(quote))}


def test_what_is_typed_is_kept_for_its_writer_and_put_back_into_its_form(
    kb, editor, reviewer, draft
):
    kept = keep(
        kb, editor, draft, **{"add-citations": {"typed": "行政处罚法第", "field": "citations"}}
    )
    assert re.fullmatch(r"\d\d:\d\d", kept.get_json()["at"])
    page = editor.page(f"/desk/drafts/{draft}")
    assert re.search(r'<details open id="fill-citations">', page)
    assert 'value="行政处罚法第"' in page
    assert "继续编辑" in page
    assert "正在填写这份草稿" not in page
    others = reviewer.page(f"/desk/drafts/{draft}")
    assert "正在填写这份草稿，尚未保存" in others
    assert "行政处罚法第" not in re.sub("行政处罚法第三十三条", "", others)
    assert revision(kb, draft) == "1"


def test_forms_are_kept_beside_each_other_and_end_one_by_one(kb, editor, draft):
    text = kb.desk.draft(draft).content.text
    keep(kb, editor, draft, comment={"text": "待核"}, **{"add-dockets": {"typed": "85号"}})
    keep(kb, editor, draft, words={"title": "新题", "text": text, "revision": "1"})
    page = editor.page(f"/desk/drafts/{draft}/words")
    assert 'value="新题"' in page
    edit(kb, editor, draft, "add", field="dockets", typed="渝中府复〔2024〕85号")
    page = editor.page(f"/desk/drafts/{draft}")
    assert 'value="待核"' in page
    assert 'value="85号"' not in page
    keep(kb, editor, draft, comment={"text": " "})
    editor.post(f"/desk/drafts/{draft}/forget", form="words")
    assert "没有保存的输入" not in editor.page(f"/desk/drafts/{draft}")
    assert 'value="新题"' not in editor.page(f"/desk/drafts/{draft}/words")


def test_words_that_are_saved_by_now_are_not_kept(kb, editor, draft):
    content = kb.desk.draft(draft).content
    said = {"title": content.title, "subtitle": "", "text": content.text.replace("\n", "\r\n")}
    assert keep(kb, editor, draft, words=said).get_json() == {"at": ""}


def test_old_words_kept_meet_a_newer_version_as_a_stale_save(kb, editor, draft):
    text = kb.desk.draft(draft).content.text
    mine = {"title": "某案（示例）", "text": text.replace("三袋", "五袋"), "revision": "1"}
    keep(kb, editor, draft, words=mine)
    edit(kb, editor, draft, "words", title="某案（示例）", text=text.replace("三袋", "四袋"))
    keep(kb, editor, draft, words=mine)
    page = editor.page(f"/desk/drafts/{draft}/words")
    assert 'name="revision" value="1"' in page
    assert "五袋" in page
    stale = editor.post(f"/desk/drafts/{draft}/edit", do="words", **mine)
    assert stale.status_code == 409
    assert "五袋" in editor.page(f"/desk/drafts/{draft}/words")


@pytest.mark.parametrize(
    ("revision", "forms"),
    [
        (1, {"steps": {"reason": "x"}}),
        (1, {"comment": "x"}),
        (1, []),
        (1, {"comment": 1}),
        ("1", {"comment": {"text": "x"}}),
        (0, {"comment": {"text": "x"}}),
        (10**30, {"comment": {"text": "x"}}),
    ],
)
def test_nothing_else_is_kept(editor, draft, revision, forms):
    answer = editor.client.post(
        f"/desk/drafts/{draft}/unfinished",
        json={"revision": revision, "forms": forms},
        headers={"X-CSRFToken": editor.token()},
    )
    assert answer.status_code == 400


def test_what_could_not_be_read_is_back_in_its_form(kb, editor, draft):
    wrong = edit(kb, editor, draft, "add", field="decided", typed="五月")
    assert wrong.status_code == 400
    assert 'value="五月"' in wrong.get_data(as_text=True)


def test_selected_words_become_a_value_with_them_as_evidence(kb, editor, draft):
    place = spot(kb, draft, "\n2024年3月1日，申请人")
    assert edit(kb, editor, draft, "add", field="decided", **place).status_code == 303
    content = kb.desk.draft(draft).content
    assert settled(content.decided) == (date(2024, 3, 1),)
    [claim] = [one for one in content.decided if one.evidence.source is ClaimSource.PERSON]
    assert claim.evidence.span.of(content.text) == claim.evidence.quote == "2024年3月1日"
    refused = edit(kb, editor, draft, "add", field="decided", **spot(kb, draft, "处罚明显不当"))
    assert refused.status_code == 400
    assert "看不出日期" in refused.get_data(as_text=True)
    typed = {"typed": "重庆市渝北区", "part": "act", **spot(kb, draft, "过期食品")}
    edit(kb, editor, draft, "add", field="regions", **typed)
    content = kb.desk.draft(draft).content
    [claim] = [one for one in content.regions if one.value.code == "500112"]
    assert claim.evidence.quote == "过期食品"


def test_selected_words_become_a_section(kb, editor, draft):
    place = spot(kb, draft, "行政处罚应当做到过罚相当。")
    assert edit(kb, editor, draft, "section", role="commentary", **place).status_code == 303
    content = kb.desk.draft(draft).content
    [part] = [part for part in content.sections if part.role is Role.COMMENTARY]
    assert part.body.of(content.text) == "行政处罚应当做到过罚相当。"


def test_one_finding_is_masked_alone_and_everywhere(kb, editor, draft):
    page = editor.page(f"/desk/drafts/{draft}")
    keys = re.findall(r'name="key" value="((?:name|phone)-\w+)"><label', page)
    name, phone = sorted(set(keys))
    assert edit(kb, editor, draft, "mask_one", key=name, instead="").status_code == 303
    text = kb.desk.draft(draft).content.text
    assert "王小明" not in text
    assert "王某某" in text
    assert "13912345678" in text
    again = edit(kb, editor, draft, "mask_one", key=name)
    assert again.status_code == 400
    assert "已经不在了" in again.get_data(as_text=True)
    edit(kb, editor, draft, "mask_one", key=phone, instead="（号码略）")
    assert "电话为（号码略）" in kb.desk.draft(draft).content.text


def test_after_a_decision_the_next_value_in_doubt_is_looked_at(kb, editor, draft):
    page = editor.page(f"/desk/drafts/{draft}")
    waiting = re.findall(r'<li id="(v-[^"]+)" class="proposed', page)
    assert len(waiting) > 3
    for here, then in pairwise([*waiting, "gates"]):
        _, field, value = here.split("-")
        answer = edit(kb, editor, draft, "accept", field=field, value=value)
        assert f"focus={then}#" in answer.location


def test_a_list_goes_along_from_draft_to_draft(kb, editor, draft):
    title = kb.desk.draft(draft).content.title
    [other] = add(editor, TEXT.replace("某超市", f"{title[:6]}的分号").replace("三袋", "九袋"))
    listed = {"q": title[:6]}
    first, second = kb.desk.work(WorkQuery(words=title[:6])).items
    assert {first.id, second.id} == {draft, other}
    page = editor.page("/desk/", **listed)
    link = re.search(rf'href="(/desk/drafts/{first.id}\?[^"]+)"', page)[1].replace("&amp;", "&")
    page = editor.client.get(link).get_data(as_text=True)
    action = re.search(rf'action="(/desk/drafts/{first.id}/edit[^"]+)"', page)[1]
    assert "at=" in action
    sent = editor.post(
        action.replace("&amp;", "&"), do="accept_all", field="acts", revision="1"
    ).location
    shown = editor.client.get(sent).get_data(as_text=True)
    after = re.search(r'<a rel="next" href="([^"]+)"', shown)[1]
    assert second.id in after
    assert "q=" in after


def test_a_citation_that_is_not_known_says_so_where_it_stands(editor, draft):
    page = editor.page(f"/desk/drafts/{draft}")
    assert re.search(r'<mark[^>]* data-doubt="未能确认所指法规">', page)
    assert re.search(r'class="said doubt-word"[^>]*><a[^>]*>[^<]*（未能确认所指法规）', page)


def test_how_a_value_was_read_is_said_in_words(editor, draft):
    page = editor.page(f"/desk/drafts/{draft}")
    assert "标题写明 · 把握大" in page
    assert "不认得这个名称，请核对是否写错" in page


def test_the_desk_is_in_english_too(editor, draft):
    page = editor.page(f"/desk/drafts/{draft}", lang="en")
    for said in ("Draft", "Submit for review", "Facts", "To be decided", "said by the title"):
        assert said in page
    editor.get("/desk/", lang="zh")


def test_what_a_person_confirmed_stands_when_the_source_is_read_again(kb, editor, tmp_path):
    file = tmp_path / "粮油店.txt"
    text = TEXT.replace("某超市", "某粮油店")
    file.write_text(text)
    ingest(kb, [str(file)], Options(), publish=False)
    [record] = (one.id for one in kb.desk.work(WorkQuery(words="某粮油店")).items)
    content = kb.desk.draft(record).content
    edit(kb, editor, record, "add", field="decided", typed="2024年5月7日")
    edit(kb, editor, record, "reject", field="acts", value=key(content.acts[0].value))
    file.write_text(text.replace("5月6日", "6月6日"))
    ingest(kb, [str(file)], Options(), publish=False)
    after = kb.desk.draft(record).content
    assert "6月6日" in after.text
    assert settled(after.decided) == (date(2024, 5, 7),)
    assert content.acts[0].value not in settled(after.acts)
