"""A store on each database there is: SQLite always, PostgreSQL where KB_TEST_POSTGRES gives a
URL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.store import Database, Repository, open_database
from kb.store.tables import Base


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at head, to copy: copying is quicker than migrating."""
    path = tmp_path_factory.mktemp("empty") / "kb.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URL of a PostgreSQL database at head."""
    url = os.environ.get("KB_TEST_POSTGRES", "")
    if not url:
        pytest.skip("set KB_TEST_POSTGRES to the URL of an empty PostgreSQL database")
    with closing(open_database(url)) as opened, opened.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    open_database(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path
) -> Iterator[Database]:
    if request.param == "sqlite":
        shutil.copy(empty_file, tmp_path / "kb.db")
        opened = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    else:
        opened = open_database(request.getfixturevalue("postgres"))
        _empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Repository:
    return Repository(database)


def _empty(database: Database) -> None:
    """Emptying the tables is quicker than migrating."""
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
