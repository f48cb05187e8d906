"""Keeps what became of edits of several records that were made together, so that they can be undone
later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from kb.errors import NotFound
from kb.model import Status
from kb.store.database import Database
from kb.store.job_tables import JobRow, TogetherEditRow, TogetherRow
from kb.store.tables import RecordRow


@dataclass(frozen=True, slots=True)
class Became:
    """What became of the edit of one record. stage: where the record was. before, after: its
    revisions, the same where the edit changed nothing; None where it was not saved, and error says
    why. restored: the revision it had after the undoing; kept: why the undoing left it as it is."""

    record: str
    title: str
    stage: Status
    before: int | None
    after: int | None
    error: str
    restored: int | None
    kept: str

    @property
    def changed(self) -> bool:
        """Whether there is anything to undo."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Together:
    """Edits made together. who: a person; what: as they are told of. undone: when, None if not."""

    id: int
    who: str
    what: str
    at: datetime
    undone: datetime | None
    edits: tuple[Became, ...]

    @property
    def changed(self) -> tuple[Became, ...]:
        return tuple(one for one in self.edits if one.changed)

    @property
    def failed(self) -> tuple[Became, ...]:
        return tuple(one for one in self.edits if one.error)


@dataclass(frozen=True, slots=True)
class Made:
    """Edits made together, in a line. changed, failed: how many records."""

    id: int
    what: str
    at: datetime
    undone: datetime | None
    changed: int
    failed: int


def keep(
    connection: Connection, together: int, record_id: str, stage: Status, before: int, after: int
) -> None:
    """That an edit was saved, in its own transaction."""
    _write(connection, together, record_id, stage, before=before, after=after, error="")


class TogetherStore:
    """Safe to share between threads; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, who: str, what: str) -> int:
        """Room for edits yet to be made; gives its id."""
        row = {"who": who, "what": what, "at": datetime.now(UTC), "undone": None}
        with self._database.write() as connection:
            made = connection.execute(insert(TogetherRow).values(row).returning(TogetherRow.id))
            number: int = made.scalar_one()
            return number

    def failed(self, together: int, record_id: str, error: str) -> None:
        """That an edit could not be saved; nothing for a record that is not there."""
        with self._database.write() as connection:
            stage = connection.execute(
                select(RecordRow.stage).where(RecordRow.id == record_id)
            ).scalar()
            if stage is not None:
                where = Status(stage)
                _write(connection, together, record_id, where, before=None, after=None, error=error)

    def read(self, together: int) -> Together:
        """The edits in the order in which they were made. Raises NotFound."""
        with self._database.read() as connection:
            held = connection.execute(
                select(TogetherRow.__table__).where(TogetherRow.id == together)
            ).first()
            if held is None:
                raise NotFound("没有这一批修改")
            edits = tuple(_edits(connection, TogetherEditRow.together_id == together))
        return Together(held.id, held.who, held.what, held.at, held.undone, edits)

    def of(self, who: str, limit: int = 50) -> tuple[Made, ...]:
        """What a person made, newest first; an import that goes on is not made yet."""
        changed, failed = (
            TogetherEditRow.before != TogetherEditRow.after,
            TogetherEditRow.error != "",
        )
        goes_on = select(JobRow.id).where(
            JobRow.together_id == TogetherRow.id, JobRow.ended.is_(None)
        )
        query = (
            select(
                *(TogetherRow.id, TogetherRow.what, TogetherRow.at, TogetherRow.undone),
                func.count(case((changed, 1))),
                func.count(case((failed, 1))),
            )
            .outerjoin(TogetherEditRow, TogetherEditRow.together_id == TogetherRow.id)
            .where(TogetherRow.who == who, ~goes_on.exists())
            .group_by(TogetherRow.id)
            .order_by(TogetherRow.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(Made(*row) for row in connection.execute(query))

    def edit(self, together: int, record_id: str) -> Became | None:
        """What became of the edit of one record; None where none was made yet."""
        one = TogetherEditRow.record_id == record_id, TogetherEditRow.together_id == together
        with self._database.read() as connection:
            return next(iter(_edits(connection, *one)), None)

    def restored(self, together: int, record_id: str, revision: int | None, kept: str) -> None:
        """What the undoing did with a record."""
        with self._database.write() as connection:
            one = (TogetherEditRow.together_id == together) & (
                TogetherEditRow.record_id == record_id
            )
            connection.execute(
                update(TogetherEditRow).where(one).values(restored=revision, kept=kept)
            )

    def undone(self, together: int) -> None:
        """That all was undone that could be."""
        with self._database.write() as connection:
            done = update(TogetherRow).where(TogetherRow.id == together)
            connection.execute(done.values(undone=datetime.now(UTC)))


def _write(
    connection: Connection, together: int, record_id: str, stage: Status, **said: object
) -> None:
    edits = TogetherEditRow.together_id == together
    place = select(TogetherEditRow.position).where(edits).order_by(TogetherEditRow.position.desc())
    last = connection.execute(place.limit(1)).scalar()
    row = {"together_id": together, "record_id": record_id, "stage": stage.value}
    then = {"position": 0 if last is None else last + 1, "restored": None, "kept": ""}
    connection.execute(insert(TogetherEditRow).values({**row, **then, **said}))


def _edits(connection: Connection, *which: ColumnElement[bool]) -> list[Became]:
    rows = connection.execute(
        select(TogetherEditRow.__table__, RecordRow.title)
        .join(RecordRow, RecordRow.id == TogetherEditRow.record_id)
        .where(*which)
        .order_by(TogetherEditRow.position)
    )
    return [
        Became(
            row.record_id,
            row.title,
            Status(row.stage),
            row.before,
            row.after,
            row.error,
            row.restored,
            row.kept,
        )
        for row in rows
    ]
