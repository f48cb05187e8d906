"""The items of jobs, as those ask for them who work them. An item is worked by whoever holds its
lease; one whose lease ran out is worked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from kb.store.database import Database
from kb.store.job import OPEN, Done, State, Task
from kb.store.job_tables import JobDraftRow, JobItemRow, JobRow
from kb.store.tables import RecordRow, SourceRow

MOST_TRIES = 3
"""An item that was begun so often and never ended is not begun again: it may end the process."""
_ENDED_THE_PROCESS = "处理时程序多次意外中断，已跳过：请检查这个文件，或分开后再试"


class JobQueue:
    """Safe to share between threads and processes; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unfinished(self) -> tuple[Mapping[str, Any], ...]:
        """The options of the jobs of which anything is left to do, by whomever."""
        left = select(JobItemRow.id).where(JobItemRow.job_id == JobRow.id, _open())
        jobs = select(JobRow.options).where(JobRow.begun.is_not(None), left.exists())
        with self._database.read() as connection:
            return tuple(json.loads(told) for told in connection.execute(jobs).scalars())

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
                    end(connection, row.job_id, now)
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
            end(connection, job, now)
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


def end(connection: Connection, job: int, now: datetime) -> None:
    """Ends a job of which nothing is left."""
    left = select(JobItemRow.id).where(JobItemRow.job_id == job, _open()).limit(1)
    if connection.execute(left).first() is None:
        ended = update(JobRow).where(JobRow.id == job, JobRow.ended.is_(None))
        connection.execute(ended.values(ended=now))


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
