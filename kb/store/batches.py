"""The batches: made when a record first names one; their publishers and day follow its public
records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, func, insert, select, update

from kb.model import Content, Status, settled
from kb.store.rows import batch_title
from kb.store.tables import BatchRow, ClaimRow, RecordRow

_NAMED = select(BatchRow.id).where(BatchRow.title == bindparam("title"))
_FACTS = select(BatchRow.publishers, BatchRow.published).where(BatchRow.id == bindparam("id"))


class Batches:
    """The batches that one transaction touches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}
        self._joined: dict[int, tuple[set[str], set[date]]] = {}
        self._stale: set[int] = set()

    def of(self, content: Content) -> int | None:
        """The id of the batch that the content names, made where it is new; None for none."""
        title = batch_title(content)
        if not title:
            return None
        if title not in self._ids:
            found = self._connection.execute(_NAMED, {"title": title})
            self._ids[title] = found.scalar() or self._make(title)
        return self._ids[title]

    def joined(self, batch_id: int | None, content: Content) -> None:
        """A public record was added: what the batch has stays true."""
        if batch_id is not None:
            publishers, days = self._joined.setdefault(batch_id, (set(), set()))
            publishers.update(settled(content.publishers))
            days.update(settled(content.published)[:1])

    def left_or_changed(self, batch_id: int | None) -> None:
        """A public record left the batch or changed: the batch is read anew from those it has."""
        if batch_id is not None:
            self._stale.add(batch_id)

    def flush(self) -> None:
        """Writes what follows; the records and claims must be written already."""
        for batch_id in self._stale:
            self._write(batch_id, *self._read_anew(batch_id))
        for batch_id in self._joined.keys() - self._stale:
            publishers, days = self._joined[batch_id]
            row = self._connection.execute(_FACTS, {"id": batch_id}).one()
            had = set(json.loads(row.publishers))
            newest = max(days | ({row.published} if row.published else set()), default=None)
            if publishers - had or newest != row.published:
                self._write(batch_id, publishers | had, newest)

    def _make(self, title: str) -> int:
        statement = insert(BatchRow).values(title=title, publishers="[]").returning(BatchRow.id)
        return self._connection.execute(statement).scalar_one()

    def _read_anew(self, batch_id: int) -> tuple[set[str], date | None]:
        public = (RecordRow.batch_id == batch_id) & (RecordRow.status == Status.PUBLISHED.value)
        newest = select(func.max(RecordRow.published)).where(public)
        publishers = (
            select(ClaimRow.value)
            .join(RecordRow, RecordRow.id == ClaimRow.record_id)
            .where(public, ClaimRow.field == "publishers", ClaimRow.holds)
            .distinct()
        )
        values = self._connection.execute(publishers).scalars()
        return {json.loads(value) for value in values}, self._connection.execute(newest).scalar()

    def _write(self, batch_id: int, publishers: Iterable[str], newest: date | None) -> None:
        values = json.dumps(sorted(publishers), ensure_ascii=False)
        self._connection.execute(
            update(BatchRow)
            .where(BatchRow.id == batch_id)
            .values(publishers=values, published=newest)
        )
