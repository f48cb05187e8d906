"""What is sent to the desk is read in the background, file by file, whatever happens meanwhile."""

import io
import os
import re
import stat
import time

import pytest

from kb.errors import NotFound
from kb.store.job import NewItem
from tests.web.desk.conftest import PASSWORD, TEXT, Browser
from web.desk import reading, uploads
from web.desk.uploads import Uploads

SET = "\n\n".join(
    f"案例{number}\n{TEXT.replace('某超市', f'某饭店{number}店').replace('三袋', f'{number}袋')}"
    for number in "一二三"
)


def files(*named):
    return [
        (io.BytesIO(text.encode() if isinstance(text, str) else text), name) for name, text in named
    ]


@pytest.fixture
def held(desk_app):
    """The jobs of the site as they wait, with nobody to work them."""
    runner = desk_app.extensions["jobs"]
    wake, runner.wake = runner.wake, lambda: None
    while runner._thread:
        time.sleep(0.05)
    yield runner
    runner.wake = wake
    wake()


def test_a_batch_is_told_file_by_file(editor):
    sent = files(
        ("好的 案例.txt", TEXT.replace("渝中", "渝北")),
        ("坏的.pdf", b"%PDF-1.4 broken"),
        ("空的.html", b""),
        ("也好.txt", TEXT.replace("渝中", "江北")),
    )
    answer = editor.post("/desk/add", files=sent)
    assert answer.status_code == 303
    told = editor.job(answer)
    assert [(item["name"], item["state"]) for item in told["items"]] == [
        ("好的 案例.txt", "done"),
        ("坏的.pdf", "failed"),
        ("空的.html", "failed"),
        ("也好.txt", "done"),
    ]
    assert [len(item["drafts"]) for item in told["items"]] == [1, 0, 0, 1]
    page = editor.page(answer.location)
    assert "2 项未成功" in page
    assert "/tmp" not in page
    assert page.count("已加入") >= 2


def test_a_set_becomes_many_drafts_with_what_is_missing_in_each(kb, editor):
    told = editor.job(editor.post("/desk/add", files=files(("一批.txt", SET)), batch="示例批次"))
    [item] = told["items"]
    assert len(item["drafts"]) == 3
    page = editor.page(f"/desk/jobs/{told['id']}")
    first, *rows = re.findall(r'href="/desk/drafts/([^"?]+)', page)
    assert rows == item["drafts"]
    assert first == rows[0]  # on to checking
    assert page.count('<td data-head="阶段">草稿</td>') == 3
    assert {kb.desk.draft(one).content.batch[0].value for one in rows} == {"示例批次"}


def test_the_same_again_leads_to_the_drafts_there_are(editor):
    text = TEXT.replace("渝中", "巴南")
    [first] = editor.job(editor.post("/desk/add", files=files(("甲.txt", text))))["items"]
    for name in ("甲.txt", "乙.txt"):
        answer = editor.post("/desk/add", files=files((name, text)))
        [again] = editor.job(answer)["items"]
        assert again["drafts"] == first["drafts"], name
        assert "没有新内容" in editor.page(answer.location)
    for _ in range(2):
        [other] = editor.job(editor.post("/desk/add", text=f"{text}\n\n"))["items"]
        assert other["drafts"] == first["drafts"]
        assert "与已有案例相同" in editor.page(f"/desk/jobs/{_latest(editor)}")


