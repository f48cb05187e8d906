"""Reads records: one, a page of them, all of them, and what there is in general."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from kb.errors import Conflict, NotFound, Withdrawn
from kb.model import Case, Content, Kind, Status
from kb.store.changes import Held, Place
from kb.store.codec import decode
from kb.store.tables import BatchRow, ClaimRow, RecordRow, RevisionRow, SourceRow

PORTION = 500
"""SQLite takes a limited number of parameters at a time."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record to go to."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is public. newest_batch: the batch published last, "" for none; changed: when a public
    record last changed."""

    records: int
    by_kind: dict[Kind, int]
    newest_batch: str
    newest_published: date | None
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A published set. published: the latest day of its public records; records: how many."""

    title: str
    publishers: tuple[str, ...]
    published: date | None
    records: int


_PUBLIC = RecordRow.status == Status.PUBLISHED.value
_ORDER = (RecordRow.source_id, RecordRow.position, RecordRow.id)
_CURRENT = and_(RevisionRow.record_id == RecordRow.id, RevisionRow.number == RecordRow.revision)

# Statements of the busiest paths are made once: making them takes longer than running them.
_CASES = (
    select(
        RecordRow.id,
        RecordRow.revision,
        RecordRow.status,
        RecordRow.reason,
        RecordRow.source_id,
        RecordRow.position,
        RecordRow.sha256,
        RecordRow.created,
        RecordRow.changed,
        RecordRow.released,
        RevisionRow.content,
        SourceRow.origin,
        SourceRow.url,
        SourceRow.shown,
    )
    .join(RevisionRow, _CURRENT)
    .join(SourceRow, SourceRow.id == RecordRow.source_id)
)
_CASE = _CASES.where(RecordRow.id == bindparam("id"))
# Whether a record is public is looked at here: asked of SQLite, it goes through all public records.
_CASES_BY_ID = _CASES.where(RecordRow.id.in_(bindparam("ids", expanding=True)))
_EDITIONS = (
    select(RecordRow.id, RecordRow.revision, RecordRow.status, SourceRow.url)
    .join(SourceRow, SourceRow.id == RecordRow.source_id)
    .where(RecordRow.id.in_(bindparam("ids", expanding=True)))
)
_PUBLIC_IN_ORDER = _CASES.where(_PUBLIC).order_by(*_ORDER)


def case(connection: Connection, record_id: str, *, any_status: bool) -> Case:
    """A record. Raises Withdrawn for one that was taken back, NotFound for one that never was
    public; any_status: gives these too."""
    row = connection.execute(_CASE, {"id": record_id}).first()
    known = row is not None and row.released is not None
    if row is None or not (any_status or known):
        raise NotFound(f"没有编号为 {record_id} 的案例")
    if row.status == Status.WITHDRAWN and not any_status:
        raise Withdrawn(f"案例 {record_id} 已撤回：{row.reason}")
    return _case(row)


def cases(connection: Connection, ids: Iterable[str]) -> list[Case]:
    """The public records among these ids, in the order of the ids, each once for each time it is
    named."""
    wanted = list(ids)
    found: dict[str, Case] = {}
    for some in _portions(wanted):
        for row in connection.execute(_CASES_BY_ID, {"ids": some}):
            if row.status == Status.PUBLISHED:
                found[row.id] = _case(row)
    return [found[record_id] for record_id in wanted if record_id in found]


