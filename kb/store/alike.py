"""Records that may be the same case as another: by number, by text, and which pairs a person knows
to be different."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from kb.errors import NotFound
from kb.model import Content, Status
from kb.store import audit, sketches
from kb.store.audit import Action, Deed
from kb.store.changes import person
from kb.store.codec import decode
from kb.store.database import Database
from kb.store.gate_tables import DistinctRow
from kb.store.rows import fingerprint
from kb.store.sketches import Sketches
from kb.store.tables import ClaimRow, RecordRow, RevisionRow
from kb.text.sketch import sketch

_MOST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record worth comparing, in the revision that the desk works on."""

    id: str
    stage: Status
    revision: int
    content: Content


@dataclass(frozen=True, slots=True)
class Distinct:
    """That another record is a different case."""

    other: str
    who: str
    at: datetime
    reason: str


class AlikeStore:
    """Safe to share between threads. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database, self._sketches = database, Sketches()

    def candidates(
        self, record_id: str, content: Content, numbers: Iterable[str]
    ) -> list[Candidate]:
        """Drafts and public records that bear one of these numbers, have this text, or may have
        much of it; those known to be different left out. numbers: as normalised."""
        asked = sketch(content.text)
        with self._database.read() as connection:
            apart = {record_id, *(one.other for one in _distinct(connection, record_id))}
            found = dict.fromkeys(_by_number(connection, content, numbers))
            found |= dict.fromkeys(_by_text(connection, content.text))
            suspects = self._sketches.suspects(connection, asked, apart)
            found |= dict.fromkeys(one.id for one in suspects)
            return _read(connection, [one for one in found if one not in apart])

    def unsketched(self) -> int:
        """How many records are not known by their text yet."""
        with self._database.read() as connection:
            return sketches.lacking(connection)

    def sketch_some(self) -> int:
        """Makes some of the sketches that are lacking; gives how many."""
        with self._database.write() as connection:
            return sketches.write_lacking(connection)

    def distinct(self, record_id: str) -> tuple[Distinct, ...]:
        """The records known to be different cases from this one, the latest said first."""
        with self._database.read() as connection:
            return _distinct(connection, record_id)

    def set_distinct(self, record_id: str, other: str, by: str, reason: str) -> None:
        """Two records are different cases; said again, the last reason holds. Raises NotFound."""
        at = datetime.now(UTC)
        said = {"who": person(by), "at": at, "reason": reason}
        one, two = sorted((record_id, other))
        with self._database.write() as connection:
            for id_ in (one, two):
                if connection.execute(select(RecordRow.id).where(RecordRow.id == id_)).first():
                    continue
                raise NotFound(f"没有编号为 {id_} 的案例")
            again = update(DistinctRow).where(*_pair(one, two)).values(**said)
            if not connection.execute(again).rowcount:
                connection.execute(insert(DistinctRow), {"one": one, "other": two, **said})
            _note(connection, record_id, by, at, other=other, reason=reason)

    def unset_distinct(self, record_id: str, other: str, by: str) -> None:
        """Takes that back."""
        with self._database.write() as connection:
            if connection.execute(delete(DistinctRow).where(*_pair(record_id, other))).rowcount:
                _note(connection, record_id, by, datetime.now(UTC), other=other, undone=1)


def _note(connection: Connection, record_id: str, by: str, at: datetime, **detail: object) -> None:
    audit.append(connection, [Deed(Action.DISTINCT, record_id, detail)], by, at)


def _distinct(connection: Connection, record_id: str) -> tuple[Distinct, ...]:
    mine = or_(DistinctRow.one == record_id, DistinctRow.other == record_id)
    rows = connection.execute(
        select(DistinctRow.__table__).where(mine).order_by(DistinctRow.at.desc())
    )
    return tuple(
        Distinct(row.other if row.one == record_id else row.one, row.who, row.at, row.reason)
        for row in rows
    )


def _pair(record_id: str, other: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    one, two = sorted((record_id, other))
    return DistinctRow.one == one, DistinctRow.other == two


def _by_number(connection: Connection, content: Content, numbers: Iterable[str]) -> Iterable[str]:
    query = (
        select(ClaimRow.record_id)
        .join(RecordRow, RecordRow.id == ClaimRow.record_id)
        .where(
            ClaimRow.field == "dockets",
            ClaimRow.key.in_(sorted(numbers)),
            ClaimRow.holds,
            RecordRow.kind == content.kind.value,
        )
        .distinct()
        .limit(_MOST)
    )
    return connection.execute(query).scalars()


def _by_text(connection: Connection, text: str) -> Iterable[str]:
    mark = fingerprint(text)
    query = select(RecordRow.id).where(RecordRow.fingerprint == mark).limit(_MOST)
    return connection.execute(query).scalars() if mark else ()


def _read(connection: Connection, ids: list[str]) -> list[Candidate]:
    worked_on = and_(RevisionRow.record_id == RecordRow.id, RevisionRow.number == RecordRow.working)
    rows = connection.execute(
        select(RecordRow.id, RecordRow.stage, RecordRow.working, RevisionRow.content)
        .join(RevisionRow, worked_on)
        .where(RecordRow.id.in_(ids), RecordRow.stage != Status.WITHDRAWN.value)
    )
    return [Candidate(row.id, Status(row.stage), row.working, decode(row.content)) for row in rows]
