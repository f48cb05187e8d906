"""A server killed while it reads what was sent: another goes on, every file is read, none twice."""

import os
import signal
import time
from functools import partial

from kb.desk.runner import Runner
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from kb.store import job_queue
from kb.store.job import NewItem
from tests.web.desk.conftest import TEXT
from web.desk.reading import read
from web.desk.uploads import Uploads

FILES = 11
KILLS = 8
LEASE = 0.4
PLACES = ("渝中", "渝北", "江北", "巴南", "涪陵", "万州", "黔江", "长寿", "永川", "合川", "南川")


def work(home, told):
    """Works jobs as a server does, and tells of each item that it begins."""
    settings = BaseSettings.from_environment({"KB_HOME": str(home)})
    kb, kept = KnowledgeBase.open(settings), Uploads(home / "uploads")

    def one(task):
        os.write(told, b".")
        return read(kb, kept, task)

    runner = Runner(kb.desk.jobs.queue, {"add": one}, partial(_after, kept), LEASE)
    while kb.desk.jobs.queue.unfinished():
        if not runner.work_one():
            time.sleep(0.05)


def _after(kept, task):
    kept.remove(task.data["file"])


def started(home):
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hears)
            work(home, tells)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(tells)
    return child, hears


def test_another_goes_on_where_one_was_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(job_queue, "MOST_TRIES", KILLS + 2)
    base = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(tmp_path)}))
    kept = Uploads(tmp_path / "uploads")
    folder = kept.folder()
    texts = {f"{place}.txt": TEXT.replace("渝中", place) for place in PLACES}
    items = [
        NewItem(name, {"file": kept.put(folder, name, text.encode())})
        for name, text in texts.items()
    ]
    assert len(items) == FILES
    job = base.desk.jobs.make("add", "张", "示例", {"folder": folder, "batch": ""}, items)
    for turn in range(KILLS):
        child, hears = started(tmp_path)
        assert os.read(hears, 1), "nothing was begun"
        time.sleep(0.004 * turn)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        os.close(hears)
    last = [started(tmp_path) for _ in range(2)]
    for child, hears in last:
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        os.close(hears)
    held = base.desk.jobs.items(job)
    assert base.desk.jobs.job(job, "张").ended
    assert [(item.name, item.outcome, item.errors) for item in held] == [
        (name, "added", ()) for name in texts
    ]
    drafts = [one.record for item in held for one in item.drafts]
    assert len(drafts) == len(set(drafts)) == FILES
    adds = [entry for entry in base.desk.entries(limit=1000) if entry.action == "add"]
    assert sorted(entry.record_id for entry in adds) == sorted(drafts)
    assert {base.desk.draft(one).revision for one in drafts} == {1}
    assert list((tmp_path / "uploads").iterdir()) == []
    assert base.desk.verify_audit().broken == ()
