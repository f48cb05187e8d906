"""From what a user names to records in the base: read, lay out, extract, submit."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Protocol

from ingest.check.files import check_file
from ingest.document import SourceDocument
from ingest.extract import Options, enrich
from ingest.inputs import Input, Inputs, expand, shown
from ingest.layout import parse
from ingest.read import read_many_bytes
from ingest.read.fetch import fetch
from ingest.report import Outcome, Problem, Report, SourceReport
from kb.digest import digest, ending
from kb.errors import BadSource, KnowledgeBaseError
from kb.model import Beside, Content, Source
from kb.store import Submitted

PIPELINE_VERSION = "2"
"""Of the code of reading, layouts and extraction together; raised when a page would be read in
another way, so that sources read before are read again. `parser_version` adds the data files."""

# Data files that say nothing of how a page is read.
_NOT_FOR_READING = frozenset(
    [
        *("tiles.csv", "crosswalk.csv", "parallel.toml", "outcome_families.toml"),
        *("gates.toml", "columns.toml"),
    ]
)
_LARGEST = 100_000_000  # bytes of a file
_log = logging.getLogger(__name__)


def parser_version() -> str:
    """The version of everything that decides how a page is read, the words that layouts and
    extraction know included: "1-0123456789ab"."""
    knowledge = [
        file
        for file in ending(resources.files("kb") / "data", (".toml", ".csv"))
        if file.name not in _NOT_FOR_READING
    ]
    words = ending(resources.files("ingest") / "read", (".toml",))
    return f"{PIPELINE_VERSION}-{digest((*knowledge, *words))}"


class Keeper(Protocol):
    """Where records go: `kb.service.KnowledgeBase`."""

    def known(self, origin: str) -> tuple[str, str] | None:
        """The SHA-256 and pipeline version of what was last stored from an origin."""

    def same_bytes(self, sha256: str) -> str | None:
        """An origin that already holds these bytes."""

    def unpublished(self, origin: str) -> tuple[str, ...]:
        """The records of an origin that the desk has as drafts."""

    def submit(
        self, source: Source, contents: tuple[Content, ...], *, parser: str, publish: bool
    ) -> Submitted:
        """Stores all that a source holds, in one transaction."""


class Progress(Protocol):
    """Whoever shows how far an import has come."""

    def start(self, total: int) -> None:
        """Before the first of so many sources."""

    def step(self, origin: str) -> None:
        """After each source."""

    def finish(self) -> None:
        """At the end, also an early one."""


def ingest(
    kb: Keeper,
    inputs: Iterable[str],
    options: Options,
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
    publish: bool = True,
    allow_private: bool = False,
    force: bool = False,
) -> Report:
    """Takes in files, folders, globs and URLs.

    One source that fails does not stop the others; each is stored in a transaction of its own, so
    that an interrupted import goes on where it stopped: a source whose bytes have not changed since
    is skipped unread. dry_run stores nothing. publish: records are seen at once. allow_private:
    see `ingest.read.fetch.fetch`. force: reads again what was read before.
    """
    found = expand(inputs)
    run = _Run(kb, options, dry_run, publish, allow_private, force)
    reports: list[SourceReport] = []
    if progress:
        progress.start(len(found.inputs))
    try:
        for item in found.inputs:
            reports.extend(run.take(item))
            if progress:
                progress.step(item.origin)
    finally:
        if progress:
            progress.finish()
    return Report(tuple(reports), ignored=found.ignored)


class _Run:
    """One import: what holds for all of its sources."""

    def __init__(
        self,
        kb: Keeper,
        options: Options,
        dry_run: bool,
        publish: bool,
        allow_private: bool,
        force: bool,
    ) -> None:
        self._kb, self._options, self._force = kb, options, force
        self._version = parser_version()
        self._parser = " ".join([self._version, *_said(options)])
        self._dry_run, self._publish, self._allow_private = dry_run, publish, allow_private

    def take(self, item: Input) -> list[SourceReport]:
        """The reports of one input: one, or of JSON Lines one a line."""
        if item.problem:
            return [SourceReport(item.origin, Outcome.FAILED, errors=(Problem("", item.problem),))]
        reports: list[SourceReport] = []

        def whole() -> SourceReport | None:
            data, content_type, url = self._bytes(item)
            sha256 = hashlib.sha256(data).hexdigest()
            if skipped := self._skip(item.origin, sha256):
                return skipped
            beside = _beside(data)
            for document in read_many_bytes(data, item.origin, content_type=content_type, url=url):
                if beside and isinstance(document, SourceDocument):
                    document = replace(document, beside=beside)
                reports.append(self._document(document, item.origin))
            return None

        stopped = _guarded(item.origin, whole)
        return [*reports, stopped] if stopped else reports

    def _bytes(self, item: Input) -> tuple[bytes, str, str]:
        """The bytes of an input, with the content type and address of a page from the web."""
        if item.is_url:
            page = fetch(item.origin, allow_private=self._allow_private)
            return page.bytes, page.content_type, page.url
        path = Path(item.path)
        try:
            if path.stat().st_size > _LARGEST:
                raise BadSource(item.origin, f"文件超过 {_LARGEST // 1_000_000} MB，请拆分后再导入")
            return path.read_bytes(), "", ""
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise BadSource(item.origin, f"打不开文件（{reason}）") from error

    def _skip(self, origin: str, sha256: str) -> SourceReport | None:
        """A report instead of a reading, where the very bytes were read before by this version."""
        if self._force and self._kb.known(origin):
            return None
        if self._read_before(origin, sha256):
            return SourceReport(origin, Outcome.UNCHANGED, warnings=self._drafts(origin))
        other = self._kb.same_bytes(sha256)
        if other and other != origin and self._read_before(other, sha256):
            warning = f"与已导入的 {shown(other)} 逐字节相同，未重复导入"
            return SourceReport(origin, Outcome.UNCHANGED, warnings=(warning, *self._drafts(other)))
        return None

    def _drafts(self, origin: str) -> tuple[str, ...]:
        """That what was read before is not public, for whoever wants it to be."""
        return tuple(_unpublished(self._kb.unpublished(origin))) if self._publish else ()

    def _read_before(self, origin: str, sha256: str) -> bool:
        """Whether these bytes were read by this version, with the same options if any are given."""
        known_sha256, parser = self._kb.known(origin) or ("", "")
        as_now = self._parser if _said(self._options) else self._version
        return known_sha256 == sha256 and (parser == as_now or parser.startswith(f"{as_now} "))

    def _document(self, document: SourceDocument | BadSource, origin: str) -> SourceReport:
        if isinstance(document, BadSource):
            return _failed(document.origin or origin, document)

        def one() -> SourceReport:
            return self._skipped_line(document, origin) or self._stored(document)

        report = _guarded(document.origin, one)
        return _placed(report or SourceReport(document.origin, Outcome.UNCHANGED), document)

    def _skipped_line(self, document: SourceDocument, origin: str) -> SourceReport | None:
        """A line of JSON Lines is a source of its own; a whole file was looked up before."""
        return None if document.origin == origin else self._skip(document.origin, document.sha256)

    def _stored(self, document: SourceDocument) -> SourceReport:
        contents = tuple(enrich(content, document, self._options) for content in parse(document))
        titles = tuple(content.title for content in contents)
        warnings = tuple(_warnings(contents))
        if self._dry_run:
            return SourceReport(document.origin, Outcome.DRY_RUN, titles=titles, warnings=warnings)
        submitted = self._kb.submit(
            document.as_source(), contents, parser=self._parser, publish=self._publish
        )
        return SourceReport(
            document.origin,
            _outcome(submitted),
            record_ids=(*submitted.added, *submitted.updated, *submitted.unchanged),
            titles=titles,
            warnings=(*warnings, *_notes(submitted)),
        )


def _beside(data: bytes) -> tuple[Beside, ...]:
    """What the file says beside its text, for whoever publishes its cases."""
    return tuple(Beside(one.rule, one.quote, one.why) for one in check_file(data))


def _said(options: Options) -> list[str]:
    """The options that were given, as they are kept beside the version."""
    given = {name: getattr(options, name) for name in ("publisher", "batch", "region")}
    return [f"{name}={value}" for name, value in given.items() if value]


def _guarded(origin: str, work: Callable[[], SourceReport | None]) -> SourceReport | None:
    """What the work reports, or its failure; a fault of ours is logged with its traceback."""
    try:
        return work()
    except BadSource as bad:
        return _failed(origin, bad)
    except KnowledgeBaseError as error:
        return SourceReport(origin, Outcome.FAILED, errors=(Problem("", str(error)),))
    except Exception as error:
        _log.exception("ingest of %s failed", origin)
        reason = f"程序内部错误 {type(error).__name__}：{error}（详见日志，请向维护者报告）"
        return SourceReport(origin, Outcome.FAILED, errors=(Problem("", reason),))


def _failed(origin: str, bad: BadSource) -> SourceReport:
    return SourceReport(origin, Outcome.FAILED, errors=(Problem(bad.place, bad.reason),))


def _placed(report: SourceReport, document: SourceDocument) -> SourceReport:
    """The report with the line of JSON Lines it is of, which its origin does not tell."""
    if document.media != "jsonl":
        return report
    line = document.blocks[0].place
    return replace(
        report,
        warnings=tuple(f"{line}：{warning}" for warning in report.warnings),
        errors=tuple(replace(error, place=error.place or line) for error in report.errors),
    )


def _outcome(submitted: Submitted) -> Outcome:
    if submitted.added:
        return Outcome.ADDED
    return Outcome.UPDATED if submitted.updated else Outcome.UNCHANGED


def _warnings(contents: tuple[Content, ...]) -> Iterator[str]:
    """The warnings of all cases, each with the case it is of where there are several."""
    shared = set[str]()
    if contents:
        shared = set.intersection(*(set(content.warnings) for content in contents))
        yield from (warning for warning in contents[0].warnings if warning in shared)
    for content in contents:
        for warning in content.warnings:
            if warning not in shared:
                yield f"《{content.title}》：{warning}"


def _notes(submitted: Submitted) -> Iterator[str]:
    for record_id, title in submitted.duplicates:
        yield f"《{title}》与已有记录 {record_id} 相同，未重复收录"
    if submitted.missing:
        yield f"原有记录 {'、'.join(submitted.missing)} 在新版来源中已不见，请人工核对"
    if submitted.held:
        yield f"记录 {'、'.join(submitted.held)} 的改动待人工确认"
    yield from _unpublished(submitted.unpublished)


def _unpublished(records: tuple[str, ...]) -> Iterator[str]:
    if records:
        yield f"记录 {'、'.join(records)} 是审核台的草稿，未发布：请在审核台审核、发布"


__all__ = [
    "PIPELINE_VERSION",
    "Inputs",
    "Keeper",
    "Options",
    "Outcome",
    "Problem",
    "Progress",
    "Report",
    "SourceReport",
    "ingest",
    "parser_version",
]
