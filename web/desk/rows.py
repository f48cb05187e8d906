"""The rows of a spreadsheet as items of a job: what each would change, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb.accounts import actor as acting
from kb.desk import WorkItem, WorkQuery, columns, sheet, together
from kb.desk.columns import Column, Heads
from kb.desk.sheet import Change, Index, Trouble
from kb.desk.together import Edit
from kb.errors import BadRequest, Forbidden
from kb.model import Status
from kb.store.job import Done, NewItem, Task, Touched
from kb.store.names import Named
from web.desk.view import label

if TYPE_CHECKING:
    from ingest.read.cells import Row, Sheet
    from kb.service import KnowledgeBase

KIND = "spreadsheet"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Line:
    """A row below heads. place: its sheet, to be named before its number."""

    place: str
    heads: Heads
    row: Row


@dataclass(frozen=True, slots=True)
class _Meant:
    """The record that a row means. by: the column that named it; cells: see `sheet.filled`."""

    named: Named
    by: str
    cells: Mapping[str, tuple[Column, str]]


def items(kb: KnowledgeBase, data: bytes, file: str) -> tuple[list[NewItem], list[str]]:
    """An item for each row of a spreadsheet that would change something or has a problem, and what
    else there is to say of it. Raises BadRequest, BadSource; the former where no row is known."""
    from ingest.read.cells import read_sheets  # the readers of files take a while to load

    notes: list[str] = []
    lines = [line for part in read_sheets(data, file) for line in _lines(part, notes)]
    if not lines:
        raise BadRequest(
            "file",
            gettext(
                "没有找到可以导入的行：表头须有“编号”“标题”“文号”之一和要填的列，下面有样表可下载"
            ),
        )
    found = list(_items(kb, lines, file))
    if same := len(lines) - len(found):
        notes.append(gettext("%(n)s 行与现有内容相同，没有列出。", n=same))
    return found, notes


def save(kb: KnowledgeBase, task: Task) -> Done:
    """Saves one row as a revision, by whoever asked for the import. The same row again changes
    nothing more."""
    someone = kb.accounts.user(task.who)
    if someone.disabled:
        raise Forbidden(f"账户“{task.who}”已停用")
    assert task.together is not None
    data, record = task.data, task.data["record"]
    cells = {name: (Column(*column), words) for name, (column, words) in data["cells"].items()}
    before = kb.desk.draft(record).content
    content, _, troubles = sheet.apply(before, cells, data["by"], kb.statutes.registry())
    error = "；".join(map(str, troubles))
    if not error:
        edit = Edit(record, data["revision"], content, data["note"])
        error = together.add(kb.desk, task.together, edit, acting(someone))
    if error:
        return Done("", True, errors=(error,))
    made = kb.desk.together.edit(task.together, record)
    outcome = "saved" if made and made.changed else "unchanged"
    return Done(outcome, drafts=(Touched(record, outcome),))


def _lines(part: Sheet, notes: list[str]) -> Iterator[_Line]:
    """The rows below the heads of a sheet; notes gains what was left out."""
    heads = columns.read_heads([row.cells for row in part.rows])
    place = f"工作表“{part.name}”" if part.name else ""
    if heads is None:
        if part.name:
            notes.append(f"{place}没有认得的表头，没有读")
        return
    if heads.unknown:
        notes.append(f"{place}不认得的列，没有读：{'、'.join(heads.unknown)}")
    for row in part.rows[heads.row + 1 :]:
        yield _Line(f"{part.name} " if part.name else "", heads, row)


def _items(kb: KnowledgeBase, lines: Sequence[_Line], file: str) -> Iterator[NewItem]:
    index, registry = Index(kb.desk.named()), kb.statutes.registry()
    meant = [_meant(index, line) for line in lines]
    drafts = _drafts(kb, [one.named.id for one in meant if isinstance(one, _Meant)])
    called = cache(label)  # many rows say the same
    first: dict[str, str] = {}
    for line, one in zip(lines, meant, strict=True):
        name = f"{line.place}第 {line.row.number} 行"
        if isinstance(one, str):
            yield NewItem(name, {}, one)
            continue
        draft = drafts[one.named.id]
        if (before := first.setdefault(draft.id, name)) != name:
            twice = gettext("与%(row)s是同一件案例", row=before)
            yield NewItem(f"{name}：{draft.title}", {}, twice)
            continue
        _, changes, troubles = sheet.apply(draft.content, one.cells, one.by, registry)
        if not changes and not troubles:
            continue
        told = {
            "record": draft.id,
            "revision": draft.revision,
            "public": one.named.stage is Status.PUBLISHED,
            "by": one.by,
            "note": f"导入表格 {file} {name}",
            "changes": [_shown(change, called) for change in changes],
            "cells": {
                code: ([c.place, c.head, c.name, c.field, c.part], words)
                for code, (c, words) in one.cells.items()
            },
        }
        yield NewItem(f"{name}：{draft.title}", told, "；".join(map(str, troubles)))


def _meant(index: Index, line: _Line) -> _Meant | str:
    """The record that a row means, or why there is none."""
    wrong, known = dict(line.row.wrong), line.heads.columns
    if bad := [Trouble(c.head, wrong[c.place]) for c in known if c.place in wrong]:
        return "；".join(map(str, bad))
    cells = sheet.filled(known, line.row.cells)
    found = index.find(cells)
    if isinstance(found, Trouble):
        return str(found)
    named, by = found
    trouble = sheet.check_stage(named)
    return str(trouble) if trouble else _Meant(named, by, cells)


def _drafts(kb: KnowledgeBase, ids: Sequence[str]) -> dict[str, WorkItem]:
    found: dict[str, WorkItem] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = tuple(ids[start : start + _AT_ONCE])
        asked = WorkQuery(stages=(), ids=some, size=_AT_ONCE)
        found |= {one.id: one for one in kb.desk.work(asked).items}
    return found


def _shown(
    change: Change, called: Callable[[str, object], str]
) -> tuple[str, list[str], list[str]]:
    sides = (change.before, change.after)
    before, after = ([called(change.field, value) for value in side] for side in sides)
    return change.head, before, after
