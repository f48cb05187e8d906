"""The revisions of a record: every content it ever had, and what waits to be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Text, cast, select

from kb.errors import NotFound, Sealed
from kb.model import Content
from kb.store.codec import decode
from kb.store.gate_tables import OriginalRow
from kb.store.tables import RecordRow, RevisionRow


class Kept(StrEnum):
    """Where the words of a revision are: in their place; SEALED: put away, for few to see; NOWHERE:
    not kept (`kb.store.originals`)."""

    HERE = "here"
    SEALED = "sealed"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of a record. sha256: of the bytes it was read from, "" for a person's edit.
    current: the one that holds; those above it wait. kept: where its words are."""

    number: int
    at: datetime
    by: str
    note: str
    sha256: str
    current: bool
    kept: Kept = Kept.HERE


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
            (RevisionRow.content == "").label("away"),
            OriginalRow.place,
        )
        .join(RecordRow, RecordRow.id == RevisionRow.record_id)
        .outerjoin(OriginalRow, OriginalRow.place == _place)
        .where(RevisionRow.record_id == record_id)
        .order_by(RevisionRow.number)
    )
    found = tuple(
        Revision(
            row.number,
            row.at,
            row.by,
            row.note,
            row.sha256,
            row.number == row.holds,
            Kept.HERE if not row.away else Kept.SEALED if row.place else Kept.NOWHERE,
        )
        for row in connection.execute(query)
    )
    if not found:
        raise NotFound(f"没有编号为 {record_id} 的案例")
    return found


def content_of(connection: Connection, record_id: str, number: int) -> Content:
    """What a record said in this revision. Raises NotFound; Sealed where that was put away."""
    query = select(RevisionRow.content).where(
        RevisionRow.record_id == record_id, RevisionRow.number == number
    )
    content = connection.execute(query).scalar()
    if content is None:
        raise NotFound(f"案例 {record_id} 没有第 {number} 版")
    if not content:
        raise Sealed(
            f"第 {number} 版是隐名之前的原文，发布时已另行封存："
            "“审核”“发布”或“管理”角色可以在修订记录中查看，每次查看都会记录"
        )
    return decode(content)


_place = RevisionRow.record_id + "/" + cast(RevisionRow.number, Text)
