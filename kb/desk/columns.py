"""The columns of a spreadsheet of metadata by their heads; `kb/data/columns.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.errors import BadRequest, DataError
from kb.model import CLAIM_FIELDS
from kb.text.normalise import fold_text

_DATA = "columns.toml"
_HEADS_WITHIN = 10
"""Rows in which the heads are looked for; above them stands a title mostly."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the column at this place (from 0) says. head: as it stands. field: what it sets, "" for
    nothing; part: the role of the regions or parties it names."""

    place: int
    head: str
    name: str
    field: str
    part: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A column there may be. does: names, sets or ignored."""

    name: str
    does: str
    field: str
    part: str
    heads: tuple[str, ...]
    hint: str
    example: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The row of heads. row: its place among the rows, from 0. unknown: heads that mean nothing
    here; each is left out."""

    row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]


def read_heads(rows: Sequence[Sequence[str]]) -> Heads | None:
    """The heads of a sheet: the first row with one that names a case and one more that is known.
    None where there is none. Raises BadRequest for a head that stands there twice."""
    by_head = {_folded(head): kind for kind in kinds() for head in kind.heads}
    for number, row in enumerate(rows[:_HEADS_WITHIN]):
        found = [(place, head, by_head.get(_folded(head))) for place, head in enumerate(row)]
        known = [(place, head, kind) for place, head, kind in found if kind]
        if len(known) < 2 or not any(kind.does == "names" for _, _, kind in known):
            continue
        columns = tuple(
            Column(place, head.strip(), kind.name, kind.field, kind.part)
            for place, head, kind in known
            if kind.does != "ignored"
        )
        _check_single(columns)
        unknown = tuple(head.strip() for _, head, kind in found if head.strip() and not kind)
        return Heads(number, columns, unknown)
    return None


@cache
def kinds() -> tuple[Kind, ...]:
    """The columns there may be, in the order of the template."""
    return read((resources.files("kb") / "data" / _DATA).read_text("utf-8"))


def offered() -> list[Kind]:
    """Those that say something, as the template and its help have them."""
    return [kind for kind in kinds() if kind.does != "ignored"]


def read(text: str) -> tuple[Kind, ...]:
    """The columns of a TOML text. Raises DataError."""
    try:
        entries = tomllib.loads(text).get("column", [])
        found = tuple(
            Kind(**{"field": "", "part": "", **entry, "heads": tuple(entry["heads"])})
            for entry in entries
        )
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise DataError(f"{_DATA}：{error}") from error
    placed: dict[str, str] = {}
    for kind in found:
        if kind.field not in {"", "title", "subtitle", *CLAIM_FIELDS}:
            raise DataError(f"{_DATA} {kind.name}：没有“{kind.field}”这一项")
        for head in kind.heads:
            if (other := placed.setdefault(_folded(head), kind.name)) != kind.name:
                raise DataError(f"{_DATA} {kind.name}：表头“{head}”已归 {other}")
    return found


def _check_single(columns: Sequence[Column]) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        if column.name in seen:
            raise BadRequest(
                "file", f"“{seen[column.name]}”与“{column.head}”说的是同一项：请只留一列"
            )
        seen[column.name] = column.head


def _folded(head: str) -> str:
    """A head without what people add to it: 决定日期（年月日）*."""
    bare = re.sub(r"[（(\[【].*?[)）\]】]", "", head) or head
    return fold_text(re.sub(r"[\s*＊：:]", "", bare)).lower()
