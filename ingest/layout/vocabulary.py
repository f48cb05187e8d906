"""The headings and closing words that layouts know, read from kb/data/headings.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import kb
from kb.errors import DataError
from kb.model import Role
from kb.text.normalise import fold_text

_FILE = Path(kb.__file__).parent / "data" / "headings.toml"
_ENGLISH = re.compile(
    r"^[a-z&',.-]{3,}[/|:-]?(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[/|-]?(?:\([a-z&',.-]{3,}\)|[a-z&',.-]{3,})$"
)
_JOINED = re.compile(r"[及与和、/]|以及|暨")


class Needs(IntEnum):
    """What words need to be taken for a heading: nothing, a colon or a mark, a mark."""

    NOTHING = 0
    COLON = 1
    MARK = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A heading of the table. key: as compared."""

    key: str
    role: Role
    needs: Needs


_LISTS = {"plain": Needs.NOTHING, "marked": Needs.COLON, "weak": Needs.MARK}


@dataclass(frozen=True, slots=True)
class Endings:
    """Words that close a page, folded. starts: of a last line; whole: all of it; closing: of a
    paragraph about the whole set; outlook: the same if one of publishers stands in it too."""

    starts: tuple[str, ...]
    whole: frozenset[str]
    closing: tuple[str, ...]
    outlook: tuple[str, ...]
    publishers: tuple[str, ...]


def known(words: str) -> Known | None:
    """The heading that these words are, white space and spelling aside.

    Of two joined (裁判结果及理由) the first gives the role.
    """
    return _known(_without_english(words))


def _without_english(words: str) -> str:
    """典型意义（Significance）, Facts 基本案情: folded, without the translation beside them."""
    folded = fold_text(words)
    return _ENGLISH.sub("", folded) or folded


def is_heading(words: str) -> bool:
    """Whether words in 【】 are a heading."""
    return known(words) is not None


def longest_at_start(folded: str) -> Known | None:
    """The longest heading of the table that a folded text begins with."""
    for length in range(min(len(folded), _table()[1]), 1, -1):
        if found := _table()[0].get(folded[:length]):
            return found
    return None


@cache
def endings() -> Endings:
    """The closing words of the table."""
    tail = _read().get("tail", {})
    folded = {
        name: tuple(fold_text(word) for word in tail.get(name, ()))
        for name in ("starts", "whole", "closing", "outlook", "publishers")
    }
    return Endings(
        starts=folded["starts"],
        whole=frozenset(folded["whole"]),
        closing=folded["closing"],
        outlook=folded["outlook"],
        publishers=folded["publishers"],
    )


@lru_cache(maxsize=4096)  # words of pages, not of the table: there is no end to them
def _known(key: str) -> Known | None:
    if len(key) > 24:
        return None
    if found := _table()[0].get(key):
        return found
    parts = [_table()[0].get(part) for part in _JOINED.split(key)]
    first = parts[0]
    if len(parts) < 2 or first is None or None in parts:
        return None
    return Known(key, first.role, max(part.needs for part in parts if part))


@cache
def _table() -> tuple[dict[str, Known], int]:
    table: dict[str, Known] = {}
    for family in _read().get("family", ()):
        for name, needs in _LISTS.items():
            for heading in family.get(name, ()):
                _add(table, Known(fold_text(heading), _role(family), needs))
    return table, max(map(len, table))


def _add(table: dict[str, Known], heading: Known) -> None:
    if heading.key in table:
        raise DataError(f"{_FILE}：标题“{heading.key}”出现两次，应只属于一个角色")
    table[heading.key] = heading


def _role(family: dict[str, Any]) -> Role:
    try:
        return Role(family["role"])
    except (KeyError, ValueError) as error:
        raise DataError(f"{_FILE}：[[family]] 的 role 不是已知角色（{error}）") from error


@cache
def _read() -> dict[str, Any]:
    try:
        return tomllib.loads(_FILE.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{_FILE}：无法读取标题表（{error}）") from error
