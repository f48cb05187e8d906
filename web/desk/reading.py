"""Reads what was sent to be added, one file or address at a time, and tells what became of it. The
files themselves are not kept, only what was read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.check.files import check_file
from ingest.pipeline import Options, Outcome, SourceReport, ingest
from kb.errors import KnowledgeBaseError
from kb.model import Content, Source
from kb.store import Submitted
from kb.store.job import Done, Task, Touched
from web.desk.uploads import Uploads

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

DUPLICATES = "duplicates"
"""The gate whose failures are told beside a draft at once."""
_BEST_FIRST = (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.FAILED)


@dataclass
class _Keeper:
    """The base as an upload has it: nothing is published, and whoever sent it brought it in.
    Sources are named by content and file name, not by the folder in which they were for a moment.

    became: what the store said, by origin; elsewhere: an origin that held the same bytes.
    """

    kb: KnowledgeBase
    by: str
    folder: str
    became: dict[str, Submitted] = field(default_factory=dict)
    elsewhere: str = ""

    def known(self, origin: str) -> tuple[str, str] | None:
        return self.kb.known(self.named(origin))

    def same_bytes(self, sha256: str) -> str | None:
        found = self.kb.same_bytes(sha256)
        self.elsewhere = found or ""
        return found

    def unpublished(self, origin: str) -> tuple[str, ...]:
        return self.kb.unpublished(self.named(origin))

    def submit(
        self, source: Source, contents: tuple[Content, ...], *, parser: str, publish: bool
    ) -> Submitted:
        # Of a published case the new reading waits at the desk; nothing here is seen at once.
        del publish
        origin = self.named(source.origin)
        named = replace(source, origin=origin)
        done = self.kb.submit(named, contents, parser=parser, publish=False, by=self.by)
        self.became[origin] = done
        return done

    def named(self, origin: str) -> str:
        return f"upload/{origin.removeprefix(self.folder)}" if self._mine(origin) else origin

    def _mine(self, origin: str) -> bool:
        return bool(self.folder) and origin.startswith(self.folder)


def read(kb: KnowledgeBase, uploads: Uploads, task: Task) -> Done:
    """Reads one item into drafts. Read again after it was broken off it gives the same drafts, and
    says that they were added."""
    file = uploads.path(task.data["file"]) if "file" in task.data else None
    folder = f"{uploads.path(task.options['folder']).as_posix()}/"
    keeper = _Keeper(kb, task.who, folder if file else "")
    named = str(file) if file else task.data["address"]
    # What was read before is skipped, and nothing is told then of cases that others have already.
    again = task.tries > 1 or not kb.desk.jobs.queue.of_origin(keeper.named(named), task.made)
    options = Options(batch=task.options["batch"])
    report = ingest(keeper, [named], options, publish=False, force=again)
    drafts = [one for part in report.sources for one in _touched(keeper, part, task, file)]
    outcomes = [part.outcome for part in report.sources]
    if any(one.became == Outcome.ADDED for one in drafts):
        outcomes.append(Outcome.ADDED)
    return Done(
        min(outcomes, key=_BEST_FIRST.index, default=Outcome.FAILED).value,
        all(outcome is Outcome.FAILED for outcome in outcomes),
        tuple(_with_twins(kb, one) for one in drafts),
        tuple(_named(str(error)) for part in report.sources for error in part.errors),
        (
            *(_named(warning) for part in report.sources for warning in part.warnings),
            *(_beside(file) if file else ()),
        ),
    )


def _named(said: str) -> str:
    """With files called by their names alone, as whoever sent them knows them."""
    return re.sub(r"upload/[0-9a-f]{12}/", "", said)


def _touched(
    keeper: _Keeper, report: SourceReport, task: Task, file: Path | None
) -> Iterator[Touched]:
    """The records of a source in their order, and those that have its texts already."""
    if report.outcome is Outcome.FAILED:
        return
    origin = keeper.named(report.origin)
    done = keeper.became.get(origin, Submitted())
    records = keeper.kb.desk.jobs.queue.of_origin(origin, task.made)
    if not records and file and keeper.elsewhere:
        records = keeper.kb.desk.jobs.queue.of_origin(keeper.elsewhere, task.made)
    for record, fresh in records.items():
        if record in done.added or (fresh and task.tries > 1):
            yield Touched(record, Outcome.ADDED.value)
        elif record in done.held:
            yield Touched(record, "held")
        elif record not in done.missing:
            became = Outcome.UPDATED if record in done.updated else Outcome.UNCHANGED
            yield Touched(record, became.value)
    for record, _ in done.duplicates:
        yield Touched(record, "duplicate")


def _with_twins(kb: KnowledgeBase, one: Touched) -> Touched:
    """With what stands in a draft's way because another has its text."""
    try:
        found = kb.desk.failures(kb.desk.draft(one.record))
    except KnowledgeBaseError:  # the gate says so again when it counts
        return one
    return replace(one, note="；".join(f.message for f in found if f.gate == DUPLICATES))


def _beside(file: Path) -> tuple[str, ...]:
    """What the file says beside its text, which would go out with it."""
    return tuple(f"“{one.quote}”：{one.why}" for one in check_file(file.read_bytes()))
