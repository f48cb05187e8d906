"""Where things live, from the environment; every setting is listed in the README's table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import KnowledgeBaseError


@dataclass(frozen=True, slots=True)
class Settings:
    """home: folder of database and index (KB_HOME). database_url: KB_DATABASE_URL, else a SQLite
    file in home."""

    home: Path
    database_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        home = Path(environment.get("KB_HOME") or "index_data").expanduser().resolve()
        return cls(
            home=home,
            database_url=environment.get("KB_DATABASE_URL") or f"sqlite:///{home / 'kb.sqlite3'}",
        )

    def make_home(self) -> bool:
        """Makes the folder where it is not there yet; whether it was made. Raises
        KnowledgeBaseError where that cannot be, or nothing can be written there."""
        try:
            made = not self.home.is_dir()
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise KnowledgeBaseError(
                f"无法建立数据文件夹 {self.home}（{reason}）：请把 KB_HOME 设为可以写入的文件夹"
            ) from error
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise KnowledgeBaseError(f"数据文件夹 {self.home} 不可写入：请检查权限或另设 KB_HOME")
        return made

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def statute_index(self) -> Path:
        return self.home / "statute-index"
