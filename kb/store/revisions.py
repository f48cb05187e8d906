"""The revisions of a record: every content it ever had, and what waits to be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from kb.errors import NotFound
from kb.model import Content
from kb.store.codec import decode
from kb.store.tables import RecordRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of a record. sha256: of the bytes it was read from, "" for a person's edit.
    current: the one that holds; those above it wait."""

    number: int
    at: datetime
    by: str
    note: str
    sha256: str
    current: bool


def revisions(connection: Connection, record_id: str) -> tuple[Revision, ...]:
    """All revisions from the first. Raises NotFound."""
    query = (
        select(
            RevisionRow.number,
            RevisionRow.at,
            RevisionRow.by,
            RevisionRow.note,
            RevisionRow.sha256,
            RecordRow.revision.label("holds"),
        )
        .join(RecordRow, RecordRow.id == RevisionRow.record_id)
        .where(RevisionRow.record_id == record_id)
        .order_by(RevisionRow.number)
    )
    found = tuple(
        Revision(row.number, row.at, row.by, row.note, row.sha256, row.number == row.holds)
        for row in connection.execute(query)
    )
    if not found:
        raise NotFound(f"没有编号为 {record_id} 的案例")
    return found


def content_of(connection: Connection, record_id: str, number: int) -> Content:
    """What a record said in this revision. Raises NotFound."""
    query = select(RevisionRow.content).where(
        RevisionRow.record_id == record_id, RevisionRow.number == number
    )
    content = connection.execute(query).scalar()
    if content is None:
        raise NotFound(f"案例 {record_id} 没有第 {number} 版")
    return decode(content)
