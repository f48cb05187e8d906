"""The store as the rest of the program sees it: every method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.errors import KnowledgeBaseError, Withdrawn
from kb.model import Case, Content, Kind, Source, Status
from kb.store import audit, queue, reading, revisions, sources, submit
from kb.store.audit import Entry, Verdict
from kb.store.changes import Changes
from kb.store.database import Database
from kb.store.queue import QueueItem
from kb.store.reading import Batch, Facts, Link
from kb.store.revisions import Revision
from kb.store.submit import Submitted


class Repository:
    """Sources, records, revisions, the index queue and the audit. Safe to share between threads.

    Only public (published) records are given, unless a method says otherwise. Every method raises
    KnowledgeBaseError where the database cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Sources

    def known(self, origin: str) -> tuple[str, str] | None:
        """(sha256, parser) that this origin was last read with, None for a new one."""
        with self._database.read() as connection:
            return sources.known(connection, origin)

    def same_bytes(self, sha256: str) -> str | None:
        """The origin of the first source that had these very bytes."""
        with self._database.read() as connection:
            return sources.same_bytes(connection, sha256)

    def unpublished(self, origin: str) -> tuple[str, ...]:
        """The records of a source that the desk has as drafts."""
        with self._database.read() as connection:
            return submit.unpublished(connection, origin)

    def source(self, origin: str) -> Source | None:
        """A source as last read."""
        with self._database.read() as connection:
            return sources.read(connection, origin)

    # Writing

    def submit(
        self,
        source: Source,
        contents: tuple[Content, ...],
        *,
        parser: str,
        publish: bool,
        by: str = "import",
    ) -> Submitted:
        """Takes in everything that a source says, or nothing: see `kb.store.submit`.

        parser: version of what read it. Raises BadSource for text that is not Unicode.
        """
        with self._database.write() as connection:
            return submit.submit(
                connection, source, contents, parser=parser, publish=publish, by=by
            )

    def revise(
        self,
        record_id: str,
        content: Content,
        *,
        by: str,
        note: str = "",
        expected: int | None = None,
    ) -> int:
        """A person's correction, which holds from now on, without any review (the desk's way is
        `kb.desk.Desk.save`); returns the revision's number.

        expected: the revision that the person started from. Raises NotFound, Withdrawn, and
        Conflict where another revision holds by now.
        """
        with self._database.write() as connection:
            held = reading.held(connection, record_id)
            if held.status is Status.WITHDRAWN:
                raise Withdrawn(f"案例 {record_id} 已撤回，不能修改")
            if expected not in (None, held.revision):
                raise reading.conflict(held.content, held.revision, content, expected or 0)
            if content == held.content:
                return held.revision
            changes = Changes(connection, by)
            number = changes.update(held, content, note=note).revision
            changes.flush()
            return number

    def publish(self, record_id: str, reason: str = "", by: str = "import") -> None:
        """Makes a record public in its latest revision, one that waited included; no change where
        it is so already. Raises NotFound."""
        with self._database.write() as connection:
            held = reading.held(connection, record_id)
            if held.status is Status.PUBLISHED and held.latest == held.revision:
                return
            content = revisions.content_of(connection, record_id, held.latest)
            changes = Changes(connection, by)
            changes.publish(held, content, held.latest, reason)
            changes.flush()

    def withdraw(self, record_id: str, reason: str, by: str = "import") -> None:
        """Takes a record back; the reason is shown in its place and must hold no personal data.
        Raises NotFound, and KnowledgeBaseError where there is no reason."""
        if not reason.strip():
            raise KnowledgeBaseError("撤回案例须写明理由（将向公众显示，勿含个人信息）")
        with self._database.write() as connection:
            changes = Changes(connection, by)
            changes.withdraw(reading.held(connection, record_id), reason.strip())
            changes.flush()

    # Reading

    def case(self, record_id: str, *, any_status: bool = False) -> Case:
        """A record. Raises NotFound (drafts too), Withdrawn with the reason; any_status: gives
        drafts and withdrawn records as well, for those who may see them."""
        with self._database.read() as connection:
            return reading.case(connection, record_id, any_status=any_status)

    def cases(self, ids: Iterable[str]) -> list[Case]:
        """The public records among these ids, in their order; the others are left out."""
        with self._database.read() as connection:
            return reading.cases(connection, ids)

    def editions(self, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Of the public ones among these records the revision that is public, and the address the
        record was published at."""
        with self._database.read() as connection:
            return reading.editions(connection, ids)

    def commits(self) -> object | None:
        """Equal to what it was before only if nothing was committed in between; None where that
        cannot be told."""
        return self._database.commits.number()

    def all_published(self, batch_size: int = 200) -> Iterator[Case]:
        """Every public record, by source and place in it, as they all were at the first; only
        batch_size of them are in memory at a time."""
        with self._database.read() as connection:
            yield from reading.all_published(connection, batch_size)

    def published_ids(self) -> set[str]:
        """The ids of the public records."""
        return set(self.published_revisions())

    def published_revisions(self) -> dict[str, int]:
        """The id of each public record -> the revision that is public."""
        with self._database.read() as connection:
            return reading.published_revisions(connection)

    def count(self) -> int:
        """How many public records there are."""
        return sum(self.by_kind().values())

    def by_kind(self) -> dict[Kind, int]:
        """How many public records of each kind there are, of the kinds there are."""
        with self._database.read() as connection:
            return reading.by_kind(connection)

    def by_docket(self, normalised: str, *, any_status: bool = False) -> list[str]:
        """The ids of the records that bear this number (`kb.law.dockets.normalise`); often
        several."""
        with self._database.read() as connection:
            return reading.by_docket(connection, normalised, any_status=any_status)

    def dockets(self) -> dict[str, int]:
        """Every number that public records bear, as one of them prints it -> how many bear it."""
        with self._database.read() as connection:
            return reading.dockets(connection)

    def neighbours(self, case: Case) -> tuple[Link | None, Link | None]:
        """The public records before and after this one in its batch."""
        with self._database.read() as connection:
            return reading.neighbours(connection, case.id)

    def facts(self) -> Facts:
        """What there is, for the front page."""
        with self._database.read() as connection:
            return reading.facts(connection)

    def batches(self) -> list[Batch]:
        """The batches that have public records, newest first."""
        with self._database.read() as connection:
            return reading.batches(connection)

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        """All revisions of a record of any status, from the first. Raises NotFound."""
        with self._database.read() as connection:
            return revisions.revisions(connection, record_id)

    def revision(self, record_id: str, number: int) -> Content:
        """What a record of any status said in this revision. Raises NotFound."""
        with self._database.read() as connection:
            return revisions.content_of(connection, record_id, number)

    # The index queue

    def pending(self, limit: int = 1000) -> list[QueueItem]:
        """The oldest changes that the index has yet to take in."""
        with self._database.read() as connection:
            return queue.pending(connection, limit)

    def done(self, up_to: int) -> None:
        """Says that the index holds every change up to this seq."""
        with self._database.write() as connection:
            queue.done(connection, up_to)

    def backlog(self) -> int:
        """How many changes the index has yet to take in."""
        with self._database.read() as connection:
            return queue.backlog(connection)

    # The audit

    def audit(self, record_id: str | None = None) -> list[Entry]:
        """What was done, in order, to one record or to all."""
        with self._database.read() as connection:
            return list(audit.entries(connection, record_id))

    def verify_audit(self) -> Verdict:
        """Whether the audit is whole."""
        with self._database.read() as connection:
            return audit.verify(connection)
