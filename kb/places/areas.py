"""Named areas that are no units of GB/T 2260: zones with an authority, and groups of units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.errors import DataError

AREAS = Path(__file__).parent.parent / "data" / "areas.toml"


@dataclass(frozen=True, slots=True)
class Zone:
    """An area run by an administrative committee; the fields stand in `kb/data/areas.toml`."""

    code: str
    name: str
    full_name: str
    parent: str
    names: tuple[str, ...]
    generic: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that belongs to a group from one day until before another."""

    code: str
    since: date | None
    until: date | None

    def valid(self, on: date | None) -> bool:
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """Units taken together under one name.

    members: with all that is below them, but for `without`. itself: codes that belong without
    what is below them. find: whether a text that names the group names its members.
    """

    name: str
    names: tuple[str, ...]
    members: tuple[Member, ...]
    without: tuple[str, ...]
    itself: tuple[str, ...]
    find: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Areas:
    zones: tuple[Zone, ...]
    groups: tuple[Group, ...]


@lru_cache(maxsize=1)
def areas() -> Areas:
    """The project's own data, read once."""
    return read(AREAS)


def read(path: Path) -> Areas:
    """The areas of a TOML file. Raises DataError, naming the entry that breaks the form."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}：{error}") from error
    entries: list[Zone | Group] = []
    for make, kind in ((_zone, "zone"), (_group, "group")):
        for entry in data.get(kind, []):
            try:
                entries.append(make(entry))
            except KeyError as error:
                raise DataError(f"{path} {kind} {entry.get('name', '?')}：缺少 {error}") from error
    return Areas(
        tuple(entry for entry in entries if isinstance(entry, Zone)),
        tuple(entry for entry in entries if isinstance(entry, Group)),
    )


def _zone(entry: dict[str, Any]) -> Zone:
    return Zone(
        code=entry["code"],
        name=entry["name"],
        full_name=entry["full_name"],
        parent=entry["parent"],
        names=tuple(entry["names"]),
        generic=tuple(entry.get("generic", ())),
        valid_from=entry.get("valid_from"),
        valid_to=entry.get("valid_to"),
        successors=tuple(entry.get("successors", ())),
        note=entry["note"],
        source=entry["source"],
    )


def _group(entry: dict[str, Any]) -> Group:
    return Group(
        name=entry["name"],
        names=tuple(entry["names"]),
        members=tuple(
            Member(member["code"], member.get("from"), member.get("to"))
            for member in entry["members"]
        ),
        without=tuple(entry.get("without", ())),
        itself=tuple(entry.get("itself", ())),
        find=entry.get("find", False),
        note=entry["note"],
        source=entry["source"],
    )
