"""A store on each database there is: SQLite always, PostgreSQL where KB_TEST_POSTGRES gives a
URL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from kb.store import Database, Repository, open_database


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at head, to copy: copying is quicker than migrating."""
    path = tmp_path_factory.mktemp("empty") / "kb.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path
) -> Iterator[Database]:
    if request.param == "sqlite":
        shutil.copy(empty_file, tmp_path / "kb.db")
        opened = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    else:
        url = os.environ.get("KB_TEST_POSTGRES", "")
        if not url:
            pytest.skip("set KB_TEST_POSTGRES to the URL of an empty PostgreSQL database")
        opened = open_database(_emptied(url))
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Repository:
    return Repository(database)


def _emptied(url: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
