"""Writes changes of records, each with all that goes with it: the revision, the rows to ask by, the
batch, the audit and the index queue. Everything is gathered first and written in a few
statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, update

from kb.model import Content, Status
from kb.store import audit, queue
from kb.store.audit import Action, Deed
from kb.store.batches import Batches
from kb.store.codec import encode
from kb.store.queue import QueueAction
from kb.store.rows import Row, claim_rows, fingerprint, record_columns, section_rows
from kb.store.tables import ClaimRow, RecordRow, RevisionRow, SectionRow

# Statements of the busiest path are made once: making them takes longer than running them.
_INSERT_RECORD = insert(RecordRow)
_INSERT_REVISION = insert(RevisionRow)
_INSERT_SECTION = insert(SectionRow)
_INSERT_CLAIM = insert(ClaimRow)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record comes from: the row of its source, the place in it, the bytes' digest."""

    source_id: int
    position: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """A record as the store holds it. content: of its current revision. latest: the highest
    revision there is. frame: see `kb.store.merge`."""

    id: str
    status: Status
    revision: int
    latest: int
    batch_id: int | None
    frame: str
    place: Place
    content: Content


class Changes:
    """The changes of one write transaction; nothing is written before `flush`."""

    def __init__(self, connection: Connection, by: str) -> None:
        self._connection, self._by = connection, by
        self._at = datetime.now(UTC)
        self._batches = Batches(connection)
        self._records: list[Row] = []
        self._updates: list[Row] = []
        self._revisions: list[Row] = []
        self._contents: list[tuple[str, Content]] = []
        self._redrawn: list[str] = []
        self._deeds: list[Deed] = []
        self._queue: list[tuple[str, QueueAction]] = []

    def add(
        self,
        record_id: str,
        content: Content,
        columns: Row,
        place: Place,
        frame: str,
        publish: bool,
    ) -> None:
        """A new record, public or a draft. columns: `record_columns` of the content."""
        batch_id = self._batches.of(content)
        self._records.append(
            columns
            | {
                "id": record_id,
                "source_id": place.source_id,
                "position": place.position,
                "sha256": place.sha256,
                "status": (Status.PUBLISHED if publish else Status.DRAFT).value,
                "revision": 1,
                "batch_id": batch_id,
                "frame": frame,
                "reason": "",
                "created": self._at,
                "changed": self._at,
            }
        )
        self._contents.append((record_id, content))
        self._revise(record_id, 1, content, place.sha256, "")
        self._did(Action.ADD, record_id, revision=1, sha256=place.sha256)
        if publish:
            self._did(Action.PUBLISH, record_id, revision=1)
            self._queue.append((record_id, QueueAction.WRITE))
            self._batches.joined(batch_id, content)

    def update(self, held: Held, content: Content, *, sha256: str = "", note: str = "") -> Held:
        """A new content that holds from now on. sha256: of the bytes it was read from, if it
        was."""
        number = held.latest + 1
        self._revise(held.id, number, content, sha256, note)
        self._did(Action.UPDATE, held.id, revision=number, note=note)
        return self._make_current(held, content, number)

    def hold(self, held: Held, content: Content, *, sha256: str, note: str) -> None:
        """A new content that waits: the record stays as it is until someone publishes it."""
        number = held.latest + 1
        self._revise(held.id, number, content, sha256, note)
        self._did(Action.HOLD, held.id, revision=number, note=note)

    def publish(self, held: Held, content: Content, number: int, reason: str = "") -> None:
        """Makes a record public, in this revision of it."""
        if number != held.revision:
            held = self._make_current(held, content, number, enqueue=False)
        self._update(held.id, status=Status.PUBLISHED.value, reason="")
        self._did(Action.PUBLISH, held.id, revision=number, reason=reason)
        self._queue.append((held.id, QueueAction.WRITE))
        self._batches.left_or_changed(held.batch_id)

    def withdraw(self, held: Held, reason: str) -> None:
        """Takes a record out of the public; its reason stays as its tombstone."""
        self._update(held.id, status=Status.WITHDRAWN.value, reason=reason)
        self._did(Action.WITHDRAW, held.id, revision=held.revision, reason=reason)
        if held.status is Status.PUBLISHED:
            self._queue.append((held.id, QueueAction.REMOVE))
            self._batches.left_or_changed(held.batch_id)

    def seen(self, held: Held, place: Place, frame: str) -> None:
        """The record was met again at this place of its source, which now reads so."""
        if (held.place, held.frame) != (place, frame):
            moved = {"position": place.position, "sha256": place.sha256, "frame": frame}
            self._updates.append({"key": held.id, **moved})

    def show_again(self, held: Held) -> None:
        """What the index shows of the record changed (its source's address), its content did
        not."""
        if held.status is Status.PUBLISHED:
            self._queue.append((held.id, QueueAction.WRITE))

    def flush(self) -> None:
        """Writes everything."""
        execute = self._connection.execute
        if self._records:
            execute(_INSERT_RECORD, self._records)
        for change in self._updates:
            columns = {name: value for name, value in change.items() if name != "key"}
            execute(update(RecordRow).where(RecordRow.id == change["key"]).values(**columns))
        if self._revisions:
            execute(_INSERT_REVISION, self._revisions)
        for table in (SectionRow, ClaimRow):
            if self._redrawn:
                redrawn = delete(table).where(table.record_id == bindparam("redrawn"))
                execute(redrawn, [{"redrawn": record_id} for record_id in self._redrawn])
        sections = [row for held in self._contents for row in section_rows(*held)]
        claims = [row for held in self._contents for row in claim_rows(*held)]
        if sections:
            execute(_INSERT_SECTION, sections)
        if claims:
            execute(_INSERT_CLAIM, claims)
        self._batches.flush()
        audit.append(self._connection, self._deeds, self._by, self._at)
        queue.enqueue(self._connection, self._queue, self._at)

    def _make_current(
        self, held: Held, content: Content, number: int, *, enqueue: bool = True
    ) -> Held:
        batch_id = self._batches.of(content)
        columns = record_columns(content, fingerprint(content.text))
        self._update(held.id, **columns, revision=number, batch_id=batch_id)
        self._redrawn.append(held.id)
        self._contents.append((held.id, content))
        if held.status is Status.PUBLISHED:
            self._batches.left_or_changed(held.batch_id)
            self._batches.left_or_changed(batch_id)
            if enqueue:
                self._queue.append((held.id, QueueAction.WRITE))
        return Held(held.id, held.status, number, number, batch_id, held.frame, held.place, content)

    def _update(self, record_id: str, **columns: object) -> None:
        self._updates.append({"key": record_id, "changed": self._at, **columns})

    def _revise(
        self, record_id: str, number: int, content: Content, sha256: str, note: str
    ) -> None:
        self._revisions.append(
            {
                "record_id": record_id,
                "number": number,
                "at": self._at,
                "by": self._by,
                "note": note,
                "sha256": sha256,
                "content": encode(content),
            }
        )

    def _did(self, action: Action, record_id: str, **detail: str | int) -> None:
        self._deeds.append(Deed(action, record_id, detail))
