"""Work that outlives the request that asked for it: jobs of a person, their items, and what became
of each. An item is worked by whoever holds its lease; one whose lease ran out is worked again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from kb.errors import NotFound
from kb.store.database import Database
from kb.store.job_tables import JobDraftRow, JobItemRow, JobRow
from kb.store.tables import RecordRow, SourceRow

MOST_TRIES = 3
"""An item that was begun so often and never ended is not begun again: it may end the process."""
_ENDED_THE_PROCESS = "处理时程序多次意外中断，已跳过：请检查这个文件，或分开后再试"


class State(StrEnum):
    """How far an item is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (State.WAITING, State.WORKING)


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something to be done. data: what its kind of job wants to know. error: why it cannot be, then
    it is never begun."""

    name: str
    data: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that an item made, changed or met. became: as its kind of job calls it; note: what
    to look at, "" for nothing."""

    record: str
    became: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an item. outcome: as its kind of job calls it."""

    outcome: str
    failed: bool = False
    drafts: tuple[Touched, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An item to be worked, with what holds for its job. made: when the job was asked for; tries:
    1 for the first time."""

    id: int
    job: int
    kind: str
    who: str
    options: Mapping[str, Any]
    together: int | None
    made: datetime
    tries: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One file, address or row of a job. number: from 1."""

    id: int
    number: int
    name: str
    data: Mapping[str, Any]
    state: State
    outcome: str
    drafts: tuple[Touched, ...]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that someone asked for. begun: None while they have yet to agree. stopped: when they
    ended it early. ended: when nothing was left to do. together: its edits, if it makes any. counts:
    of items by state."""

    id: int
    kind: str
    who: str
    name: str
    options: Mapping[str, Any]
    together: int | None
    made: datetime
    begun: datetime | None
    stopped: datetime | None
    ended: datetime | None
    counts: Mapping[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many items are yet to be done."""
        return sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def running(self) -> bool:
        return self.begun is not None and self.ended is None


class JobStore:
    """Safe to share between threads and processes; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # What their owner asks

    def make(
        self,
        kind: str,
        who: str,
        name: str,
        options: Mapping[str, Any],
        items: Iterable[NewItem],
        *,
        together: int | None = None,
        begun: bool = True,
    ) -> int:
        """A new job; gives its id. begun: False keeps it until `begin`."""
        now = datetime.now(UTC)
        row = {"kind": kind, "who": who, "name": name, "options": _json(options), "made": now}
        when = {"begun": now if begun else None, "stopped": None, "ended": None}
        with self._database.write() as connection:
            added = insert(JobRow).values(row | when | {"together_id": together})
            job: int = connection.execute(added.returning(JobRow.id)).scalar_one()
            connection.execute(
                insert(JobItemRow), [_item_row(job, n, item, now) for n, item in enumerate(items)]
            )
            _end(connection, job, now)
        return job

    def begin(self, job: int, who: str, together: int | None = None) -> None:
        """That the owner agrees; nothing for one that is begun. together: its edits."""
        now = datetime.now(UTC)
        held = and_(JobRow.begun.is_(None), JobRow.ended.is_(None))
        with self._database.write() as connection:
            _check(connection, job, who)
            agreed = update(JobRow).where(JobRow.id == job, held)
            connection.execute(agreed.values(begun=now, together_id=together))
            _end(connection, job, now)

    def stop(self, job: int, who: str) -> None:
        """Cancels what is not begun yet. Raises NotFound."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            _check(connection, job, who)
            mine = update(JobRow).where(JobRow.id == job, JobRow.ended.is_(None))
            if not connection.execute(mine.values(stopped=now)).rowcount:
                return
            waiting = (JobItemRow.job_id == job) & (JobItemRow.state == State.WAITING.value)
            connection.execute(
                update(JobItemRow)
                .where(waiting)
                .values(state=State.CANCELLED.value, data="", ended=now)
            )
            _end(connection, job, now)

    def job(self, job: int, who: str) -> Job:
        """A job of this person. Raises NotFound."""
        with self._database.read() as connection:
            _check(connection, job, who)
            [found] = _jobs(connection, JobRow.id == job)
            return found

    def latest(self, who: str, limit: int = 50) -> tuple[Job, ...]:
        """Someone's jobs, the newest first."""
        with self._database.read() as connection:
            return _jobs(connection, JobRow.who == who, limit=limit)

    def running(self, who: str) -> tuple[Job, ...]:
        """Someone's jobs that have not ended, the newest first."""
        going = and_(JobRow.who == who, JobRow.begun.is_not(None), JobRow.ended.is_(None))
        with self._database.read() as connection:
            return _jobs(connection, going)

    def items(self, job: int) -> tuple[Item, ...]:
        """The items of a job in their order."""
        rows = select(JobItemRow.__table__).where(JobItemRow.job_id == job)
        with self._database.read() as connection:
            drafts = _drafts(connection, job)
            return tuple(
                _item(row, tuple(drafts.get(row.id, ())))
                for row in connection.execute(rows.order_by(JobItemRow.position))
            )

    def last_with(self, record_id: str, who: str) -> Job | None:
        """The newest of someone's jobs that made, changed or met a record."""
        jobs = (
            select(JobRow.id)
            .join(JobItemRow, JobItemRow.job_id == JobRow.id)
            .join(JobDraftRow, JobDraftRow.item_id == JobItemRow.id)
            .where(JobDraftRow.record_id == record_id, JobRow.who == who)
        )
        with self._database.read() as connection:
            found = connection.execute(jobs.order_by(JobRow.id.desc()).limit(1)).scalar()
            return None if found is None else _jobs(connection, JobRow.id == found)[0]

    # What workers ask

    def unfinished(self) -> bool:
        """Whether anything is left to do, by whomever."""
        left = (
            select(JobItemRow.id)
            .join(JobRow, JobRow.id == JobItemRow.job_id)
            .where(_open(), JobRow.begun.is_not(None))
        )
        with self._database.read() as connection:
            return connection.execute(left.limit(1)).first() is not None

    def claim(self, holder: str, seconds: float) -> Task | None:
        """An item that nobody works on, for this worker alone for so many seconds; None where there
        is none. Of several jobs each has its turn."""
        now = datetime.now(UTC)
        with self._database.read() as connection:
            if _next(connection, now) is None:
                return None
        with self._database.write() as connection:
            while (row := _next(connection, now)) is not None:
                if row.tries >= MOST_TRIES:
                    _finish(connection, row.id, Done("", True, errors=(_ENDED_THE_PROCESS,)), now)
                    _end(connection, row.job_id, now)
                    continue
                lease = now + timedelta(seconds=seconds)
                held = {"state": State.WORKING.value, "holder": holder, "lease": lease}
                mine = update(JobItemRow).where(JobItemRow.id == row.id)
                connection.execute(mine.values(tries=row.tries + 1, **held))
                return _task(row)
        return None

    def beat(self, item: int, holder: str, seconds: float) -> None:
        """That a worker is still at it."""
        lease = datetime.now(UTC) + timedelta(seconds=seconds)
        with self._database.write() as connection:
            connection.execute(update(JobItemRow).where(_held(item, holder)).values(lease=lease))

    def finish(self, item: int, holder: str, done: Done) -> bool:
        """Writes down what became of an item, if this worker still holds it; whether it did."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            job = connection.execute(select(JobItemRow.job_id).where(_held(item, holder))).scalar()
            if job is None:
                return False
            _finish(connection, item, done, now)
            _end(connection, job, now)
        return True

    def of_origin(self, origin: str, since: datetime) -> dict[str, bool]:
        """The records of a source in their order -> whether they came in since then."""
        query = (
            select(RecordRow.id, RecordRow.created)
            .join(SourceRow, SourceRow.id == RecordRow.source_id)
            .where(SourceRow.origin == origin)
            .order_by(RecordRow.position)
        )
        with self._database.read() as connection:
            return {row.id: row.created >= since for row in connection.execute(query)}


def _check(connection: Connection, job: int, who: str) -> None:
    mine = select(JobRow.id).where(JobRow.id == job, JobRow.who == who)
    if connection.execute(mine).first() is None:
        raise NotFound(f"您没有编号为 {job} 的任务")


def _jobs(connection: Connection, *which: ColumnElement[bool], limit: int = 50) -> tuple[Job, ...]:
    query = select(JobRow.__table__).where(*which).order_by(JobRow.id.desc()).limit(limit)
    rows = connection.execute(query).all()
    counted = connection.execute(
        select(JobItemRow.job_id, JobItemRow.state, func.count())
        .where(JobItemRow.job_id.in_([row.id for row in rows]))
        .group_by(JobItemRow.job_id, JobItemRow.state)
    )
    counts: dict[int, dict[State, int]] = {}
    for job, state, n in counted:
        counts.setdefault(job, {})[State(state)] = n
    return tuple(
        Job(
            id=row.id,
            kind=row.kind,
            who=row.who,
            name=row.name,
            options=json.loads(row.options),
            together=row.together_id,
            made=row.made,
            begun=row.begun,
            stopped=row.stopped,
            ended=row.ended,
            counts=counts.get(row.id, {}),
        )
        for row in rows
    )


def _item(row: Any, drafts: tuple[Touched, ...]) -> Item:
    return Item(
        id=row.id,
        number=row.position + 1,
        name=row.name,
        data=json.loads(row.data or "{}"),
        state=State(row.state),
        outcome=row.outcome,
        drafts=drafts,
        errors=tuple(json.loads(row.errors)),
        warnings=tuple(json.loads(row.warnings)),
    )


def _drafts(connection: Connection, job: int) -> dict[int, list[Touched]]:
    rows = connection.execute(
        select(JobDraftRow.__table__)
        .join(JobItemRow, JobItemRow.id == JobDraftRow.item_id)
        .where(JobItemRow.job_id == job)
        .order_by(JobItemRow.position, JobDraftRow.position)
    )
    found: dict[int, list[Touched]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(Touched(row.record_id, row.became, row.note))
    return found


def _item_row(job: int, position: int, item: NewItem, now: datetime) -> dict[str, Any]:
    return {
        "job_id": job,
        "position": position,
        "name": item.name,
        "data": "" if item.error else _json(item.data),
        "state": (State.FAILED if item.error else State.WAITING).value,
        "holder": "",
        "lease": None,
        "tries": 0,
        "outcome": "",
        "errors": _json([item.error] if item.error else []),
        "warnings": "[]",
        "ended": now if item.error else None,
    }


def _open() -> ColumnElement[bool]:
    return JobItemRow.state.in_([state.value for state in OPEN])


def _next(connection: Connection, now: datetime) -> Any:
    """The item whose turn it is: the first of every job goes before the second of any."""
    free = or_(
        JobItemRow.state == State.WAITING.value,
        and_(JobItemRow.state == State.WORKING.value, JobItemRow.lease < now),
    )
    query = (
        select(
            JobItemRow.__table__,
            *(JobRow.kind, JobRow.who, JobRow.options, JobRow.together_id, JobRow.made),
        )
        .join(JobRow, JobRow.id == JobItemRow.job_id)
        .where(free, JobRow.begun.is_not(None))
        .order_by(JobItemRow.position, JobItemRow.id)
    )
    return connection.execute(query.limit(1)).first()


def _task(row: Any) -> Task:
    return Task(
        id=row.id,
        job=row.job_id,
        kind=row.kind,
        who=row.who,
        options=json.loads(row.options),
        together=row.together_id,
        made=row.made,
        tries=row.tries + 1,
        data=json.loads(row.data or "{}"),
    )


def _held(item: int, holder: str) -> ColumnElement[bool]:
    return and_(
        JobItemRow.id == item,
        JobItemRow.holder == holder,
        JobItemRow.state == State.WORKING.value,
    )


def _finish(connection: Connection, item: int, done: Done, now: datetime) -> None:
    state = State.FAILED if done.failed else State.DONE
    connection.execute(
        update(JobItemRow)
        .where(JobItemRow.id == item)
        .values(
            state=state.value,
            data="",
            lease=None,
            outcome=done.outcome,
            errors=_json(done.errors),
            warnings=_json(done.warnings),
            ended=now,
        )
    )
    each = {one.record: one for one in done.drafts}.values()
    rows = [
        {
            "item_id": item,
            "record_id": one.record,
            "position": n,
            "became": one.became,
            "note": one.note,
        }
        for n, one in enumerate(each)
    ]
    if rows:
        connection.execute(insert(JobDraftRow), rows)


def _end(connection: Connection, job: int, now: datetime) -> None:
    """Ends a job of which nothing is left."""
    left = select(JobItemRow.id).where(JobItemRow.job_id == job, _open()).limit(1)
    if connection.execute(left).first() is None:
        ended = update(JobRow).where(JobRow.id == job, JobRow.ended.is_(None))
        connection.execute(ended.values(ended=now))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
