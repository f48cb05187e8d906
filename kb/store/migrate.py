"""Brings a database to the newest tables when it is opened; several processes may try at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from kb.errors import KnowledgeBaseError
from kb.store import migrations

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 0x6B62_0002
"""The key of PostgreSQL's advisory lock for migrating."""
WAL_SECONDS = 30


def bring_to_head(engine: Engine, name: str) -> None:
    """Migrates to `migrations.HEAD`; one question where there is nothing to do.

    Raises KnowledgeBaseError for a database of a newer program, or of another one.
    """
    if _version_if_ours(engine) == migrations.HEAD:
        return
    if engine.dialect.name == "sqlite":
        _switch_to_wal(engine)
    with _alone(engine) as connection:
        version = _checked_version(connection, name)
        if version != migrations.HEAD:
            _upgrade(connection)


def alembic_config(connection: Connection) -> Config:
    """Alembic's view of the packaged migrations, to be run on this connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    folder = str(Path(migrations.__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _version_if_ours(engine: Engine) -> str | None:
    with engine.connect() as connection:
        try:
            return _version(connection)
        except DatabaseError as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                return None
            raise


def _version(connection: Connection) -> str | None:
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _switch_to_wal(engine: Engine) -> None:
    """The mode stays with the file. SQLite does not wait its turn for this one change: we do."""
    deadline = time.monotonic() + WAL_SECONDS
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
                return
            except engine.dialect.loaded_dbapi.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise OperationalError("PRAGMA journal_mode=WAL", None, error) from error
                time.sleep(0.02)
    finally:
        connection.close()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process can migrate beside. On SQLite the foreign keys sleep in
    it: making a table anew would otherwise delete what refers to it; they are checked at its
    end."""
    own = engine.execution_options(immediate=True)
    with own.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    lock = text("SELECT pg_advisory_xact_lock(:key)")
                    connection.execute(lock, {"key": MIGRATION_LOCK})
                yield connection
                if engine.dialect.name == "sqlite":
                    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    assert not orphans, f"migration leaves orphans: {orphans[:5]}"
        finally:
            connection.invalidate()  # its pragma must not come back from the pool


def _checked_version(connection: Connection, name: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise KnowledgeBaseError(
                f"数据库 {name} 不是本知识库的数据库（其中有表 {'、'.join(sorted(tables)[:3])}）："
                "请换一个位置"
            )
        return None
    version = _version(connection)
    if version is not None and version not in _known_versions(connection):
        raise KnowledgeBaseError(
            f"数据库 {name} 的版本是 {version}，本程序只认识到 {migrations.HEAD}："
            "请升级程序后再打开，或换一个位置"
        )
    return version


def _known_versions(connection: Connection) -> set[str]:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(alembic_config(connection))
    return {step.revision for step in script.walk_revisions()}


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")
