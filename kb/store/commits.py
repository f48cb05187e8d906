"""Whether anything was committed: what is kept of a database holds for as long as nothing was."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError


class Commits:
    """To one SQLite file, by whatever connection of whatever process. Threads share it.

    A connection of its own that never writes is told of them by `PRAGMA data_version`
    (sqlite.org/pragma.html#pragma_data_version), for a hundredth of what a question costs.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._opened: Any = None
        self._times = 0

    def number(self) -> tuple[int, int] | None:
        """The same as before only if nothing was committed in between. None where that cannot be
        told: on PostgreSQL, or where the file cannot be read."""
        if self._engine.dialect.name != "sqlite":
            return None
        with self._lock, suppress(SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            if self._opened is None:
                self._opened = self._engine.raw_connection()
                self._opened.detach()
                self._times += 1  # versions of two connections say nothing of each other
            version: int = self._opened.cursor().execute("PRAGMA data_version").fetchone()[0]
            return self._times, version
        return None

    def close(self) -> None:
        """Closes the connection; the next number is another."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def forget(self) -> None:
        """Leaves the connection to the process that this one is a copy of."""
        self._lock = Lock()
        self._opened = None
