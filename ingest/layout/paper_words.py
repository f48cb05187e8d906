"""How the parts of formal papers begin, read from kb/data/paper_parts.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kb
from kb.errors import DataError
from kb.model import Kind, Role

_FILE = Path(kb.__file__).parent / "data" / "paper_parts.toml"

PARTIES, PROCEEDING, REASONS, RESULT, TAIL, STATUTES = 1, 2, 8, 9, 10, 11
"""Stages of a paper that code speaks of; from PROCEEDING to REASONS the parties are heard."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper. cues: what it begins with, matched on folded words. heading: whether the
    cue is a heading, with a mark or nothing behind it. inner: whether it may begin in a line."""

    kind: Kind | None
    stage: int
    role: Role
    heading: bool
    inner: bool
    cues: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Words:
    """parts: in the order they are tried. strong, weak: words that a result begins after. date: a
    line that is a day."""

    parts: tuple[Part, ...]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    date: re.Pattern[str]

    def of(self, kind: Kind) -> tuple[Part, ...]:
        """The parts a paper of this kind may have."""
        return tuple(part for part in self.parts if part.kind in (kind, None))


@cache
def words() -> Words:
    """The table. Raises DataError where it is wrong, naming the entry."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    macros = data.get("words", {})
    parts = []
    for at, entry in enumerate(data.get("part", ()), 1):
        try:
            parts.append(
                Part(
                    kind=Kind(entry["paper"]) if entry["paper"] else None,
                    stage=entry["stage"],
                    role=Role(entry["role"]),
                    heading=entry.get("heading", False),
                    inner=entry.get("inner", False),
                    cues=_pattern(entry["cues"], macros, entry.get("heading", False)),
                    unless=_pattern(entry["not"], macros) if "not" in entry else None,
                )
            )
        except (KeyError, ValueError, re.error) as error:
            raise DataError(f"{_FILE.name} 第 {at} 条 [[part]]：{error}") from error
    result = data["result"]
    return Words(
        parts=tuple(parts),
        strong=_pattern(result["strong"], macros),
        weak=_pattern(result["weak"], macros),
        date=re.compile(macros["date"]),
    )


def _pattern(cues: list[str], macros: dict[str, str], heading: bool = False) -> re.Pattern[str]:
    """Any of the cues; of a heading, the one with a mark or nothing behind it."""
    filled = [re.sub(r"\{([a-z]+)\}", lambda m: macros.get(m.group(1), m.group()), c) for c in cues]
    any_of_them = "|".join(f"(?:{cue})" for cue in filled)
    return re.compile(rf"(?:{any_of_them})(?=[:,;)《]|$)" if heading else any_of_them)
