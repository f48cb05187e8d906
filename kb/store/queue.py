"""The index queue: which published records the index has yet to take in or to drop.

A row is written in the transaction that changes the record, so that store and index cannot part for
good: an indexer that dies takes up where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select

from kb.store.tables import QueueRow


class QueueAction(StrEnum):
    """WRITE: the record is public, in this or a new form. REMOVE: it no longer is."""

    WRITE = "write"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A change for the index. A record may stand in the queue several times; the last counts."""

    seq: int
    record_id: str
    action: QueueAction


def enqueue(
    connection: Connection, changes: Iterable[tuple[str, QueueAction]], at: datetime
) -> None:
    """Adds changes, in their order. The transaction must be a write transaction."""
    rows = [
        {"record_id": record_id, "action": action.value, "at": at} for record_id, action in changes
    ]
    if rows:
        connection.execute(insert(QueueRow), rows)


def pending(connection: Connection, limit: int) -> list[QueueItem]:
    """The oldest changes."""
    query = select(QueueRow.seq, QueueRow.record_id, QueueRow.action).order_by(QueueRow.seq)
    return [
        QueueItem(row.seq, row.record_id, QueueAction(row.action))
        for row in connection.execute(query.limit(limit))
    ]


def done(connection: Connection, up_to: int) -> None:
    """Forgets the changes up to this seq, which the index now holds. Those of later transactions
    have a higher seq, since writers come one at a time."""
    connection.execute(delete(QueueRow).where(QueueRow.seq <= up_to))


def backlog(connection: Connection) -> int:
    """How many changes wait."""
    return connection.execute(select(func.count()).select_from(QueueRow)).scalar_one()
