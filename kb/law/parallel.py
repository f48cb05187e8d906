"""The parallel regulations of Sichuan and Chongqing (川渝协同立法), as facts with their source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from kb.errors import DataError

_DATA = "parallel.toml"

T = TypeVar("T")


class Basis(StrEnum):
    """Where a fact was read: in the regulation itself, in a report, or nowhere that was kept."""

    TEXT = "text"
    REPORT = "report"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Regulation:
    """One side's regulation. adopted, in_force: None where unknown or not yet."""

    title: str
    basis: Basis
    source: str
    adopted: date | None = None
    in_force: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One matter and what each side enacted on it, None where nothing is known."""

    code: str
    label: str
    label_en: str
    sichuan: Regulation | None = None
    chongqing: Regulation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the cooperation as a whole."""

    text: str
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Parallels:
    """pairs: in the order in which they came into force."""

    pairs: tuple[Pair, ...]
    facts: tuple[Fact, ...]


@cache
def parallels() -> Parallels:
    """What is known. Raises DataError where the data breaks its form."""
    return read((resources.files("kb") / "data" / _DATA).read_text("utf-8"))


def read(text: str) -> Parallels:
    """The parallel regulations of a TOML text. Raises DataError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{_DATA}：不是合格的 TOML：{error}") from error
    pairs = tuple(_pair(entry) for entry in data.get("pair", []))
    codes = [pair.code for pair in pairs]
    if len(set(codes)) < len(codes):
        raise DataError(f"{_DATA}：[[pair]] 的 code 重复")
    return Parallels(pairs, tuple(_made(Fact, entry, "[[fact]]") for entry in data.get("fact", [])))


def _pair(entry: Mapping[str, Any]) -> Pair:
    place = f"[[pair]] {entry.get('code', '（无 code）')}"
    sides = {
        side: _regulation(entry[side], f"{place} {side}")
        for side in ("sichuan", "chongqing")
        if side in entry
    }
    if not sides:
        raise DataError(f"{_DATA} {place}：两地的法规都没有")
    return _made(Pair, {**entry, **sides}, place)


def _regulation(entry: Mapping[str, Any], place: str) -> Regulation:
    found = _made(Regulation, entry, place)
    if found.adopted and found.in_force and found.adopted > found.in_force:
        raise DataError(f"{_DATA} {place}：施行日早于通过日")
    if found.in_force is None and not found.note:
        raise DataError(f"{_DATA} {place}：没有施行日的，应在 note 中说明")
    return found


def _made(kind: type[T], entry: Mapping[str, Any], place: str) -> T:
    try:
        given = dict(entry)
        if "basis" in given:
            given["basis"] = Basis(given["basis"])
        return kind(**given)
    except (TypeError, ValueError) as error:
        raise DataError(f"{_DATA} {place}：{error}") from error
