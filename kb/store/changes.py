"""Writes changes of records, each with all that goes with it: the revision, the rows to ask by, the
batch, the audit and the index queue. Everything is gathered first and written in a few
statements."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, update

from kb.model import Content, Status
from kb.store import audit, queue, sketches
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


IMPORT = "import"
"""Who reads sources in: no person."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record comes from: the row of its source, the place in it, the bytes' digest."""

    source_id: int
    position: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """A record as the store holds it. content: of its current revision. latest: the highest
    revision there is. frame: see `kb.store.merge`. stage to approver: see `RecordRow`; editors
    and the others are people."""

    id: str
    status: Status
    revision: int
    latest: int
    batch_id: int | None
    frame: str
    place: Place
    content: Content
    stage: Status
    working: int
    was_public: bool = False
    assignee: str = ""
    editors: frozenset[str] = frozenset()
    submitter: str = ""
    approver: str = ""

    @property
    def is_corrected(self) -> bool:
        """Whether the desk is at work on a record that readers know in another revision."""
        return (self.stage, self.working) != (self.status, self.revision)


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
        self._sketched: dict[str, Content] = {}
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
                "stage": (Status.PUBLISHED if publish else Status.DRAFT).value,
                "revision": 1,
                "working": 1,
                "batch_id": batch_id,
                "frame": frame,
                "reason": "",
                "created": self._at,
                "changed": self._at,
                "worked": self._at,
                "released": self._at if publish else None,
                "assignee": "",
                "editors": _people({person(self._by)}),
                "submitter": "",
                "approver": "",
            }
        )
        self._contents.append((record_id, content))
        self._sketched[record_id] = content
        self._revise(record_id, 1, content, place.sha256, "")
        self.did(Action.ADD, record_id, revision=1, sha256=place.sha256)
        if publish:
            self.did(Action.PUBLISH, record_id, revision=1)
            self._queue.append((record_id, QueueAction.WRITE))
            self._batches.joined(batch_id, content)

    def update(self, held: Held, content: Content, *, sha256: str = "", note: str = "") -> Held:
        """A new content that holds from now on. sha256: of the bytes it was read from, if it
        was."""
        number = held.latest + 1
        self._revise(held.id, number, content, sha256, note)
        self.did(Action.UPDATE, held.id, revision=number, note=note)
        self._edited(held)
        return self._make_current(held, content, number)

    def work(self, held: Held, content: Content, *, note: str, changed: object) -> int:
        """A person's draft: it holds where the record was never public, else the desk works on it
        while readers keep what they have. changed: from what to what, for the audit."""
        number = held.latest + 1
        self._revise(held.id, number, content, "", note)
        told = {"from": held.working, "note": note, "changed": changed}
        self.did(Action.UPDATE, held.id, revision=number, **told)
        self._edited(held)
        self._sketched[held.id] = content
        if held.status in (Status.PUBLISHED, Status.WITHDRAWN):
            self._work(held.id, stage=Status.DRAFT.value, working=number)
        else:
            self._make_current(held, content, number)
        return number

    def refine(self, held: Held, content: Content, note: str) -> int:
        """A revision to publish that nobody edited: more is known of the one worked on by now."""
        number = held.latest + 1
        self._revise(held.id, number, content, "", note)
        told = {"from": held.working, "note": note}
        self.did(Action.UPDATE, held.id, revision=number, **told)
        return number

    def move(self, held: Held, to: Status, *, revision: int, **columns: object) -> None:
        """Puts a record on another stage; one that was never public has it as its status too."""
        own = held.status not in (Status.PUBLISHED, Status.WITHDRAWN)
        status = {"status": to.value} if own else {}
        self._work(held.id, stage=to.value, working=revision, **status, **columns)

    def did(self, action: Action, record_id: str, **detail: object) -> None:
        """Something done, for the audit."""
        self._deeds.append(Deed(action, record_id, detail))

    def set(self, record_id: str, **columns: object) -> None:
        """What the desk knows of a record, and readers do not."""
        self._work(record_id, **columns)

    def hold(self, held: Held, content: Content, *, sha256: str, note: str) -> None:
        """A new content that waits: the record stays as it is until someone publishes it."""
        number = held.latest + 1
        self._revise(held.id, number, content, sha256, note)
        self.did(Action.HOLD, held.id, revision=number, note=note)

    def publish(
        self, held: Held, content: Content, number: int, reason: str = "", **detail: object
    ) -> None:
        """Makes a record public, in this revision of it. detail: more for the audit."""
        if number != held.revision:
            held = self._make_current(held, content, number, enqueue=False)
        self._update(held.id, status=Status.PUBLISHED.value, reason="")
        if not held.was_public:
            self._update(held.id, released=self._at)
        self._at_rest(held.id, Status.PUBLISHED, number)
        self.did(Action.PUBLISH, held.id, revision=number, reason=reason, **detail)
        self._queue.append((held.id, QueueAction.WRITE))
        self._batches.left_or_changed(held.batch_id)

    def withdraw(self, held: Held, reason: str, **detail: object) -> None:
        """Takes a record out of the public; its reason stays as its tombstone. detail: more for
        the audit."""
        self._update(held.id, status=Status.WITHDRAWN.value, reason=reason)
        self._at_rest(held.id, Status.WITHDRAWN, held.working)
        self.did(Action.WITHDRAW, held.id, revision=held.revision, reason=reason, **detail)
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
            self.show(held.id)

    def show(self, record_id: str) -> None:
        """What is shown of a public record changed."""
        self._queue.append((record_id, QueueAction.WRITE))

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
        sketches.write(self._connection, self._sketched)
        self._batches.flush()
        audit.append(self._connection, self._deeds, self._by, self._at)
        queue.enqueue(self._connection, self._queue, self._at)

    def _make_current(
        self, held: Held, content: Content, number: int, *, enqueue: bool = True
    ) -> Held:
        batch_id = self._batches.of(content)
        columns = record_columns(content, fingerprint(content.text))
        self._update(held.id, **columns, revision=number, batch_id=batch_id)
        self._work(held.id, working=number)
        self._redrawn.append(held.id)
        self._contents.append((held.id, content))
        self._sketched[held.id] = content
        if held.status is Status.PUBLISHED:
            self._batches.left_or_changed(held.batch_id)
            self._batches.left_or_changed(batch_id)
            if enqueue:
                self._queue.append((held.id, QueueAction.WRITE))
        return replace(
            held,
            revision=number,
            latest=max(number, held.latest),
            working=number,
            batch_id=batch_id,
            content=content,
        )

    def _update(self, record_id: str, **columns: object) -> None:
        self._updates.append({"key": record_id, "changed": self._at, **columns})

    def _work(self, record_id: str, **columns: object) -> None:
        self._updates.append({"key": record_id, "worked": self._at, **columns})

    def _edited(self, held: Held) -> None:
        self._work(held.id, editors=_people(held.editors | {person(self._by)}))

    def _at_rest(self, record_id: str, stage: Status, working: int) -> None:
        nobody = {"assignee": "", "editors": _people(()), "submitter": "", "approver": ""}
        self._work(record_id, stage=stage.value, working=working, **nobody)

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


def person(who: str) -> str:
    """The person behind a doer as the audit names it: `name/token` acts for its owner, an import
    for nobody ("")."""
    return "" if who == IMPORT else who.partition("/")[0]


def _people(people: Iterable[str]) -> str:
    return json.dumps(sorted(filter(None, people)), ensure_ascii=False)
