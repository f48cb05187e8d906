"""What readers have of a case from its publishing to its withdrawal: at once everywhere."""

from tests.web.desk.conftest import TEXT
from tests.web.desk.test_story import add, apart, edit, step


def published(kb, editor, reviewer, publisher, shop):
    [record] = add(editor, TEXT.replace("某超市", shop))
    apart(kb, record)
    edit(kb, editor, record, "mask")
    out(kb, editor, reviewer, publisher, record)
    return record


def out(kb, editor, reviewer, publisher, record, **form):
    for browser, name in ((editor, "submit"), (reviewer, "approve")):
        assert step(kb, browser, record, name).status_code == 303, name
    assert step(kb, publisher, record, "publish", **form).status_code == 303


def ids(anyone, words):
    return [hit["id"] for hit in anyone.get("/api/v1/search", q=words).get_json()["hits"]]


def test_a_case_is_found_by_the_next_request_and_gone_for_the_next(
    kb, editor, reviewer, publisher, anyone
):
    words = '"某粮油店"'
    record = published(kb, editor, reviewer, publisher, "某粮油店")
    assert ids(anyone, words) == [record]
    path = f"/api/v1/cases/{record}"
    assert anyone.get(path).status_code == 200
    step(kb, publisher, record, "withdraw", reason="来源机关已撤下")
    assert ids(anyone, words) == []
    assert record not in anyone.page("/search", q=words)
    for gone in (anyone.get(path), anyone.get(f"/cases/{record}")):
        assert gone.status_code == 410
        assert "来源机关已撤下" in gone.get_data(as_text=True)
        assert "三袋" not in gone.get_data(as_text=True)
    assert record not in anyone.page("/api/v1/complete", q="某粮油店")
    assert anyone.get(f"{path}/similar").status_code == 410


def test_readers_are_told_what_was_corrected_and_when(kb, editor, reviewer, publisher, anyone):
    record = published(kb, editor, reviewer, publisher, "某米粉店")
    assert anyone.get(f"/api/v1/cases/{record}").get_json()["corrections"] == []
    content = kb.desk.draft(record).content
    form = {"title": content.title, "text": content.text.replace("三袋", "四袋")}
    edit(kb, editor, record, "words", **form)
    assert "已更正" not in anyone.page(f"/cases/{record}").partition("</header>")[0]
    out(kb, editor, reviewer, publisher, record, note="食品数量应为四袋")
    page = anyone.page(f"/cases/{record}")
    assert "食品数量应为四袋" in page
    [told] = kb.desk.corrections(record)
    day = f"{told.at.astimezone().year}年"
    assert day in page.partition("食品数量应为四袋")[0].rpartition("已更正")[2]
    [said] = anyone.get(f"/api/v1/cases/{record}").get_json()["corrections"]
    assert (said["note"], said["revision"]) == ("食品数量应为四袋", told.revision)
    assert said["at"].startswith(told.at.date().isoformat())
