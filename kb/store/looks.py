"""Public records to be looked at again, because a statute that they cite has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from kb.errors import NotFound
from kb.model import Status
from kb.store.desk_tables import LookRow
from kb.store.rows import KEY_LENGTH
from kb.store.tables import ClaimRow, RecordRow


@dataclass(frozen=True, slots=True)
class Look:
    """A record that cites a work of which a new version came. version: the day of it. done_by: who
    looked, "" for nobody yet."""

    id: int
    record_id: str
    title: str
    work: str
    version: date
    at: datetime
    done_by: str
    done_at: datetime | None
    note: str


def queue(connection: Connection, work: str, day: date, at: datetime) -> int:
    """Puts down the public records that a new version of a work concerns; gives how many are new.

    It concerns those that cite an earlier version, or leave the version open, and came out before
    the new one was in force: one that came out later knew of it.
    """
    ids = sorted(set(_citing_earlier(connection, work, day)))
    if not ids:
        return 0
    taken = select(LookRow.record_id).where(LookRow.work == work, LookRow.version == day)
    known = set(connection.execute(taken).scalars())
    rows = [
        {
            "record_id": record_id,
            "work": work,
            "version": day,
            "at": at,
            "done_by": "",
            "done_at": None,
            "note": "",
        }
        for record_id in ids
        if record_id not in known
    ]
    if rows:
        connection.execute(insert(LookRow), rows)
    return len(rows)


def _citing_earlier(connection: Connection, work: str, day: date) -> Iterator[str]:
    query = (
        select(
            RecordRow.id,
            RecordRow.published,
            RecordRow.decided,
            RecordRow.released,
            ClaimRow.value,
        )
        .join(ClaimRow, ClaimRow.record_id == RecordRow.id)
        .where(
            ClaimRow.field == "citations",
            ClaimRow.key == work[:KEY_LENGTH],
            ClaimRow.holds,
            RecordRow.status == Status.PUBLISHED.value,
        )
    )
    for row in connection.execute(query):
        came_out = row.published or row.decided or (row.released and row.released.date())
        version = json.loads(row.value)["version"]
        if (came_out is None or came_out < day) and (version is None or version < day.isoformat()):
            yield row.id


def read(connection: Connection, *, done: bool, limit: int, after: int) -> list[Look]:
    """Looks that are open, oldest first, or those done; after: with a higher id only."""
    query = (
        select(LookRow.__table__, RecordRow.title)
        .join(RecordRow, RecordRow.id == LookRow.record_id)
        .where(LookRow.done_by != "" if done else LookRow.done_by == "", LookRow.id > after)
        .order_by(LookRow.id)
        .limit(limit)
    )
    return [
        Look(
            id=row.id,
            record_id=row.record_id,
            title=row.title,
            work=row.work,
            version=row.version,
            at=row.at,
            done_by=row.done_by,
            done_at=row.done_at,
            note=row.note,
        )
        for row in connection.execute(query)
    ]


def count(connection: Connection) -> int:
    """How many are open."""
    query = select(func.count()).select_from(LookRow).where(LookRow.done_by == "")
    return connection.execute(query).scalar_one()


def done(connection: Connection, look: int, who: str, note: str, at: datetime) -> str | None:
    """Ends a look; gives the record's id, None where it was ended before. Raises NotFound."""
    row = connection.execute(
        select(LookRow.record_id, LookRow.done_by).where(LookRow.id == look)
    ).first()
    if row is None:
        raise NotFound(f"没有编号为 {look} 的复看事项")
    if row.done_by:
        return None
    ended = update(LookRow).where(LookRow.id == look)
    connection.execute(ended.values(done_by=who, done_at=at, note=note))
    return str(row.record_id)
