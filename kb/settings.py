"""Where things live, from the environment; every setting is listed in the README's table."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import KnowledgeBaseError

SHORTEST_KEY = 32
"""Characters of a key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """home: folder of database and index (KB_HOME). database_url: KB_DATABASE_URL, else a SQLite
    file in home. secret_key: KB_SECRET_KEY, "" where the one in home serves. originals: whether
    texts from before masking are kept, sealed (KB_ORIGINALS); originals_key: with what, "" for a
    key in home (KB_ORIGINALS_KEY)."""

    home: Path
    database_url: str
    secret_key: str = field(default="", repr=False)
    originals: bool = True
    originals_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        home = Path(environment.get("KB_HOME") or "index_data").expanduser().resolve()
        return cls(
            home=home,
            database_url=environment.get("KB_DATABASE_URL") or f"sqlite:///{home / 'kb.sqlite3'}",
            originals=_kept_originals(environment.get("KB_ORIGINALS", "")),
            originals_key=_long(environment.get("KB_ORIGINALS_KEY", "")),
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

    def secret(self) -> str:
        """The key of the site: secret_key, or that in key_file, made where it is not there. Raises
        KnowledgeBaseError as `kept_key` does."""
        return self.secret_key or kept_key(self.key_file)

    def key_of_originals(self) -> str:
        """What texts from before masking are sealed with, apart from the key of the site: it must
        outlive that. Raises KnowledgeBaseError as `kept_key` does."""
        return self.originals_key or kept_key(self.home / "originals-key")

    def has_key_of_originals(self) -> bool:
        """Whether that key is there, so that none would be made."""
        return bool(self.originals_key) or (self.home / "originals-key").exists()

    @property
    def key_file(self) -> Path:
        return self.home / "secret-key"

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def statute_index(self) -> Path:
        return self.home / "statute-index"


def _kept_originals(said: str) -> bool:
    match said.strip().lower():
        case "" | "sealed" | "on":
            return True
        case "off":
            return False
    raise KnowledgeBaseError(f"KB_ORIGINALS 应为 sealed（封存）或 off（不保留），现为“{said}”")


def _long(key: str) -> str:
    if key and len(key.strip()) < SHORTEST_KEY:
        raise KnowledgeBaseError(f"KB_ORIGINALS_KEY 至少 {SHORTEST_KEY} 个字符，且应随机生成")
    return key.strip()


def kept_key(file: Path) -> str:
    """The key in a file, made where it is not there, for its owner alone. Raises KnowledgeBaseError
    for a file that holds none: a full disk or a torn copy leaves one that is empty, or of zeros."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        made = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
            new.flush()
            os.fsync(new.fileno())
        try:
            os.link(made, file)  # whole, and of several processes the first one's
        except FileExistsError:
            pass
        finally:
            made.unlink()
    key = file.read_text(errors="surrogateescape").strip()
    if len(key) < SHORTEST_KEY or not key.isprintable():
        raise KnowledgeBaseError(
            f"密钥文件 {file} 已损坏（应为至少 {SHORTEST_KEY} 个字符）：请从备份恢复；"
            "没有备份的，删除它会另造一把，但用原来那把加密的内容不能再看"
        )
    return key
