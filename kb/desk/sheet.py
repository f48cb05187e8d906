"""Rows of a spreadsheet of metadata as edits of drafts: which record a row means, what it would
change, what in it cannot be understood. Nothing is saved here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.desk.columns import Column
from kb.desk.fields import SINGLE, set_values
from kb.desk.flow import STAGE_LABELS
from kb.desk.text import titled
from kb.desk.values import read_value
from kb.errors import BadRequest
from kb.law import dockets
from kb.law.statutes import Registry
from kb.model import Citation, Content, Docket, Party, PartyRole, Status, settled
from kb.store.ids import ALPHABET, LENGTH
from kb.store.names import Named
from kb.store.rows import claims_of
from kb.text.normalise import fold_text

CLEAR = frozenset({"清空", "(清空)", "（清空）"})
"""What a cell says so that nothing holds of its field; an empty cell leaves it as it is."""
_BETWEEN = re.compile(r"\s*[；;\n]\s*")
_WITHIN = re.compile(r"\s*、\s*")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$")
_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_LISTS = frozenset({"keywords", "parties", "publishers"})
_PERSON = re.compile(r".{1,3}[^店市司厂局院所馆厅会社部处站队校室户]")
"""A natural person's name, unless it is known to be none; what is longer is an organisation."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row is not saved. head: of the column, "" for the whole row."""

    head: str
    reason: str

    def __str__(self) -> str:
        return f"“{self.head}”列：{self.reason}" if self.head else self.reason


@dataclass(frozen=True, slots=True)
class Change:
    """What a column makes of a field: its values before and after, of regions and parties those in
    the column's role. The same before and after: they are confirmed by a person from now on."""

    head: str
    field: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


