"""Every commit is told, by whatever process; nothing else is."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kb.store import open_database
from kb.store.database import Database

WRITE = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    yield opened
    opened.close()


def test_a_commit_is_told_and_reading_is_not(database: Database) -> None:
    before = database.commits.number()
    assert before is not None
    with database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM record").all()
    assert database.commits.number() == before
    with suppress(RuntimeError), database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE undone (n INTEGER)")
        raise RuntimeError
    assert database.commits.number() == before
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE done (n INTEGER)")
    assert database.commits.number() != before


def test_a_commit_of_another_process_is_told(database: Database) -> None:
    before = database.commits.number()
    statement = "CREATE TABLE other (n INTEGER)"
    subprocess.run([sys.executable, "-c", WRITE, database.name, statement], check=True)
    assert database.commits.number() != before


def test_after_closing_another_number_is_given(database: Database) -> None:
    before = database.commits.number()
    database.close()
    assert database.commits.number() not in (before, None)