def test_while_it_waits_it_is_kept_and_shown_and_the_files_are_their_owners(editor, held, desk_app):
    sent = files(("甲.txt", TEXT.replace("渝中", "涪陵")), ("乙.txt", TEXT.replace("渝中", "万州")))
    answer = editor.post("/desk/add", files=sent)
    page = editor.page(answer.location)
    assert "已完成 0 / 2 项" in page
    assert '<meta http-equiv="refresh"' in page
    assert "正在处理" in editor.page("/desk/")
    assert "甲.txt" in editor.page("/desk/jobs/")
    kept = desk_app.extensions["uploads"]
    paths = list(kept.path("").rglob("*.txt"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in paths} == {0o700}
    assert held.work_one()
    assert "已完成 1 / 2 项" in editor.page(answer.location)
    assert held.work_one()
    assert not held.work_one()
    assert not any(path.parent.parent.exists() for path in paths)
    assert "meta http-equiv" not in editor.page(answer.location)


def test_stopping_leaves_what_is_done_and_drops_the_rest(editor, held, desk_app):
    sent = files(("甲.txt", TEXT.replace("渝中", "黔江")), ("乙.txt", TEXT.replace("渝中", "长寿")))
    answer = editor.post("/desk/add", files=sent)
    assert held.work_one()
    assert editor.post(f"{answer.location}/stop").status_code == 303
    told = editor.job(answer)
    assert [item["state"] for item in told["items"]] == ["done", "cancelled"]
    assert "1 项已取消" in editor.page(answer.location)
    assert not held.work_one()
    assert list(desk_app.extensions["uploads"].path("").rglob("*.txt")) == []


def test_a_job_is_its_owners_alone(kb, editor, reviewer, anyone, desk_app):
    answer = editor.post("/desk/add", text=TEXT.replace("渝中", "永川"))
    editor.job(answer)
    assert reviewer.get(answer.location).status_code == 403
    assert anyone.get(answer.location).status_code == 303
    if "孙" not in [one.name for one in kb.accounts.users()]:
        kb.accounts.choose_password(kb.accounts.add("孙", ["editor"]), PASSWORD)
    other = Browser(desk_app, "孙")
    assert other.get(answer.location).status_code == 404
    assert other.post(f"{answer.location}/stop").status_code == 404
    assert "永川" not in other.page("/desk/jobs/")


def test_what_is_too_large_is_told_beside_the_others(editor, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 2_000)
    sent = files(("大.txt", b"x" * 2_001), ("小.txt", TEXT.replace("渝中", "合川")))
    told = editor.job(editor.post("/desk/add", files=sent))
    assert [item["state"] for item in told["items"]] == ["failed", "done"]
    assert "请拆分" in told["items"][0]["errors"][0]


def test_a_fault_of_ours_fails_its_item_alone(kb, desk_app):
    job = kb.desk.jobs.make(
        "add",
        "张",
        "示例",
        {"folder": "nowhere", "batch": ""},
        [NewItem("没有这种事", {"what": 1}), NewItem("不在了", {"file": "nowhere/x/不在.txt"})],
    )
    desk_app.extensions["jobs"].wake()
    items = _ended(kb, job)
    assert [item.state for item in items] == ["failed", "failed"]
    assert "内部错误" in items[0].errors[0]


def test_the_folder_of_uploads_is_its_owners_alone(tmp_path):
    root = tmp_path / "uploads"
    root.mkdir(mode=0o755)
    Uploads(root).folder()
    assert root.stat().st_mode & 0o777 == 0o700


def test_files_are_called_as_whoever_sent_them_knows_them():
    said = "与已导入的 upload/8a7d0123abcd/三件.html 逐字节相同，未重复导入"
    assert reading._named(said) == "与已导入的 三件.html 逐字节相同，未重复导入"


def test_folders_that_no_job_knows_are_swept(tmp_path):
    kept = Uploads(tmp_path)
    old, known, new = kept.folder(), kept.folder(), kept.folder()
    for name in (old, known):
        kept.put(name, "甲.txt", b"x")
        os.utime(tmp_path / name, (time.time() - 9000,) * 2)
    kept.sweep([known])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([known, new])


@pytest.mark.parametrize(
    "sent", ["../../etc/passwd", "C:\\x\\案 例.txt", "..", "a\x00b.txt", "长" * 300]
)
def test_no_name_leads_out_of_its_folder(tmp_path, sent):
    kept = Uploads(tmp_path)
    path = kept.path(kept.put(kept.folder(), sent, b"x")).resolve()
    assert path.is_relative_to(tmp_path.resolve())
    assert path.read_bytes() == b"x"


def _latest(browser):
    return re.search(r"/desk/jobs/(\d+)", browser.page("/desk/jobs/"))[1]


def _ended(kb, job):
    for _ in range(600):
        if kb.desk.jobs.job(job, "张").ended:
            return kb.desk.jobs.items(job)
        time.sleep(0.05)
    raise AssertionError(kb.desk.jobs.items(job))


def test_there_is_no_job_of_that_number(kb, editor):
    assert editor.get("/desk/jobs/999999").status_code == 404
    with pytest.raises(NotFound):
        kb.desk.jobs.stop(999999, "张")


def test_the_drafts_of_a_job_are_gone_through_in_its_order(editor):
    text = SET.replace("饭店", "面馆")
    told = editor.job(editor.post("/desk/add", files=files(("面馆.txt", text))))
    first, second, third = told["items"][0]["drafts"]
    job = told["id"]
    page = editor.page(f"/desk/drafts/{second}", job=job)
    assert re.search(rf'rel="prev" href="/desk/drafts/{first}\?job={job}"', page)
    assert re.search(rf'rel="next" href="/desk/drafts/{third}\?job={job}"', page)
    assert f'href="/desk/jobs/{job}"' in page
    last = editor.page(f"/desk/drafts/{third}", job=job)
    assert 'rel="next"' not in last
    assert 'rel="next"' in editor.page(f"/desk/drafts/{second}", job=999999)  # as of any list
