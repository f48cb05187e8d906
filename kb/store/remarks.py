"""What people put beside a draft: remarks, what they would let pass, what they typed unsaved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from kb.errors import NotFound
from kb.model import Span
from kb.store.desk_tables import CommentRow, OverrideRow, UnfinishedRow


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a draft. about: a field's name, "" for the whole. span: in the text of its
    revision. settled: who dealt with it, "" for nobody yet."""

    id: int
    revision: int
    about: str
    span: Span | None
    text: str
    who: str
    at: datetime
    settled: str


@dataclass(frozen=True, slots=True)
class Override:
    """A failure that a gate found and a person would let pass; it counts once there is a second.
    key: what failed, as the gate names it."""

    id: int
    gate: str
    key: str
    reason: str
    who: str
    at: datetime
    second: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What someone typed and did not save. revision: the one it was begun from."""

    who: str
    revision: int
    data: Mapping[str, str]
    at: datetime


def comments(connection: Connection, record_id: str) -> tuple[Comment, ...]:
    """The remarks on a record, oldest first."""
    query = select(CommentRow.__table__).where(CommentRow.record_id == record_id)
    return tuple(
        Comment(
            id=row.id,
            revision=row.revision,
            about=row.about,
            span=None if row.start is None else Span(row.start, row.end),
            text=row.text,
            who=row.who,
            at=row.at,
            settled=row.settled,
        )
        for row in connection.execute(query.order_by(CommentRow.id))
    )


def comment(
    connection: Connection,
    record_id: str,
    revision: int,
    text: str,
    about: str,
    span: Span | None,
    who: str,
    at: datetime,
) -> int:
    """Puts a remark down; gives its number."""
    values = {
        "record_id": record_id,
        "revision": revision,
        "about": about,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "text": text,
        "who": who,
        "at": at,
        "settled": "",
    }
    made = connection.execute(insert(CommentRow).values(values).returning(CommentRow.id))
    number: int = made.scalar_one()
    return number


def settle(connection: Connection, record_id: str, number: int, who: str) -> bool:
    """Whether a remark was open and is now dealt with. Raises NotFound."""
    mine = (CommentRow.id == number) & (CommentRow.record_id == record_id)
    done = update(CommentRow).where(mine, CommentRow.settled == "").values(settled=who)
    if connection.execute(done).rowcount:
        return True
    if connection.execute(select(CommentRow.id).where(mine)).first() is None:
        raise NotFound(f"没有编号为 {number} 的批注")
    return False


def overrides(connection: Connection, record_id: str) -> tuple[Override, ...]:
    """What was asked to be let pass of a record, oldest first."""
    query = (
        select(
            OverrideRow.id,
            OverrideRow.gate,
            OverrideRow.key,
            OverrideRow.reason,
            OverrideRow.who,
            OverrideRow.at,
            OverrideRow.second,
        )
        .where(OverrideRow.record_id == record_id)
        .order_by(OverrideRow.id)
    )
    return tuple(Override(*row) for row in connection.execute(query))


def ask_override(
    connection: Connection,
    record_id: str,
    gate: str,
    key: str,
    reason: str,
    who: str,
    at: datetime,
) -> int:
    """That a failure be let pass, in place of what was asked of it before and is not agreed to;
    gives its number."""
    again = delete(OverrideRow).where(
        OverrideRow.record_id == record_id,
        OverrideRow.gate == gate,
        OverrideRow.key == key,
        OverrideRow.second == "",
    )
    connection.execute(again)
    values = {
        "record_id": record_id,
        "gate": gate,
        "key": key,
        "reason": reason,
        "who": who,
        "at": at,
        "second": "",
        "second_at": None,
    }
    made = connection.execute(insert(OverrideRow).values(values).returning(OverrideRow.id))
    number: int = made.scalar_one()
    return number


def confirm_override(connection: Connection, number: int, who: str, at: datetime) -> None:
    """A second person agrees."""
    done = update(OverrideRow).where(OverrideRow.id == number)
    connection.execute(done.values(second=who, second_at=at))


def unfinished(connection: Connection, record_id: str) -> tuple[Unfinished, ...]:
    """What anyone has unfinished on a record, oldest first."""
    query = select(UnfinishedRow.__table__).where(UnfinishedRow.record_id == record_id)
    return tuple(
        Unfinished(row.who, row.revision, json.loads(row.data), row.at)
        for row in connection.execute(query.order_by(UnfinishedRow.at))
    )


def unfinished_of(connection: Connection, who: str) -> dict[str, datetime]:
    """The ids of the records on which someone has something unfinished -> since when."""
    query = select(UnfinishedRow.record_id, UnfinishedRow.at).where(UnfinishedRow.who == who)
    return {row.record_id: row.at for row in connection.execute(query)}


def keep_unfinished(
    connection: Connection,
    record_id: str,
    revision: int,
    data: Mapping[str, str],
    who: str,
    at: datetime,
) -> None:
    """What is typed so far, in place of what was."""
    forget_unfinished(connection, record_id, who)
    said = json.dumps(dict(data), ensure_ascii=True)
    row = {"record_id": record_id, "who": who, "revision": revision, "data": said, "at": at}
    connection.execute(insert(UnfinishedRow), row)


def forget_unfinished(connection: Connection, record_id: str, who: str) -> None:
    mine = (UnfinishedRow.record_id == record_id) & (UnfinishedRow.who == who)
    connection.execute(delete(UnfinishedRow).where(mine))
