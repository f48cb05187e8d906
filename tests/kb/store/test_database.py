"""Opening a database: new, old, newer, broken, or twice at once."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.errors import KnowledgeBaseError
from kb.store import Repository, open_database
from kb.store.migrate import alembic_config
from kb.store.migrations import HEAD
from kb.store.tables import Base
from tests.kb.store.build import content, source


def test_a_new_database_is_made_with_its_folders(tmp_path):
    path = tmp_path / "新 文件夹" / "50%" / "kb.db"
    database = open_database(f"sqlite:///{path}")
    assert Repository(database).count() == 0
    made = list(path.parent.iterdir())
    assert {one.name for one in made} == {"kb.db", "kb.db-wal", "kb.db-shm"}
    assert all(one.stat().st_mode & 0o077 == 0 for one in made)  # its owner's alone
    database.close()
    assert path.is_file()


def test_sqlite_keeps_to_its_pragmas(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    with database.read() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    database.close()
    assert told == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 30_000,
    }


def test_the_migrations_make_the_tables_of_today(database):
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_head_is_the_last_step(database):
    with database.read() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        assert script.get_heads() == [HEAD]
        assert (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
        )


def test_opening_at_head_does_not_load_alembic(empty_file):
    program = (
        "import sys; from kb.store import open_database;"
        f"open_database('sqlite:///{empty_file}').close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_several_processes_may_make_one_database_at_once(tmp_path):
    program = (
        "import sys, time; from kb.store import open_database, Repository; import alembic.command;"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()));"
        "print(Repository(open_database(sys.argv[1])).count())"
    )
    arguments = [f"sqlite:///{tmp_path / 'kb.db'}", str(time.time() + 2)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    ends = [process.communicate(timeout=60) for process in started]
    assert [out.strip() for out, _ in ends] == [b"0"] * 3, ends


def test_a_database_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "kb.db"
    open_database(f"sqlite:///{path}").close()
    _run(path, "UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(KnowledgeBaseError, match=r"kb\.db 的版本是 9001.*请升级程序"):
        open_database(f"sqlite:///{path}")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    _run(path, "CREATE TABLE customers (id INTEGER)")
    with pytest.raises(KnowledgeBaseError, match=r"other\.db 不是本知识库的数据库.*customers"):
        open_database(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("customers",)]


@pytest.mark.parametrize("content", [b"<html>", b"x" * 5000, b"SQLite format 3\0" + b"?" * 5000])
def test_a_file_that_is_no_database_is_named(tmp_path, content):
    path = tmp_path / "page.html"
    path.write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match=r"page\.html"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(KnowledgeBaseError, match="文件夹"):
        open_database(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    "url", ["", "kb.db", "mysql://host/kb", "sqlite://", "sqlite:///:memory:", "http://x/y"]
)
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(KnowledgeBaseError, match="sqlite:///"):
        open_database(url)


def test_a_password_is_not_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(KnowledgeBaseError) as caught:
        open_database("postgresql://kb:geheim@127.0.0.1:1/kb")
    assert "geheim" not in str(caught.value)
    assert "psycopg" in str(caught.value)


def test_a_damaged_database_says_so(tmp_path):
    path = tmp_path / "kb.db"
    database = open_database(f"sqlite:///{path}")
    store = Repository(database)
    many = tuple(content(f"案{n}", f"第{n}件" * 50) for n in range(50))
    store.submit(source(), many, parser="1", publish=True)
    database.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(KnowledgeBaseError, match=r"kb\.db.*损坏"):
        list(Repository(open_database(f"sqlite:///{path}")).all_published())


def _run(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()