class Index:
    """The records by the names that a row may call them."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._by_id: dict[str, Named] = {}
        self._by_title: dict[str, list[Named]] = {}
        self._by_docket: dict[str, list[Named]] = {}
        for one in named:
            self._by_id[one.id] = one
            self._by_title.setdefault(fold_text(one.title), []).append(one)
            for number in one.dockets:
                self._by_docket.setdefault(number, []).append(one)

    def find(self, said: Mapping[str, tuple[Column, str]]) -> tuple[Named, str] | Trouble:
        """The record that a row means, and which of its cells named it: the id, or else the title,
        or else the number. said: by name of column, cells that are filled."""
        if "id" in said and (written := said["id"][1].lower()) and _ID.fullmatch(written):
            one = self._by_id.get(written)
            return (one, "id") if one else _none(said["id"])
        if "title" in said:
            return self._titled(said)
        if "dockets" in said:
            column, written = said["dockets"]
            return _single(self._by_docket.get(dockets.normalise(written), []), column, written)
        head = said["id"][0].head if "id" in said else ""
        return Trouble(head, "不知道是哪件案例：请填编号、标题或文号")

    def _titled(self, said: Mapping[str, tuple[Column, str]]) -> tuple[Named, str] | Trouble:
        column, written = said["title"]
        found = self._by_title.get(fold_text(written), [])
        if len(found) > 1 and "dockets" in said:
            number = dockets.normalise(said["dockets"][1])
            found = [one for one in found if number in one.dockets] or found
        return _single(found, column, written)


def filled(columns: Iterable[Column], cells: Sequence[str]) -> dict[str, tuple[Column, str]]:
    """The cells of a row that say something, by name of column."""
    return {
        column.name: (column, cells[column.place].strip())
        for column in columns
        if column.place < len(cells) and cells[column.place].strip()
    }


def check_stage(named: Named) -> Trouble | None:
    """Why a record cannot be edited now; None where it can."""
    if named.stage in (Status.DRAFT, Status.PUBLISHED):
        return None
    return Trouble("", f"案例现在是“{STAGE_LABELS[named.stage]}”，不能修改")


def apply(
    content: Content,
    said: Mapping[str, tuple[Column, str]],
    named_by: str,
    registry: Registry | None = None,
) -> tuple[Content, tuple[Change, ...], tuple[Trouble, ...]]:
    """The content as a row would have it, what changed, and what could not be understood.

    said: see `filled`. named_by: the column that only says which record it is.
    """
    changes: list[Change] = []
    troubles: list[Trouble] = []
    # The day comes first: regions and statutes are those of that day.
    for column, cell in sorted(said.values(), key=lambda one: one[0].field != "decided"):
        if not column.field or column.name == named_by:
            continue
        try:
            edited = _set(content, column, cell, registry)
        except BadRequest as error:
            troubles.append(Trouble(column.head, error.reason))
            continue
        if edited != content:
            before, after = (_said(one, column) for one in (content, edited))
            changes.append(Change(column.head, column.field, before, after))
            content = edited
    return content, tuple(changes), tuple(troubles)


def _set(content: Content, column: Column, cell: str, registry: Registry | None) -> Content:
    if column.field in ("title", "subtitle"):
        if column.field == "title" and cell in CLEAR:
            raise BadRequest("title", "标题不能清空")
        named = {"title": content.title, "subtitle": content.subtitle}
        return titled(content, **named | {column.field: "" if cell in CLEAR else cell})
    read: list[Any] = []
    if cell not in CLEAR:
        for words in _split(cell, column):
            read += _read(content, column, words, registry)
    values = _values(content, column.field)
    place = next((n for n, one in enumerate(values) if _in_part(one, column)), len(values))
    before, after = (
        [one for one in side if not _in_part(one, column)]
        for side in (values[:place], values[place:])
    )
    return set_values(content, column.field, [*before, *read, *after])


def _split(cell: str, column: Column) -> list[str]:
    if column.field in SINGLE:
        return [_MIDNIGHT.sub("", cell)]
    return [words for words in _BETWEEN.split(cell) if words]


def _read(content: Content, column: Column, words: str, registry: Registry | None) -> list[Any]:
    """The values of a part of a cell, of which 、 may part several; some terms have one of their
    own, and are tried as they stand first."""
    several = [one for one in _WITHIN.split(words) if one]
    if column.field not in _LISTS:
        try:
            return [_value(content, column, words, registry)]
        except BadRequest:
            if len(several) < 2:
                raise
    return [_value(content, column, one, registry) for one in several]


def _value(content: Content, column: Column, words: str, registry: Registry | None) -> Any:
    """The value, or the same one as the content has it."""
    natural = column.part in _PERSONS and bool(_PERSON.fullmatch(words))
    value = read_value(
        content, column.field, words, part=column.part, natural=natural, registry=registry
    )
    known = (one for one in _values(content, column.field) if _same(one, value))
    return next(known, value)


_PERSONS = (PartyRole.APPLICANT, PartyRole.THIRD_PARTY)


def _same(known: Any, value: Any) -> bool:
    """Whether two values differ only in how and where they are written."""
    match known:
        case Docket():
            return bool(known.normalised == value.normalised)
        case Party():
            return (known.name, known.role) == (value.name, value.role)
        case Citation():
            return _provision(known) == _provision(value)
    return bool(known == value)


def _provision(one: Citation) -> tuple[object, ...]:
    return one.work, one.version, one.article, one.paragraph, one.item, one.subitem


def _in_part(value: Any, column: Column) -> bool:
    """Whether a column speaks of a value; of regions and parties it does of one role alone."""
    return not column.part or value.role == column.part


def _said(content: Content, column: Column) -> tuple[Any, ...]:
    """The values that a column speaks of."""
    return tuple(one for one in _values(content, column.field) if _in_part(one, column))


def _values(content: Content, field: str) -> tuple[Any, ...]:
    if field in ("title", "subtitle"):
        return (getattr(content, field),) if getattr(content, field) else ()
    return settled(claims_of(content, field))


def _single(found: Sequence[Named], column: Column, written: str) -> tuple[Named, str] | Trouble:
    if len(found) == 1:
        return found[0], column.name
    if not found:
        return _none((column, written))
    ids = "、".join(one.id for one in found[:5])
    return Trouble(column.head, f"有 {len(found)} 件案例是“{written[:40]}”：请填编号（{ids}）")


def _none(said: tuple[Column, str]) -> Trouble:
    column, written = said
    return Trouble(column.head, f"没有找到案例“{written[:60]}”")
