"""The parts of a record that a query may ask for by name: 段落:典型意义, 理由:, title:."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kb.errors import DataError
from kb.labels import ROLE_LABELS
from kb.model import Role
from kb.search.query import TITLE
from kb.text.normalise import fold_text

SECTION_FIELDS = ("段落", "栏目", "部分", "section")
"""The names behind which a part of the record is named."""

_DATA = resources.files("kb") / "data"
_FILE = "sections.toml"
_BODY = "body"
_EVERY = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Sections:
    """Some parts of a record: roles as in `kb.search.query.InSection`."""

    roles: frozenset[str]

    @property
    def label(self) -> str:
        """What to call them: 典型意义, 基本案情或裁判理由."""
        if self.roles >= _EVERY:
            return "正文"
        return "或".join(_label(role) for role in (TITLE, *Role) if role in self.roles)


def section(name: str) -> Sections | None:
    """The part that people mean by a name, a role's code or a heading; None if it is unknown."""
    role = _names().get(fold_text(name))
    return _sections(role) if role else None


@cache
def section_fields() -> dict[str, Sections]:
    """The names that stand for a part by themselves, folded -> the part: those of the data, and
    headings that mean nothing else."""
    named = {
        fold_text(heading): family["role"]
        for family in _read("headings.toml")["family"]
        for heading in family.get("plain", ())
    }
    named |= {fold_text(name): entry["role"] for entry in _entries() for name in entry["fields"]}
    return {name: _sections(role) for name, role in named.items()}


def _sections(role: str) -> Sections:
    return Sections(_EVERY if role == _BODY else frozenset((role,)))


def _label(role: str) -> str:
    return "标题" if role == TITLE else ROLE_LABELS[Role(role)]


@cache
def _names() -> dict[str, str]:
    """Every name, folded, and its role: as people say it, then as headings are printed."""
    names = {role.value: role.value for role in Role}
    for entry in _entries():
        for name in (*entry["fields"], *entry["names"]):
            names.setdefault(fold_text(name), entry["role"])
    for role, label in ROLE_LABELS.items():
        names.setdefault(fold_text(label), role.value)
    for family in _read("headings.toml")["family"]:
        for kind in ("plain", "marked", "weak"):
            for heading in family.get(kind, ()):
                names.setdefault(fold_text(heading), family["role"])
    return names


@cache
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = _read(_FILE)["section"]
    for entry in entries:
        if entry["role"] not in (TITLE, _BODY, *Role):
            raise DataError(f"{_FILE}：没有“{entry['role']}”这种段落")
    return entries


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text("utf-8"))
