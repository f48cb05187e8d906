"""What an operator may set of the site; `KB_…` variables of the environment are read here alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from limits import parse_many

from kb.errors import KnowledgeBaseError
from kb.settings import SHORTEST_KEY
from kb.settings import Settings as BaseSettings

OFF = "off"


class BadSetting(KnowledgeBaseError):
    """A variable of the environment that cannot be read; names it and what was expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """rate_limit: of the interface, per address ("1200/minute", several parted by ";"), or "off".

    trusted_proxies: how many proxies stand before the site and tell the reader's address and
    scheme through X-Forwarded-*; 0 believes none of these headers. secret_key: what sessions of the
    desk are signed with; else the key in key_file, made where it is not there; else one that ends
    with the process. sign_in_rate: attempts of an address at signing in, whatever the names (a name
    has a lock of its own); no variable turns it off.
    """

    rate_limit: str = "1200/minute"
    trusted_proxies: int = 0
    secret_key: str = field(default="", repr=False)
    key_file: Path | None = field(default=None, compare=False)
    sign_in_rate: str = "20/minute;200/hour"

    def __post_init__(self) -> None:
        if self.secret_key and len(self.secret_key) < SHORTEST_KEY:
            raise BadSetting(f"KB_SECRET_KEY 至少 {SHORTEST_KEY} 个字符，且应随机生成")
        if self.rate_limit == OFF:
            return
        try:
            parse_many(self.rate_limit)
        except ValueError:
            raise BadSetting(
                f"KB_RATE_LIMIT 应写作 120/minute 或 off，现为“{self.rate_limit}”"
            ) from None

    @property
    def uploads(self) -> Path | None:
        """Where files wait that were sent to the desk, beside key_file; None for a folder that is
        not kept."""
        return self.key_file.parent / "uploads" if self.key_file else None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads KB_RATE_LIMIT, KB_TRUSTED_PROXIES, KB_SECRET_KEY and KB_HOME. Raises
        BadSetting."""
        proxies = environment.get("KB_TRUSTED_PROXIES", "0").strip()
        if not (proxies.isascii() and proxies.isdigit() and int(proxies) < 10):
            raise BadSetting(f"KB_TRUSTED_PROXIES 应为 0 到 9 的整数，现为“{proxies}”")
        limit = environment.get("KB_RATE_LIMIT", "").strip() or cls().rate_limit
        if limit.lower() in (OFF, "0", "none", "no", "false"):
            limit = OFF
        return cls(
            rate_limit=limit,
            trusted_proxies=int(proxies),
            secret_key=environment.get("KB_SECRET_KEY", "").strip(),
            key_file=BaseSettings.from_environment(environment).key_file,
        )
