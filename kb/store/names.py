"""By which names a record may be called: its id, its title, its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kb.model import Status
from kb.store.tables import ClaimRow, RecordRow


@dataclass(frozen=True, slots=True)
class Named:
    """A record. dockets: normalised, of those that hold."""

    id: str
    title: str
    stage: Status
    dockets: frozenset[str]


def read(connection: Connection) -> tuple[Named, ...]:
    """Every record, whatever its stage."""
    numbers: dict[str, set[str]] = {}
    held = select(ClaimRow.record_id, ClaimRow.key).where(
        ClaimRow.field == "dockets", ClaimRow.holds
    )
    for record, number in connection.execute(held):
        numbers.setdefault(record, set()).add(number)
    records = select(RecordRow.id, RecordRow.title, RecordRow.stage)
    return tuple(
        Named(row.id, row.title, Status(row.stage), frozenset(numbers.get(row.id, ())))
        for row in connection.execute(records)
    )
