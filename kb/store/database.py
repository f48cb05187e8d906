"""Opens the database, and gives transactions to read and to write in.

SQLite runs in WAL mode: readers never wait for the writer, nor it for them. A write transaction
takes the write lock at its start (BEGIN IMMEDIATE) and waits for it up to BUSY_SECONDS; one that
began as a reader would fail at once with "database is locked". `synchronous` is FULL on every
connection: a commit is on the disk when it returns and outlives a power cut (about a millisecond
on an SSD); in WAL mode it costs a reader nothing, for only commits and checkpoints wait for the
disk.

On PostgreSQL an advisory lock gives the same order: one writer at a time. The audit's chain and the
queue's order rest on it.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from kb.errors import KnowledgeBaseError
from kb.store.commits import Commits
from kb.store.migrate import bring_to_head

BUSY_SECONDS = 30
LOG_SECONDS = 0.5
WRITER_LOCK = 0x6B62_0001
"""The key of PostgreSQL's advisory lock for writers."""


def open_database(url: str) -> Database:
    """The database at this URL (`sqlite:///path` or `postgresql://…`), made or migrated as needed.

    Safe where several processes open it at once. Raises KnowledgeBaseError where the URL cannot be
    read, the file is not this program's database, or it was made by a newer program.
    """
    where = _read_url(url)
    database = Database(_engine(where), _name(where))
    try:
        with _clear_errors(database.name):
            bring_to_head(database.engine, database.name)
    except BaseException:
        database.close()
        raise
    return database


class Database:
    """An open database. name: its path or address, without a password, for messages. commits: tells
    whether any were made."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine, self.name = engine, name
        self.commits = Commits(engine)
        self._reads, self._writes = engine, engine.execution_options(immediate=True)
        if engine.dialect.name != "sqlite":
            self._reads = engine.execution_options(isolation_level="REPEATABLE READ")
        _open.add(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees the database as it was at its first question, to its end."""
        with _clear_errors(self.name), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is alone in writing; committed at the end, undone by any exception."""
        with _clear_errors(self.name), self._writes.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
            yield connection

    def empty_log(self) -> None:
        """Overwrites SQLite's log of what was written: what a transaction took out of its place
        stands in it still. Where readers are at it for longer than LOG_SECONDS the next one does
        it. Never fails: the transactions hold without."""
        if self.engine.dialect.name != "sqlite":
            return
        with suppress(DatabaseError, SqliteError), closing(self.engine.raw_connection()) as opened:
            try:
                opened.cursor().execute(f"PRAGMA busy_timeout={int(1000 * LOG_SECONDS)}")
                opened.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                opened.cursor().execute(f"PRAGMA busy_timeout={1000 * BUSY_SECONDS}")

    def close(self) -> None:
        """Closes the connections; one that is asked for afterwards is opened anew."""
        self.commits.close()
        self.engine.dispose()


_open: weakref.WeakSet[Database] = weakref.WeakSet()


def _forget_connections() -> None:
    """A forked child must not use, nor close, its parent's connections."""
    for database in _open:
        database.engine.dispose(close=False)
        database.commits.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_connections)


def _read_url(url: str) -> URL:
    form = "应为 sqlite:///路径 或 postgresql://用户@主机/库名"
    try:
        where = make_url(url)
    except ArgumentError:
        raise KnowledgeBaseError(f"数据库地址“{url}”无法识别：{form}") from None
    backend = where.get_backend_name()
    if backend == "postgres":
        where = where.set(drivername="postgresql")
    elif backend not in ("sqlite", "postgresql"):
        raise KnowledgeBaseError(f"数据库地址“{_name(where)}”无法识别：{form}")
    if backend == "sqlite" and where.database in (None, "", ":memory:"):
        raise KnowledgeBaseError("数据库须存放在文件中：数据库地址应为 sqlite:///路径")
    if where.drivername == "postgresql":
        where = where.set(drivername="postgresql+psycopg")
    return where


def _name(where: URL) -> str:
    if where.get_backend_name() == "sqlite" and where.database:
        return where.database
    return where.render_as_string(hide_password=True)


def _engine(where: URL) -> Engine:
    if where.get_backend_name() != "sqlite":
        try:
            return create_engine(where, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise KnowledgeBaseError(
                f"连接 {_name(where)} 缺少驱动程序（{error}）：请安装 psycopg"
            ) from None
    _make_place(Path(where.database or ""))
    engine = create_engine(
        where, connect_args={"timeout": BUSY_SECONDS}, pool_size=8, max_overflow=24
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_place(path: Path) -> None:
    """A new file is its owner's alone, and the log that SQLite keeps beside it likewise: drafts say
    in it what readers must not have."""
    if path.is_dir():
        raise KnowledgeBaseError(f"{path} 是文件夹，应为数据库文件的路径")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnowledgeBaseError(f"无法建立文件夹 {path.parent}：{error.strerror}") from None
    with suppress(OSError):  # SQLite tells why it cannot be opened
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",  # what is put away or forgotten leaves no trace in the file
    "wal_autocheckpoint=4000",  # pages: fewer waits for the disk while much is written
    "journal_size_limit=67108864",  # bytes the log keeps after a long reader let it grow
)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not at the first INSERT
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _clear_errors(name: str) -> Iterator[None]:
    """Turns what the file system or the server refuses into an error a user can act on; what the
    program got wrong (a broken constraint, bad SQL) stays as it is."""
    try:
        yield
    except DatabaseError as error:
        if type(error) is not DatabaseError and not isinstance(error, OperationalError):
            raise
        raise KnowledgeBaseError(f"数据库 {name} {_meaning(str(error.orig))}") from error


_MEANINGS = {
    "file is not a database": "不是数据库文件，或者已经损坏：请检查路径，或从备份恢复",
    "malformed": "已经损坏：请从备份恢复，或换一个位置重新导入",
    "unable to open": "无法打开：请检查路径和权限",
    "readonly": "不可写：请检查文件和文件夹的权限",
    "full": "所在的磁盘已满：请腾出空间后重试",
    "locked": f"等待了 {BUSY_SECONDS} 秒仍被另一程序占用：请稍后重试",
}


def _meaning(message: str) -> str:
    known = next((meaning for words, meaning in _MEANINGS.items() if words in message), "无法使用")
    return f"{known}（{message.strip()}）"
