"""The work there is: records by stage, assignee and batch, a page of them and how many of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from kb.model import Content, Kind, Status
from kb.store.codec import decode
from kb.store.desk_tables import CommentRow
from kb.store.tables import BatchRow, RecordRow, RevisionRow

OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)
"""The stages at which something is to be done."""
_PORTION = 500
_TIES = (RecordRow.source_id, RecordRow.position, RecordRow.id)
"""The order of what was worked on at one moment."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record beside another in the list. worked: its place there."""

    id: str
    worked: datetime


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """Which work. stages: any of these, () for every one. assignee: "" for nobody's, None for
    anyone's. batch: by title, "" for none, None for any. words: each stands in the title. ids: only
    these. start, size: the page, newest work first. after: the last of the page
    before, whatever was worked on since."""

    stages: tuple[Status, ...] = OPEN
    assignee: str | None = None
    batch: str | None = None
    words: str = ""
    ids: tuple[str, ...] | None = None
    start: int = 0
    size: int = 50
    after: Neighbour | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A record in the list. content: of the revision worked on. source_changed: its source said
    something else since, which waits. comments: that nobody dealt with yet."""

    id: str
    title: str
    kind: Kind
    status: Status
    stage: Status
    revision: int
    assignee: str
    batch: str
    worked: datetime
    source_changed: bool
    comments: int
    content: Content


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of the work. total: how many there are. The counts are of what would be there with
    another choice of the same kind, everything else being asked alike."""

    items: tuple[WorkItem, ...]
    total: int
    by_stage: dict[Status, int] = field(default_factory=dict)
    by_assignee: dict[str, int] = field(default_factory=dict)
    by_batch: dict[str, int] = field(default_factory=dict)


def read(connection: Connection, query: WorkQuery) -> WorkList:
    """A page, with the counts."""
    stage, assignee, batch = _by_stage(query), _by_assignee(query), _by_batch(query)
    rest = _by_rest(query)
    asked = [*stage, *assignee, *batch, *rest]
    stages = _counts(connection, RecordRow.stage, [*assignee, *batch, *rest])
    return WorkList(
        items=_page(connection, query, asked),
        total=sum(_counts(connection, RecordRow.stage, asked).values()),
        by_stage={one: stages.get(one.value, 0) for one in Status},
        by_assignee=_counts(connection, RecordRow.assignee, [*stage, *batch, *rest]),
        by_batch=_counts(connection, func.coalesce(BatchRow.title, ""), [*stage, *assignee, *rest]),
    )


def beside(
    connection: Connection, query: WorkQuery, record_id: str, at: datetime | None
) -> tuple[Neighbour | None, Neighbour | None]:
    """The records before and after one in the list, which need not be in it any more.

    at: when it had last been worked on, as the list was looked at: what is worked on meanwhile
    goes to the top, and the way through the list must not follow it there. None: as it is now.
    """
    one = connection.execute(select(RecordRow.__table__).where(RecordRow.id == record_id)).first()
    if one is None:
        return None, None
    asked = [*_by_stage(query), *_by_assignee(query), *_by_batch(query), *_by_rest(query)]
    rows = (
        select(RecordRow.id, RecordRow.worked)
        .outerjoin(BatchRow, BatchRow.id == RecordRow.batch_id)
        .where(RecordRow.id != record_id, *asked)
        .limit(1)
    )
    worked = at or one.worked
    order = tuple_(*_TIES)
    place = (one.source_id, one.position, one.id)
    together = RecordRow.worked == worked
    before = rows.where(or_(RecordRow.worked > worked, and_(together, order < place))).order_by(
        RecordRow.worked, *(column.desc() for column in _TIES)
    )
    after = rows.where(or_(RecordRow.worked < worked, and_(together, order > place))).order_by(
        RecordRow.worked.desc(), *_TIES
    )
    found = [connection.execute(wanted).first() for wanted in (before, after)]
    first, last = (Neighbour(row.id, row.worked) if row else None for row in found)
    return first, last


Conditions = list[ColumnElement[bool]]


def _by_stage(query: WorkQuery) -> Conditions:
    return [RecordRow.stage.in_([one.value for one in query.stages])] if query.stages else []


def _by_assignee(query: WorkQuery) -> Conditions:
    return [] if query.assignee is None else [RecordRow.assignee == query.assignee]


def _by_batch(query: WorkQuery) -> Conditions:
    if query.batch is None:
        return []
    return [BatchRow.title == query.batch if query.batch else RecordRow.batch_id.is_(None)]


def _by_rest(query: WorkQuery) -> Conditions:
    found: Conditions = [
        RecordRow.title.contains(word, autoescape=True) for word in query.words.split()
    ]
    if query.ids is not None:
        found.append(RecordRow.id.in_(query.ids[:_PORTION]))
    return found


def _counts(
    connection: Connection, column: ColumnElement[Any] | Any, asked: Conditions
) -> dict[str, int]:
    rows = connection.execute(
        select(column.label("value"), func.count())
        .select_from(RecordRow)
        .outerjoin(BatchRow, BatchRow.id == RecordRow.batch_id)
        .where(*asked)
        .group_by("value")
    )
    return {row[0]: row[1] for row in rows}


def _page(connection: Connection, query: WorkQuery, asked: Conditions) -> tuple[WorkItem, ...]:
    page = (
        select(RecordRow.id)
        .outerjoin(BatchRow, BatchRow.id == RecordRow.batch_id)
        .where(*asked, *_after(connection, query.after))
        .order_by(RecordRow.worked.desc(), *_TIES)
        .offset(query.start)
        .limit(query.size)
    )
    ids = list(connection.execute(page).scalars())
    latest = _by_record(connection, ids, func.max(RevisionRow.number), RevisionRow.record_id)
    remarks = _by_record(
        connection, ids, func.count(), CommentRow.record_id, CommentRow.settled == ""
    )
    worked_on = and_(RevisionRow.record_id == RecordRow.id, RevisionRow.number == RecordRow.working)
    rows = connection.execute(
        select(RecordRow.__table__, BatchRow.title.label("batch"), RevisionRow.content)
        .join(RevisionRow, worked_on)
        .outerjoin(BatchRow, BatchRow.id == RecordRow.batch_id)
        .where(RecordRow.id.in_(ids))
    )
    found = {row.id: row for row in rows}
    return tuple(_item(found[one], latest[one], remarks.get(one, 0)) for one in ids)


def _after(connection: Connection, place: Neighbour | None) -> Conditions:
    if place is None:
        return []
    held = select(*_TIES).where(RecordRow.id == place.id)
    ties = connection.execute(held).first()
    if ties is None:
        return [RecordRow.worked < place.worked]
    together = and_(RecordRow.worked == place.worked, tuple_(*_TIES) > tuple(ties))
    return [or_(RecordRow.worked < place.worked, together)]


def _by_record(
    connection: Connection, ids: Iterable[str], value: Any, record: Any, *asked: Any
) -> dict[str, int]:
    rows = connection.execute(select(record, value).where(record.in_(ids), *asked).group_by(record))
    return {row[0]: row[1] for row in rows}


def _item(row: Any, latest: int, remarks: int) -> WorkItem:
    content = decode(row.content)
    return WorkItem(
        id=row.id,
        title=content.title,
        kind=Kind(row.kind),
        status=Status(row.status),
        stage=Status(row.stage),
        revision=row.working,
        assignee=row.assignee,
        batch=row.batch or "",
        worked=row.worked,
        source_changed=latest > row.working,
        comments=remarks,
        content=content,
    )
