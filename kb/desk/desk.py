"""The desk: what those who enter, check and publish cases may ask and do. Every change is one
transaction, written to the audit, and made only by someone who may make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from kb.accounts import Actor, UserRole
from kb.desk import citing, compact, flow, text
from kb.desk.duplicates import Duplicates
from kb.desk.flow import Rule, Step
from kb.desk.gates import Failure, Gate, failures, is_open, standing
from kb.errors import BadRequest, Forbidden, GatesClosed, NotFound, Sealed, WrongStage
from kb.law.statutes import Registry
from kb.law.statutes import registry as shipped
from kb.model import Case, Content, Span, Status
from kb.store import reading
from kb.store.audit import Action, Entry, Verdict
from kb.store.desk import Correction, DeskStore, Draft, Work
from kb.store.looks import Look
from kb.store.names import Named
from kb.store.remarks import Comment, Override, Unfinished
from kb.store.revisions import Revision
from kb.store.sources import Note
from kb.store.worklist import Neighbour, WorkList, WorkQuery

NEUTRAL = "来源文件"
"""What readers can be told instead of a file's name."""


class Desk:
    """Safe to share between threads. gates: what must be well before publishing. reindex: called
    when what readers have has changed, so that it is found, or no longer found, at once.
    open_words: gives the personal information that stands open in a content. secret: what failures
    are named by whose words must not be said. registry: the statutes known today.

    Methods that take a record raise NotFound; those that take an actor, Forbidden.
    """

    def __init__(
        self,
        store: DeskStore,
        reindex: Callable[[], object] = lambda: None,
        gates: Iterable[Gate] = (),
        registry: Callable[[], Registry] = shipped,
    ) -> None:
        self._store, self._reindex, self._registry = store, reindex, registry
        self.together, self.jobs, self.originals = store.together, store.jobs, store.originals
        self.duplicates = Duplicates(store.alike)
        self.gates: tuple[Gate, ...] = tuple(gates)
        self.open_words: Callable[[Content], frozenset[str]] = lambda _: frozenset()
        self.secret = ""

    # Looking

    def work(self, query: WorkQuery = WorkQuery()) -> WorkList:  # noqa: B008 - it is frozen
        """A page of the work there is, with counts."""
        found = self._store.work(query)
        return replace(found, items=tuple(citing.today(found.items, self._registry)))

    def beside(
        self, query: WorkQuery, record_id: str, at: datetime | None = None
    ) -> tuple[Neighbour | None, Neighbour | None]:
        """The records before and after one in a list of work, see `kb.store.worklist.beside`."""
        return self._store.beside(query, record_id, at)

    def draft(self, record_id: str) -> Draft:
        """A record as the desk has it, whatever its stage. What a source left open of the statutes
        it cites is settled as they are known today, until the record is published."""
        [draft] = citing.today([self._store.draft(record_id)], self._registry)
        return draft

    def drafts(self, record_ids: Iterable[str]) -> list[Draft]:
        """Records as the desk has them, in this order."""
        return citing.today(self._store.drafts(record_ids), self._registry)

    def named(self) -> tuple[Named, ...]:
        """Every record by the names it may be called."""
        return self._store.named()

    def case(self, record_id: str) -> Case:
        """A record with its source, in the revision that readers have or had."""
        return self._store.case(record_id)

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        """Every revision from the first."""
        return self._store.revisions(record_id)

    def revision(self, record_id: str, number: int) -> Content:
        """What a record said in a revision. Raises Sealed where that was put away."""
        return self._store.revision(record_id, number)

    def original(self, record_id: str, number: int, actor: Actor) -> Content:
        """A revision that was put away when the case was published; that someone sees it is written
        down. Raises NotFound where it is not kept."""
        flow.check_sees_originals(actor)
        with self._store.working_on(record_id, actor.who) as work:
            return work.original(number)

    def source(self, record_id: str) -> Note:
        """What the desk should know of a record's source."""
        return self._store.note(record_id)

    def show_source_as(self, record_id: str, shown: str, actor: Actor) -> None:
        """What readers are told instead of the name of the file that a record came from: NEUTRAL,
        or "" for the name; the same for all records of that file. Raises BadRequest for any other
        word, WrongStage for the name once a case of the file has passed the gates: they looked at
        it hidden."""
        if not actor.may(UserRole.EDITOR):
            raise Forbidden("改来源名称须有“编辑”角色")
        if shown not in ("", NEUTRAL):
            raise BadRequest("shown", f"只能以“{NEUTRAL}”代替文件名")
        with self._store.working_on(record_id, actor.who) as work:
            if not shown and work.source_is_out():
                raise WrongStage("这个文件里有案例已公开或待发布，不能再显示文件名")
            work.show_source_as(shown)
        self._reindex()

    def steps(self, draft: Draft, actor: Actor) -> tuple[Step, ...]:
        """The steps that someone may take with a draft now; gates may still be closed."""
        return flow.steps(draft, actor)

    def failures(self, draft: Draft) -> tuple[Failure, ...]:
        """What stands against publishing a draft, that two persons did not let pass."""
        return standing(failures(self.gates, draft), self._store.overrides(draft.id))

    def corrections(self, record_id: str) -> tuple[Correction, ...]:
        """What readers are told of corrections, newest first."""
        return self._store.corrections(record_id)

    # Editing

    def save(
        self,
        record_id: str,
        content: Content,
        actor: Actor,
        expected: int,
        note: str = "",
        *,
        together: int | None = None,
    ) -> int:
        """Saves a draft as a new revision and gives its number; what the actor had unfinished ends.
        Saving what is public begins a correction of it.

        expected: the revision that was edited. together: the edits it is one of, see
        `kb.desk.together`. Raises Conflict with both contents where another was saved meanwhile,
        WrongStage where it is no draft, BadRequest for a content that cannot be
        one. A content that is the same makes no revision.
        """
        text.check(content)
        with self._editing(record_id, actor, expected, content) as work:
            number = self._save(work, content, actor, note)
            if together is not None:
                work.keep_together(together, number)
            return number

    def restore(self, record_id: str, number: int, actor: Actor, expected: int) -> int:
        """Makes an earlier revision, or one that waits, the draft again, as a new one; gives its
        number. Raises as `save` does."""
        with self._editing(record_id, actor, expected, None) as work:
            try:
                content = work.revision(number)
            except Sealed:
                if not flow.sees_originals(actor):
                    raise
                content = work.original(number, taken_up=True)
            return self._save(work, content, actor, f"恢复第 {number} 版", restored=True)

    def keep_unfinished(
        self, record_id: str, actor: Actor, revision: int, data: Mapping[str, str]
    ) -> None:
        """Keeps what someone has typed and not saved, in place of what was kept; no revision.
        data: as the page wants it back."""
        self._check_part(actor)
        with self._store.working_on(record_id, actor.who) as work:
            work.keep_unfinished(revision, data)

    def unfinished(self, record_id: str, actor: Actor) -> Unfinished | None:
        """What the actor has unfinished on a record."""
        mine = (one for one in self._store.unfinished(record_id) if one.who == actor.name)
        return next(mine, None)

    def others_at_work(self, record_id: str, actor: Actor) -> tuple[Unfinished, ...]:
        """What others have unfinished on a record."""
        return tuple(one for one in self._store.unfinished(record_id) if one.who != actor.name)

    def forget_unfinished(self, record_id: str, actor: Actor) -> None:
        """Throws away what the actor has unfinished on a record."""
        with self._store.working_on(record_id, actor.who) as work:
            work.forget_unfinished(actor.name)

    # The flow

    def take(
        self,
        record_id: str,
        step: str,
        actor: Actor,
        expected: int,
        *,
        reason: str = "",
        note: str = "",
    ) -> Draft:
        """Takes a step of `flow.STEPS`; gives the draft as it then is.

        expected: the revision that the actor saw. reason: for the steps that need one; of a
        withdrawal, readers see it. note: what readers are told of a correction. Raises Conflict
        where it is another revision by now, WrongStage, BadRequest for a missing reason or note,
        and GatesClosed with the failures.
        """
        draft = self.draft(record_id)
        taken = flow.step(step, draft, actor)
        flow.check_reason(taken, reason)
        # Gates may take long: they look before the transaction, which then holds to the revision.
        closed = self.failures(draft) if Rule.GATES in taken.rules else ()
        leaking = self._leaking(draft) if taken.name == "publish" and not closed else ()
        with self._store.working_on(record_id, actor.who) as work:
            _check_revision(work.draft, expected, None)
            taken = flow.step(step, work.draft, actor)
            flow.check_note(taken, work.draft, note)
            if closed:
                if is_open(closed):
                    work.viewed("")  # the refusal says what stands open
            elif taken.name == "publish":
                [shown] = citing.today([work.draft], self._registry)
                work.publish(note.strip(), leaking, shown.content)
            else:
                _take(work, taken, actor, reason.strip())
        if closed:
            told = "；".join(failure.message for failure in closed[:3])
            raise GatesClosed(f"还有 {len(closed)} 项未通过，不能发布：{told}", closed)
        if taken.to is Status.WITHDRAWN or taken.name == "publish":
            self._reindex()
        return self.draft(record_id)

    def assign(self, record_id: str, assignee: str, actor: Actor) -> None:
        """Gives a draft to someone, or to nobody (""). Raises WrongStage for what is no draft."""
        self._check_part(actor)
        with self._store.working_on(record_id, actor.who) as work:
            flow.check_open(work.draft)
            if work.draft.assignee != assignee:
                work.assign(assignee)

    # Overrides of gates

    def overrides(self, record_id: str) -> tuple[Override, ...]:
        """The failures that someone would let pass, with those agreed to."""
        return self._store.overrides(record_id)

    def ask_override(self, record_id: str, gate: str, key: str, actor: Actor, reason: str) -> int:
        """Asks that a failure be let pass; it counts once another person agrees. Raises BadRequest
        for no reason, NotFound where nothing fails so."""
        self._check_part(actor)
        if not reason.strip():
            raise BadRequest("reason", "放行须写明理由")
        found = self.failures(self.draft(record_id))
        if not any((one.gate, one.key) == (gate, key) for one in found):
            raise NotFound("没有这一项未通过的检查，请刷新")
        with self._store.working_on(record_id, actor.who) as work:
            return work.ask_override(gate, key, reason.strip())

    def confirm_override(self, record_id: str, override: int, actor: Actor) -> None:
        """Agrees to let a failure pass, as a second person."""
        if not actor.may(UserRole.REVIEWER, UserRole.PUBLISHER):
            raise Forbidden("同意放行须有“审核”或“发布”角色")
        with self._store.working_on(record_id, actor.who) as work:
            asked = next((one for one in work.overrides() if one.id == override), None)
            if asked is None:
                raise NotFound(f"没有编号为 {override} 的放行申请")
            if asked.who == actor.name:
                raise Forbidden("放行须由另一人同意")
            if not asked.second:
                work.confirm_override(asked)

    # Comments, views, looks

    def comments(self, record_id: str) -> tuple[Comment, ...]:
        """The remarks on a record, oldest first."""
        return self._store.comments(record_id)

    def comment(
        self, record_id: str, actor: Actor, words: str, about: str = "", span: Span | None = None
    ) -> int:
        """A remark on a draft, on a field of it (about) or a stretch of its text. Raises
        BadRequest for no words."""
        self._check_part(actor)
        if not words.strip():
            raise BadRequest("text", "批注不能为空")
        with self._store.working_on(record_id, actor.who) as work:
            return work.comment(words.strip(), about, span)

    def settle(self, record_id: str, comment: int, actor: Actor) -> None:
        """That a remark was dealt with. Raises NotFound for one that is none of this record's."""
        self._check_part(actor)
        with self._store.working_on(record_id, actor.who) as work:
            work.settle(comment)

    def viewed_unmasked(self, record_id: str, actor: Actor, why: str = "") -> None:
        """Writes down that someone looks at unmasked text; to be called before it is shown."""
        self._check_part(actor)
        with self._store.working_on(record_id, actor.who) as work:
            work.viewed(why)

    def viewed(self, record_id: str, found: Iterable[Failure], actor: Actor, why: str = "") -> None:
        """The same where something stands open among what the gates found; to be called before the
        text is shown."""
        if is_open(found):
            self.viewed_unmasked(record_id, actor, why)

    def looks(self, *, done: bool = False, limit: int = 100, after: int = 0) -> list[Look]:
        """Public cases to be looked at again since a statute they cite has changed, oldest first;
        or those that were. after: the id of the last one of the page before."""
        return self._store.looks(done=done, limit=limit, after=after)

    def open_looks(self) -> int:
        """How many are to be looked at."""
        return self._store.open_looks()

    def looked(self, look: int, actor: Actor, note: str = "") -> None:
        """Ends a look. Raises NotFound."""
        self._check_part(actor)
        self._store.looked(look, actor.who, note.strip())

    # The audit

    def entries(
        self,
        record_id: str | None = None,
        *,
        limit: int = 100,
        before: int | None = None,
        who: str | None = None,
        action: Action | None = None,
    ) -> list[Entry]:
        """The latest rows of the audit, newest first; of one record, of one person, of one kind, or
        of all. before: a seq."""
        return self._store.entries(record_id, limit=limit, before=before, who=who, action=action)

    def verify_audit(self) -> Verdict:
        """Whether the audit is whole."""
        return self._store.verify_audit()

    @contextmanager
    def _editing(
        self, record_id: str, actor: Actor, expected: int, content: Content | None
    ) -> Iterator[Work]:
        with self._store.working_on(record_id, actor.who) as work:
            flow.check_edit(work.draft, actor)
            _check_revision(work.draft, expected, content)
            yield work

    def _save(
        self, work: Work, content: Content, actor: Actor, note: str, *, restored: bool = False
    ) -> int:
        [shown] = citing.today([work.draft], self._registry)
        if content in (work.draft.content, shown.content):
            work.forget_unfinished(actor.name)
            return work.draft.revision
        base = work.draft.content
        if not restored:  # it was edited as it is shown
            base, note = citing.before(base, shown.content, content, note)
        return work.save(content, note, compact.changes(base, content))

    def _leaking(self, draft: Draft) -> tuple[int, ...]:
        """The revisions that were public and said what the draft no longer says."""
        if not draft.was_public:
            return ()
        now = self.open_words(draft.content)
        return tuple(
            number
            for number, content in self._store.public_before(draft.id)
            if self.open_words(content) - now
        )

    def _check_part(self, actor: Actor) -> None:
        if not actor.may(UserRole.EDITOR, UserRole.REVIEWER, UserRole.PUBLISHER):
            raise Forbidden("须有“编辑”“审核”或“发布”角色")


def _check_revision(draft: Draft, expected: int, content: Content | None) -> None:
    if draft.revision != expected:
        raise reading.conflict(draft.content, draft.revision, content, expected)


def _take(work: Work, step: Step, actor: Actor, reason: str) -> None:
    if step.to is Status.WITHDRAWN and work.draft.status is not Status.WITHDRAWN:
        work.withdraw(reason)  # of one that is withdrawn the tombstone stays as it is
    else:
        columns = flow.columns_after(step, work.draft, actor)
        work.move(step.name, step.to, reason, **columns)
        if step.name == "drop":
            work.put_back()
