"""The desk's side of the store: a record as it is being worked on, and one change of it as one
transaction: revision, stage, audit, index queue and what belongs to them, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from kb.model import Case, Content, Span, Status
from kb.store import audit, looks, names, originals, reading, remarks, sources, together, worklist
from kb.store.alike import AlikeStore
from kb.store.audit import Action, Deed, Entry, Verdict
from kb.store.changes import Changes, Held, person
from kb.store.database import Database
from kb.store.desk_tables import CorrectionRow
from kb.store.jobs import JobStore
from kb.store.looks import Look
from kb.store.names import Named
from kb.store.originals import Originals, Vault
from kb.store.remarks import Comment, Override, Unfinished
from kb.store.revisions import Revision, content_of, revisions
from kb.store.sources import Note
from kb.store.tables import RevisionRow
from kb.store.together import TogetherStore
from kb.store.worklist import Neighbour, WorkList, WorkQuery

SETTLED = "引用法条按现有法规认定"
"""What the history calls it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as the desk has it. revision: the one worked on, content: what it says. status and
    public: what readers have; they differ from stage and revision while a correction is under way.

    waiting: a later revision that its source gave and nobody took up, None for none. editors: who
    edited it since another last reviewed it.
    """

    id: str
    status: Status
    public: int
    stage: Status
    revision: int
    content: Content
    waiting: int | None
    was_public: bool
    assignee: str
    editors: frozenset[str]
    submitter: str
    approver: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What readers are told of a correction."""

    revision: int
    note: str
    at: datetime


