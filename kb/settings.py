"""Where things live, from the environment; every setting is listed in the README's table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def statute_index(self) -> Path:
        return self.home / "statute-index"
