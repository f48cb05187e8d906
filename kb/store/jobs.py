"""The jobs of those at the desk, as their owners ask for them; whoever works them asks
`kb.store.job_queue`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from kb.errors import NotFound
from kb.store.database import Database
from kb.store.job import Item, Job, NewItem, State, Touched
from kb.store.job_queue import JobQueue, end
from kb.store.job_tables import JobDraftRow, JobItemRow, JobRow


class JobStore:
    """Safe to share between threads and processes; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.queue = JobQueue(database)

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
            end(connection, job, now)
        return job

    def begin(self, job: int, who: str, together: int | None = None) -> None:
        """That the owner agrees; nothing for one that is begun. together: its edits."""
        now = datetime.now(UTC)
        held = and_(JobRow.begun.is_(None), JobRow.ended.is_(None))
        with self._database.write() as connection:
            _check(connection, job, who)
            agreed = update(JobRow).where(JobRow.id == job, held)
            connection.execute(agreed.values(begun=now, together_id=together))
            end(connection, job, now)

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
            end(connection, job, now)

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
    counts = {(job, State(state)): n for job, state, n in counted}
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
            counts={state: counts.get((row.id, state), 0) for state in State},
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