class Work:
    """A change of one record under way; nothing is written before its transaction ends. tidies: it
    put words away, which should not lie about in the database's log either."""

    def __init__(
        self, connection: Connection, record_id: str, by: str, vault: Vault | None
    ) -> None:
        self._connection, self._by, self._now = connection, by, datetime.now(UTC)
        self._vault, self.tidies = vault, False
        self._held = reading.held(connection, record_id)
        self._changes = Changes(connection, by)
        self.draft = _draft(connection, self._held)

    def save(self, content: Content, note: str, changed: object) -> int:
        """A new revision to work on, and the end of what its doer had unfinished; gives its
        number. changed: from what to what, for the audit."""
        number = self._changes.work(self._held, content, note=note, changed=changed)
        self.forget_unfinished(person(self._by))
        return number

    def keep_together(self, made_with: int, number: int) -> None:
        """That this revision is one of several edits; see `kb.store.together`."""
        draft = self.draft
        together.keep(self._connection, made_with, draft.id, draft.stage, draft.revision, number)

    def revision(self, number: int) -> Content:
        """What the record said in an earlier or waiting revision. Raises NotFound."""
        return content_of(self._connection, self._held.id, number)

    def move(self, step: str, to: Status, reason: str, **columns: object) -> None:
        """To another stage within the desk. columns: of the record, that go with it."""
        moved = {"step": step, "from": self.draft.stage.value, "to": to.value, "reason": reason}
        self._changes.did(Action.MOVE, self._held.id, revision=self.draft.revision, **moved)
        revision = self._held.revision if to is Status.PUBLISHED else self.draft.revision
        self._changes.move(self._held, to, revision=revision, **columns)

    def original(self, number: int, *, taken_up: bool = False) -> Content:
        """A revision that was put away. taken_up: to be the next revision. Raises NotFound, Sealed,
        BadSeal."""
        found = originals.original(self._connection, self._vault, self._held.id, number)
        to = {"to": self._held.latest + 1} if taken_up else {}
        self._changes.did(Action.VIEW, self._held.id, revision=number, original=1, **to)
        return found

    def put_back(self) -> None:
        """Puts away again what the correction that is dropped had of an original."""
        if self._vault:
            held = self._held
            gone = originals.put_back(
                self._connection, self._vault, held.id, held.revision, held.content
            )
            self._sealed(gone)

    def publish(self, note: str, leaking: Collection[int], content: Content) -> None:
        """Makes the revision worked on public, and puts away what stood before it. note: what
        readers are told of the correction; leaking: see `kb.store.originals`. content: the draft's,
        or what became known of its citations since, which makes a revision of its own."""
        draft, number = self.draft, self.draft.revision
        if content != draft.content:
            number = self._changes.refine(self._held, content, SETTLED)
        told = {"from": draft.stage.value, "to": Status.PUBLISHED.value, "approver": draft.approver}
        self._changes.publish(self._held, content, number, note, **told)
        if draft.was_public:
            row = {"record_id": draft.id, "revision": number, "note": note, "at": self._now}
            again = delete(CorrectionRow).where(
                CorrectionRow.record_id == draft.id, CorrectionRow.revision == number
            )
            self._connection.execute(again)
            self._connection.execute(insert(CorrectionRow), row)
        if self._vault:
            gone = originals.put_away(
                self._connection, self._vault, draft.id, number, content, leaking
            )
            self._sealed(gone)

    def withdraw(self, reason: str) -> None:
        """Takes the record out of the public, or a draft that never was public out of the work."""
        stages = {"from": self.draft.stage.value, "to": Status.WITHDRAWN.value}
        self._changes.withdraw(self._held, reason, **stages)

    def source_is_out(self) -> bool:
        """Whether readers have a case of the same source, or are about to."""
        return sources.is_out(self._connection, self._held.id)

    def show_source_as(self, shown: str) -> None:
        """What readers are told instead of the name of the source's file, "" for the name; of its
        every record."""
        for record_id in sources.show(self._connection, self._held.id, shown):
            self._changes.show(record_id)
        self._changes.did(Action.UPDATE, self._held.id, source_named=not shown)

    def assign(self, assignee: str) -> None:
        """Gives the work to someone, or to nobody ("")."""
        was = self.draft.assignee
        self._changes.did(Action.ASSIGN, self._held.id, **{"from": was, "to": assignee})
        self._changes.set(self._held.id, assignee=assignee)

    def viewed(self, why: str) -> None:
        """That someone looked at unmasked text."""
        self._changes.did(Action.VIEW, self._held.id, revision=self.draft.revision, why=why)

    def comment(self, text: str, about: str, span: Span | None) -> int:
        number = remarks.comment(
            self._connection,
            self._held.id,
            self.draft.revision,
            text,
            about,
            span,
            person(self._by),
            self._now,
        )
        self._changes.did(Action.COMMENT, self._held.id, comment=number, about=about)
        return number

    def settle(self, comment: int) -> None:
        """That a remark was dealt with. Raises NotFound."""
        if remarks.settle(self._connection, self._held.id, comment, person(self._by)):
            self._changes.did(Action.COMMENT, self._held.id, comment=comment, settled=1)

    def overrides(self) -> tuple[Override, ...]:
        return remarks.overrides(self._connection, self._held.id)

    def ask_override(self, gate: str, key: str, reason: str) -> int:
        """That a failure be let pass."""
        who = person(self._by)
        number = remarks.ask_override(
            self._connection, self._held.id, gate, key, reason, who, self._now
        )
        self._changes.did(
            Action.OVERRIDE, self._held.id, override=number, gate=gate, key=key, reason=reason
        )
        return number

    def confirm_override(self, override: Override) -> None:
        """A second person agrees."""
        remarks.confirm_override(self._connection, override.id, person(self._by), self._now)
        told = {"override": override.id, "gate": override.gate, "key": override.key, "agreed": 1}
        self._changes.did(Action.OVERRIDE, self._held.id, first=override.who, **told)

    def keep_unfinished(self, revision: int, data: Mapping[str, str]) -> None:
        """What is typed so far, in place of what was."""
        who = person(self._by)
        remarks.keep_unfinished(self._connection, self._held.id, revision, data, who, self._now)

    def forget_unfinished(self, who: str) -> None:
        remarks.forget_unfinished(self._connection, self._held.id, who)

    def flush(self) -> None:
        self._changes.flush()

    def _sealed(self, numbers: list[int]) -> None:
        self.tidies = True
        if numbers and self._vault:
            self._changes.did(Action.SEAL, self._held.id, revisions=numbers, kept=self._vault.keeps)


