"""Outcomes put together for charts: few enough to be told apart, each case in one alone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.errors import DataError
from kb.issues.taxonomy import outcomes

_DATA = "outcome_families.toml"
_KEYS = {"code", "label", "label_en", "definition", "members"}


@dataclass(frozen=True, slots=True)
class Family:
    """members: codes of outcomes, those below them included."""

    code: str
    label: str
    label_en: str
    definition: str
    members: frozenset[str]


@cache
def families() -> tuple[Family, ...]:
    """The families, the one that wins first: a case of several outcomes belongs to the first
    family that has one of them. Raises DataError where the data breaks its form."""
    return read((resources.files("kb") / "data" / _DATA).read_text("utf-8"))


def read(text: str) -> tuple[Family, ...]:
    """The families of a TOML text; every outcome must be in exactly one. Raises DataError."""
    try:
        entries = tomllib.loads(text).get("family", [])
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{_DATA}：不是合格的 TOML：{error}") from error
    placed: dict[str, str] = {}
    found = []
    for entry in entries:
        place = f"{_DATA} [[family]] {entry.get('code', '（无 code）')}"
        if set(entry) != _KEYS:
            raise DataError(f"{place}：应恰有 {'、'.join(sorted(_KEYS))}")
        for code in entry["members"]:
            term = outcomes().get(code)
            if term is None or term.parent:
                raise DataError(f"{place}：{code} 不是处理结果的上级代码")
            if (other := placed.setdefault(code, entry["code"])) != entry["code"]:
                raise DataError(f"{place}：{code} 已归入 {other}")
        below = {term.code for code in entry["members"] for term in outcomes().children(code)}
        found.append(Family(**{**entry, "members": frozenset(entry["members"]) | below}))
    if missing := [term.code for term in outcomes().children("") if term.code not in placed]:
        raise DataError(f"{_DATA}：{'、'.join(missing)} 没有归类")
    return tuple(found)
