"""The desk killed in the midst of saving and publishing: everything of a change is there, or
nothing."""

import json
import os
import signal
import sqlite3
import time

from kb.accounts import Actor, UserRole
from kb.desk import Desk
from kb.store import Repository, open_database
from kb.store.desk import DeskStore
from tests.kb.store.build import content, source

KILLS = 40
EDITOR = Actor("张", frozenset({UserRole.EDITOR}))
REVIEWER = Actor("李", frozenset({UserRole.REVIEWER}))
PUBLISHER = Actor("王", frozenset({UserRole.PUBLISHER}))


def work(url, record, told):
    """Edits, reviews and publishes a record again and again, until it is killed; tells of each
    round."""
    desk = Desk(DeskStore(open_database(url)))
    n = 0
    while True:
        n += 1
        os.write(told, b".")
        draft = desk.draft(record)
        match draft.stage.value:
            case "draft" if draft.content.title.endswith("改"):
                desk.take(record, "submit", EDITOR, draft.revision)
            case "draft" | "published":
                desk.keep_unfinished(record, EDITOR, draft.revision, {"title": "写到一半"})
                desk.save(record, content(f"{os.getpid()}-{n}改"), EDITOR, draft.revision)
            case "in_review":
                desk.take(record, "approve", REVIEWER, draft.revision)
            case "approved":
                desk.take(record, "publish", PUBLISHER, draft.revision, note="示例更正")
                desk.save(record, content("又"), EDITOR, draft.revision)


def test_a_desk_killed_at_any_moment_leaves_nothing_half(tmp_path):
    path = tmp_path / "kb.db"
    url = f"sqlite:///{path}"
    database = open_database(url)
    [record] = Repository(database).submit(source(), (content(),), parser="1", publish=False).added
    database.close()
    published = 0
    for turn in range(KILLS):
        hears, tells = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(url, record, tells)
            finally:
                os._exit(1)
        os.close(tells)
        heard = sum(len(os.read(hears, 1)) for _ in range(1 + turn % 8))
        time.sleep(0.0013 * turn)
        os.kill(child, signal.SIGKILL)
        os.close(hears)
        assert heard == 1 + turn % 8
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        published = whole(path, url)
    assert published > 3


def whole(path, url):
    """The file is sound; record, revisions, rows, queue, corrections and audit tell one story.
    Gives how often the record was published."""
    connection = sqlite3.connect(path)

    def ask(query):
        return connection.execute(query).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    [(status, stage, revision, working, title)] = ask(
        "SELECT status, stage, revision, working, title FROM record"
    )
    revised = dict(ask("SELECT number, json_extract(content, '$.title') FROM revision"))
    assert title == revised[revision]
    deeds = [(action, json.loads(d)) for action, d in ask("SELECT action, detail FROM audit")]
    written = [d["revision"] for action, d in deeds if action in ("add", "update")]
    assert sorted(revised) == written
    released = [d["revision"] for action, d in deeds if action == "publish"]
    assert status == ("published" if released else stage)
    assert len(ask("SELECT seq FROM index_queue")) == len(released)
    if released:
        assert revision == released[-1]
        assert len(ask("SELECT revision FROM correction")) == len(released) - 1
    moves = [{"add": "draft", "update": "draft"}.get(action) or d["to"] for action, d in deeds]
    assert stage == moves[-1]
    assert working == max(revised)
    connection.close()
    database = open_database(url)
    assert Repository(database).verify_audit().broken == ()
    database.close()
    return len(released)