class DeskStore:
    """Safe to share between threads. Every method is one transaction; those that ask for a record
    raise NotFound, every one KnowledgeBaseError where the database cannot be used."""

    def __init__(self, database: Database, vault: Vault | None = None) -> None:
        """vault: where texts go that readers must not have; None leaves them where they are."""
        self._database, self._vault = database, vault
        self.together, self.jobs = TogetherStore(database), JobStore(database)
        self.alike = AlikeStore(database)

    @contextmanager
    def working_on(self, record_id: str, by: str) -> Iterator[Work]:
        """A change of a record: committed at the end, undone by any exception. by: a person, or
        `person/token`."""
        with self._database.write() as connection:
            work = Work(connection, record_id, by, self._vault)
            yield work
            work.flush()
        if work.tidies:
            self._database.empty_log()

    def draft(self, record_id: str) -> Draft:
        with self._database.read() as connection:
            return _draft(connection, reading.held(connection, record_id))

    def drafts(self, record_ids: Iterable[str]) -> list[Draft]:
        """The records in this order."""
        with self._database.read() as connection:
            held = reading.held_each(connection, record_ids)
            return [_draft(connection, one) for one in held]

    def case(self, record_id: str) -> Case:
        """The record as readers have, had or would have it, whatever its status."""
        with self._database.read() as connection:
            return reading.case(connection, record_id, any_status=True)

    def named(self) -> tuple[Named, ...]:
        with self._database.read() as connection:
            return names.read(connection)

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        with self._database.read() as connection:
            return revisions(connection, record_id)

    def revision(self, record_id: str, number: int) -> Content:
        with self._database.read() as connection:
            return content_of(connection, record_id, number)

    def public_before(self, record_id: str) -> tuple[tuple[int, Content], ...]:
        """The revisions that were public and were not put away, with their contents."""
        with self._database.read() as connection:
            return tuple(originals.public_before(connection, record_id))

    def originals(self) -> Originals:
        """The texts put away, and whether they can be read; each is tried."""
        with self._database.read() as connection:
            return originals.tried(connection, self._vault)

    def note(self, record_id: str) -> Note:
        """What the desk should know of the source of a record."""
        with self._database.read() as connection:
            return sources.note(connection, record_id)

    def work(self, query: WorkQuery) -> WorkList:
        with self._database.read() as connection:
            return worklist.read(connection, query)

    def beside(
        self, query: WorkQuery, record_id: str, at: datetime | None
    ) -> tuple[Neighbour | None, Neighbour | None]:
        with self._database.read() as connection:
            return worklist.beside(connection, query, record_id, at)

    def unfinished(self, record_id: str) -> tuple[Unfinished, ...]:
        """What anyone has unfinished on a record."""
        with self._database.read() as connection:
            return remarks.unfinished(connection, record_id)

    def unfinished_of(self, who: str) -> dict[str, datetime]:
        """The ids of the records on which someone has something unfinished -> since when."""
        with self._database.read() as connection:
            return remarks.unfinished_of(connection, who)

    def comments(self, record_id: str) -> tuple[Comment, ...]:
        """The remarks on a record, oldest first."""
        with self._database.read() as connection:
            return remarks.comments(connection, record_id)

    def overrides(self, record_id: str) -> tuple[Override, ...]:
        with self._database.read() as connection:
            return remarks.overrides(connection, record_id)

    def corrections(self, record_id: str) -> tuple[Correction, ...]:
        """The corrections of a record that was public, newest first."""
        query = (
            select(CorrectionRow.revision, CorrectionRow.note, CorrectionRow.at)
            .where(CorrectionRow.record_id == record_id)
            .order_by(CorrectionRow.at.desc())
        )
        with self._database.read() as connection:
            return tuple(Correction(*row) for row in connection.execute(query))

    def looks(self, *, done: bool, limit: int, after: int = 0) -> list[Look]:
        with self._database.read() as connection:
            return looks.read(connection, done=done, limit=limit, after=after)

    def open_looks(self) -> int:
        with self._database.read() as connection:
            return looks.count(connection)

    def looked(self, look: int, by: str, note: str) -> None:
        """That someone looked at the case again. Raises NotFound."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            record_id = looks.done(connection, look, person(by), note, now)
            if record_id is not None:
                deed = Deed(Action.LOOK, record_id, {"look": look, "note": note})
                audit.append(connection, [deed], by, now)

    def entries(
        self,
        record_id: str | None,
        *,
        limit: int,
        before: int | None = None,
        who: str | None = None,
        action: Action | None = None,
    ) -> list[Entry]:
        """The latest rows of the audit, see `kb.store.audit.latest`."""
        with self._database.read() as connection:
            return audit.latest(
                connection, record_id, limit=limit, before=before, who=who, action=action
            )

    def verify_audit(self) -> Verdict:
        with self._database.read() as connection:
            return audit.verify(connection)


def _draft(connection: Connection, held: Held) -> Draft:
    own = held.working == held.revision
    return Draft(
        id=held.id,
        status=held.status,
        public=held.revision,
        stage=held.stage,
        revision=held.working,
        content=held.content if own else content_of(connection, held.id, held.working),
        waiting=_waiting(connection, held) if held.latest > held.working else None,
        was_public=held.was_public,
        assignee=held.assignee,
        editors=held.editors,
        submitter=held.submitter,
        approver=held.approver,
    )


def _waiting(connection: Connection, held: Held) -> int | None:
    """The latest revision behind the one worked on that a source gave: what a person made and
    dropped waits for nobody, and was read from no bytes."""
    given = (RevisionRow.number > held.working) & (RevisionRow.sha256 != "")
    query = select(func.max(RevisionRow.number)).where(RevisionRow.record_id == held.id, given)
    number: int | None = connection.execute(query).scalar()
    return number