def editions(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The public ones among these ids -> the revision that is public, and the source's address."""
    rows = (
        row for some in _portions(list(ids)) for row in connection.execute(_EDITIONS, {"ids": some})
    )
    return {i: (revision, url) for i, revision, status, url in rows if status == Status.PUBLISHED}


def all_published(connection: Connection, batch_size: int) -> Iterator[Case]:
    """Every public record, by source and place in it, a batch in memory at a time."""
    after: tuple[int, int, str] | None = None
    while True:
        query = _PUBLIC_IN_ORDER.limit(batch_size)
        if after:
            query = query.where(tuple_(*_ORDER) > after)
        rows = connection.execute(query).all()
        for row in rows:
            yield _case(row)
        if len(rows) < batch_size:
            return
        after = (rows[-1].source_id, rows[-1].position, rows[-1].id)


def of_source(connection: Connection, source_id: int) -> list[Held]:
    """Every record that a source gave, whatever its status."""
    return _held(connection, RecordRow.source_id == source_id)


def held(connection: Connection, record_id: str) -> Held:
    """A record, whatever its status. Raises NotFound."""
    for found in _held(connection, RecordRow.id == record_id):
        return found
    raise NotFound(f"没有编号为 {record_id} 的案例")


def held_each(connection: Connection, record_ids: Iterable[str]) -> list[Held]:
    """The records in this order, whatever their status. Raises NotFound."""
    wanted = list(record_ids)
    found = {
        one.id: one
        for some in _portions(wanted)
        for one in _held(connection, RecordRow.id.in_(some))
    }
    for record_id in wanted:
        if record_id not in found:
            raise NotFound(f"没有编号为 {record_id} 的案例")
    return [found[record_id] for record_id in wanted]


_every = aliased(RevisionRow)
_latest = select(func.max(_every.number)).where(_every.record_id == RecordRow.id).scalar_subquery()
_HELD = (
    select(RecordRow.__table__, RevisionRow.content, _latest.label("latest"))
    .join(RevisionRow, _CURRENT)
    .order_by(*_ORDER)
)


def _held(connection: Connection, condition: Any) -> list[Held]:
    return [
        Held(
            id=row.id,
            status=Status(row.status),
            revision=row.revision,
            latest=row.latest,
            batch_id=row.batch_id,
            frame=row.frame,
            place=Place(row.source_id, row.position, row.sha256),
            content=decode(row.content),
            stage=Status(row.stage),
            working=row.working,
            was_public=row.released is not None,
            assignee=row.assignee,
            editors=frozenset(json.loads(row.editors)),
            submitter=row.submitter,
            approver=row.approver,
        )
        for row in connection.execute(_HELD.where(condition))
    ]


def conflict(theirs: Content, current: int, mine: Content | None, expected: int) -> Conflict:
    """That another revision holds by now than the one started from."""
    message = f"已由他人改为第 {current} 版，您依据的是第 {expected} 版：请对照后重新保存"
    return Conflict(message, expected, current, mine, theirs)


def by_fingerprint(
    connection: Connection, fingerprints: Iterable[str], *, not_of: int
) -> dict[str, str]:
    """Fingerprint -> the first record that bears it, whatever its status, of another source."""
    found: dict[str, str] = {}
    for some in _portions(sorted(set(fingerprints))):
        for mark, record_id in connection.execute(_TWINS, {"marks": some, "not_of": not_of}):
            found.setdefault(str(mark), record_id)
    return found


_TWINS = (
    select(RecordRow.fingerprint, RecordRow.id)
    .where(
        RecordRow.fingerprint.in_(bindparam("marks", expanding=True)),
        RecordRow.source_id != bindparam("not_of"),
    )
    .order_by(RecordRow.created, *_ORDER)
)


def by_docket(connection: Connection, normalised: str, *, any_status: bool) -> list[str]:
    """The records that bear this number; several may. A number only cited is not borne."""
    query = (
        select(RecordRow.id)
        .join(ClaimRow, ClaimRow.record_id == RecordRow.id)
        .where(ClaimRow.field == "dockets", ClaimRow.key == normalised, ClaimRow.holds)
        .order_by(*_ORDER)
        .distinct()
    )
    if not any_status:
        query = query.where(_PUBLIC)
    query = query.add_columns(RecordRow.source_id, RecordRow.position)
    return list(connection.execute(query).scalars())


def dockets(connection: Connection) -> dict[str, int]:
    """Every number that public records bear, as one of them prints it -> how many bear it."""
    query = (
        select(func.min(ClaimRow.value), func.count(func.distinct(ClaimRow.record_id)))
        .join(RecordRow, RecordRow.id == ClaimRow.record_id)
        .where(ClaimRow.field == "dockets", ClaimRow.holds, _PUBLIC)
        .group_by(ClaimRow.key)
    )
    return {json.loads(value)["raw"]: n for value, n in connection.execute(query)}


def neighbours(connection: Connection, record_id: str) -> tuple[Link | None, Link | None]:
    """The public records before and after this one in its batch."""
    query = select(RecordRow.batch_id, *_ORDER).where(RecordRow.id == record_id)
    row = connection.execute(query).first()
    if row is None or row.batch_id is None:
        return None, None
    here = (row.source_id, row.position, row.id)
    same = select(RecordRow.id, RecordRow.title).where(_PUBLIC, RecordRow.batch_id == row.batch_id)
    before = same.where(tuple_(*_ORDER) < here).order_by(*(column.desc() for column in _ORDER))
    after = same.where(tuple_(*_ORDER) > here).order_by(*_ORDER)
    return (
        _link(connection.execute(before.limit(1)).first()),
        _link(connection.execute(after.limit(1)).first()),
    )


def by_kind(connection: Connection) -> dict[Kind, int]:
    """How many public records of each kind there are, of the kinds there are."""
    query = select(RecordRow.kind, func.count()).where(_PUBLIC).group_by(RecordRow.kind)
    counts = {row[0]: row[1] for row in connection.execute(query)}
    return {kind: counts[kind] for kind in Kind if kind in counts}


def facts(connection: Connection) -> Facts:
    """What there is, for the front page."""
    newest = (
        select(BatchRow.title)
        .where(BatchRow.published.is_not(None))
        .order_by(BatchRow.published.desc(), BatchRow.id.desc())
        .limit(1)
    )
    latest = select(func.max(RecordRow.published)).where(_PUBLIC)
    changed = select(RecordRow.changed).where(_PUBLIC).order_by(RecordRow.changed.desc()).limit(1)
    kinds = by_kind(connection)
    return Facts(
        records=sum(kinds.values()),
        by_kind=kinds,
        newest_batch=connection.execute(newest).scalar() or "",
        newest_published=connection.execute(latest).scalar(),
        changed=connection.execute(changed).scalar(),
    )


def batches(connection: Connection) -> list[Batch]:
    """The batches that have public records, newest first."""
    query = (
        select(BatchRow.title, BatchRow.publishers, BatchRow.published, func.count().label("n"))
        .join(RecordRow, and_(RecordRow.batch_id == BatchRow.id, _PUBLIC))
        .group_by(BatchRow.id)
        .order_by(BatchRow.published.is_(None), BatchRow.published.desc(), BatchRow.id.desc())
    )
    return [
        Batch(row.title, tuple(json.loads(row.publishers)), row.published, row.n)
        for row in connection.execute(query)
    ]


def published_revisions(connection: Connection) -> dict[str, int]:
    """The id of each public record -> the revision that is public."""
    query = select(RecordRow.id, RecordRow.revision).where(_PUBLIC)
    return {row.id: row.revision for row in connection.execute(query)}


def _case(row: Any) -> Case:
    """The case that a row of `_CASES` tells."""
    return Case(
        id=row.id,
        revision=row.revision,
        status=Status(row.status),
        content=decode(row.content),
        origin=row.origin,
        url=row.url,
        sha256=row.sha256,
        position=row.position,
        created=row.created,
        changed=row.changed,
        shown=row.shown,
    )


def _link(row: Sequence[Any] | None) -> Link | None:
    return Link(row[0], row[1]) if row else None


def _portions(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]
