"""The words and names of `page_words.toml`, ready for matching."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """One list of the file, in its order."""
    return tuple(_file()[section][key])


@cache
def either(section: str, key: str) -> str:
    """The words of a list as one alternative of a regular expression, longest first."""
    return "|".join(map(re.escape, sorted(words(section, key), key=len, reverse=True)))


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one."""
    return re.compile("|".join(f"(?:{one})" for one in words(section, key)))


@cache
def _file() -> dict[str, Any]:
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
