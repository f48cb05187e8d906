"""Several writers at once, and a writer killed at its work."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from kb.store import Repository, open_database
from tests.kb.store.build import content, source

WRITER = """
import sys
from kb.store import Repository, open_database
from tests.kb.store.build import content, source
url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Repository(open_database(url))
for n in range(count):
    many = [content(f"{name}{n}-{m}", f"{name}{n}-{m}的案情") for m in range(5)]
    done = store.submit(source(f"{name}{n}"), tuple(many), parser="1", publish=True)
    again = [one.with_fields(title=one.title + "（更正）") for one in many]
    store.submit(source(f"{name}{n}", "2"), tuple(again), parser="1", publish=True)
    store.withdraw(done.added[0], "测试")
    print(n, flush=True)
"""


def writer(url, name, count):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )


def test_two_processes_and_two_threads_write_while_one_reads(tmp_path):
    url = f"sqlite:///{tmp_path / 'kb.db'}"
    store = Repository(open_database(url))
    others = [writer(url, name, 15) for name in ("甲", "乙")]
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for n in range(15):
                store.submit(
                    source(f"{name}{n}"), (content(f"{name}{n}"),), parser="1", publish=True
                )
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("丙", "丁")]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or any(o.poll() is None for o in others):
        seen: dict[str, list[bool]] = {}
        for case in store.all_published(batch_size=7):
            seen.setdefault(case.origin, []).append("更正" in case.content.title)
        for origin, corrected in seen.items():  # a source is there whole, and in one version
            assert len(set(corrected)) == 1
            assert len(corrected) in ({1} if origin[0] in "丙丁" else {4, 5})
        time.sleep(0.05)
    assert [other.communicate()[0].count("\n") for other in others] == [15, 15]
    assert not failures
    assert store.count() == 2 * 15 * 4 + 2 * 15
    whole(tmp_path / "kb.db", store)


def test_a_writer_killed_at_any_moment_leaves_nothing_half(tmp_path):
    path = tmp_path / "kb.db"
    url = f"sqlite:///{path}"
    said: dict[str, int] = {}
    for turn in range(5):
        process = writer(url, f"第{turn}次", 10_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        time.sleep(0.03 + 0.037 * turn)
        process.send_signal(signal.SIGKILL)
        told = process.communicate()[0].split()
        said[f"第{turn}次"] = max([0, *map(int, told)])
        database = open_database(url)
        store = Repository(database)
        whole(path, store)
        database.close()
    for name, last in said.items():  # whatever was said to be done is there
        for n in range(last + 1):
            assert store.known(f"{name}{n}") == (source(f"{name}{n}", "2").sha256, "1")


def whole(path, store):
    """The file is sound; sources, records, revisions, rows, queue and audit tell one story."""
    connection = sqlite3.connect(path)

    def ask(query):
        return connection.execute(query).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    per_source = {n for _, n in ask("SELECT source_id, count(*) FROM record GROUP BY source_id")}
    assert per_source <= {1, 5}
    empty = "SELECT id FROM source WHERE id NOT IN (SELECT source_id FROM record)"
    assert ask(empty) == []
    lacking = """SELECT id FROM record WHERE NOT EXISTS (SELECT 1 FROM revision
                 WHERE record_id = record.id AND number = record.revision)
                 OR (SELECT count(*) FROM section WHERE record_id = record.id) <> 2"""
    assert ask(lacking) == []
    shown = {}
    for record_id, action in ask("SELECT record_id, action FROM index_queue ORDER BY seq"):
        shown[record_id] = action
    public = {row[0] for row in ask("SELECT id FROM record WHERE status = 'published'")}
    assert {record_id for record_id, action in shown.items() if action == "write"} == public
    revised = ask("SELECT record_id, number FROM revision")
    written = ask("SELECT record_id, detail FROM audit WHERE action IN ('add', 'update')")
    assert sorted(revised) == sorted((r, json.loads(d)["revision"]) for r, d in written)
    connection.close()
    assert store.verify_audit().broken == ()


def test_a_forked_child_opens_its_own_connections(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    store = Repository(database)
    store.submit(source(), (content(),), parser="1", publish=True)
    before = database.engine.pool.checkedin()
    child = os.fork()
    if child == 0:
        os._exit(0 if database.engine.pool.checkedin() == 0 and store.count() == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert before == 1
    assert store.count() == 1
    database.close()
