"""Statutes in the store: works, versions, articles, and how many records cite which article.

Every method is one transaction. What puts texts in stands in `kb.store.statute_writing`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    bindparam,
    cast,
    delete,
    func,
    select,
)

from kb.law.imported import Placed
from kb.law.statutes import WorkKind
from kb.law.text import Article
from kb.model import Status
from kb.store import statute_writing as writing
from kb.store.database import Database
from kb.store.rows import KEY_LENGTH
from kb.store.statute_tables import (
    ArticleRow,
    StatuteQueueRow,
    StatuteSourceRow,
    VersionRow,
    WorkRow,
)
from kb.store.statute_writing import Stored
from kb.store.tables import ClaimRow, MetaRow, RecordRow


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version whose text is here. day: as in addresses, the day in force where certain, else
    the earliest it can be. rule: where that was read. articles: how many."""

    work: str
    day: date
    dated: date | None
    certain: bool
    rule: str
    articles: int
    history: tuple[str, ...] = ()
    preamble: str = ""


@dataclass(frozen=True, slots=True)
class StoredWork:
    """A statute with the versions that are here, oldest first; at least one."""

    title: str
    full_title: str
    kind: WorkKind | None
    issuer: str
    versions: tuple[StoredVersion, ...]


@dataclass(frozen=True, slots=True)
class StatuteCounts:
    """works, versions, articles that are here."""

    works: int
    versions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Citing:
    """How many public records cite an article, in the version they mean; None where they leave it
    open."""

    article: int | str
    version: date | None
    records: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that the index has yet to take in, or to drop where it is here no more."""

    seq: int
    work: str
    day: date


class StatuteStore:
    """Safe to share between threads. Raises KnowledgeBaseError where the database cannot be used.
    A work is asked for by its title as stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, texts: Iterable[Placed], *, reader: str) -> list[Stored]:
        """Stores texts, all or none."""
        with self._database.write() as connection:
            return writing.put(connection, texts, reader=reader)

    def known(self) -> dict[str, tuple[str, str]]:
        """Each file's origin -> (sha256, reader) it was last read with."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(StatuteSourceRow.origin, StatuteSourceRow.sha256, StatuteSourceRow.reader)
            )
            return {row.origin: (row.sha256, row.reader) for row in rows}

    def state(self) -> str:
        """Changes whenever a statute does."""
        with self._database.read() as connection:
            query = select(MetaRow.value).where(MetaRow.key == writing.STATE)
            return connection.execute(query).scalar() or "0"

    def counts(self) -> StatuteCounts:
        with self._database.read() as connection:
            row = connection.execute(
                select(
                    func.count(func.distinct(VersionRow.work_id)),
                    func.count(),
                    func.coalesce(func.sum(VersionRow.articles), 0),
                ).select_from(VersionRow)
            ).one()
            return StatuteCounts(row[0], row[1], int(row[2]))

    def works(self) -> list[StoredWork]:
        """Every work by title, its versions without history and preamble."""
        with self._database.read() as connection:
            return _works(connection.execute(_WORKS.order_by(WorkRow.title, VersionRow.day)))

    def work(self, title: str) -> StoredWork | None:
        """The work with whole versions."""
        with self._database.read() as connection:
            rows = connection.execute(_WHOLE_WORK, {"title": title})
            return next(iter(_works(rows)), None)

    def articles(self, title: str, day: date) -> tuple[Article, ...]:
        """The articles of a version in the order of their numbers."""
        with self._database.read() as connection:
            return _articles(connection, title, day)

    def article(self, title: str, day: date, number: int | str) -> Article | None:
        main, _, inserted = str(number).partition("之")
        with self._database.read() as connection:
            asked = {"title": title, "day": day, "main": int(main), "inserted": int(inserted or 0)}
            row = connection.execute(_ARTICLE, asked).first()
            return _article(row) if row else None

    def texts(self) -> Iterator[tuple[StoredVersion, tuple[Article, ...]]]:
        """Every version with its articles, a version in memory at a time."""
        for work in self.works():
            whole = self.work(work.title)
            for version in whole.versions if whole else ():
                yield version, self.articles(work.title, version.day)

    def citing(self, title: str) -> list[Citing]:
        """How many public records cite each article of a work; one question."""
        with self._database.read() as connection:
            article, version = _cited(connection)
            query = (
                select(article, version, func.count(func.distinct(ClaimRow.record_id)))
                .join(RecordRow, RecordRow.id == ClaimRow.record_id)
                .where(
                    ClaimRow.field == "citations",
                    ClaimRow.key == title[:KEY_LENGTH],
                    ClaimRow.holds,
                    RecordRow.status == Status.PUBLISHED.value,
                    article.is_not(None),
                )
                .group_by(article, version)
            )
            return [
                Citing(
                    int(row[0]) if str(row[0]).isdigit() else str(row[0]),
                    date.fromisoformat(row[1]) if row[1] else None,
                    row[2],
                )
                for row in connection.execute(query)
            ]

    # The index's queue

    def waiting(self, limit: int) -> list[Waiting]:
        """The oldest changes; a version may stand there several times."""
        query = select(StatuteQueueRow.__table__).order_by(StatuteQueueRow.seq).limit(limit)
        with self._database.read() as connection:
            return [Waiting(row.seq, row.title, row.day) for row in connection.execute(query)]

    def backlog(self) -> int:
        with self._database.read() as connection:
            return connection.execute(
                select(func.count()).select_from(StatuteQueueRow)
            ).scalar_one()

    def done(self, up_to: int) -> None:
        """Forgets the changes up to this seq, which the index now holds."""
        with self._database.write() as connection:
            connection.execute(delete(StatuteQueueRow).where(StatuteQueueRow.seq <= up_to))


_SHORT = (
    WorkRow.title,
    WorkRow.full_title,
    WorkRow.kind,
    WorkRow.issuer,
    VersionRow.day,
    VersionRow.dated,
    VersionRow.certain,
    VersionRow.rule,
    VersionRow.articles,
)
_WORKS = select(*_SHORT).join(VersionRow, VersionRow.work_id == WorkRow.id)
_WHOLE_WORK = (
    select(*_SHORT, VersionRow.history, VersionRow.preamble)
    .join(VersionRow, VersionRow.work_id == WorkRow.id)
    .where(WorkRow.title == bindparam("title"))
    .order_by(VersionRow.day)
)
_ARTICLES = (
    select(
        ArticleRow.number,
        ArticleRow.inserted,
        ArticleRow.headings,
        ArticleRow.text,
        ArticleRow.line,
    )
    .join(VersionRow, VersionRow.id == ArticleRow.version_id)
    .join(WorkRow, WorkRow.id == VersionRow.work_id)
    .where(WorkRow.title == bindparam("title"), VersionRow.day == bindparam("day"))
)
_ALL_ARTICLES = _ARTICLES.order_by(ArticleRow.number, ArticleRow.inserted)
_ARTICLE = _ARTICLES.where(
    ArticleRow.number == bindparam("main"), ArticleRow.inserted == bindparam("inserted")
)


def _works(rows: Iterable[Any]) -> list[StoredWork]:
    """Rows, those of one work together, to works."""
    works: list[StoredWork] = []
    versions: list[StoredVersion] = []
    for row in rows:
        if not works or works[-1].title != row.title:
            versions = []
            kind = WorkKind(row.kind) if row.kind else None
            works.append(StoredWork(row.title, row.full_title, kind, row.issuer, ()))
        versions.append(_version(row))
        last = works[-1]
        works[-1] = StoredWork(last.title, last.full_title, last.kind, last.issuer, tuple(versions))
    return works


def _version(row: Any) -> StoredVersion:
    whole = hasattr(row, "history")
    return StoredVersion(
        work=row.title,
        day=row.day,
        dated=row.dated,
        certain=row.certain,
        rule=row.rule,
        articles=row.articles,
        history=tuple(json.loads(row.history)) if whole else (),
        preamble=row.preamble if whole else "",
    )


def _articles(connection: Connection, title: str, day: date) -> tuple[Article, ...]:
    rows: Sequence[Any] = connection.execute(_ALL_ARTICLES, {"title": title, "day": day}).all()
    return tuple(_article(row) for row in rows)


def _article(row: Any) -> Article:
    number = f"{row.number}之{row.inserted}" if row.inserted else row.number
    return Article(number, row.text, tuple(json.loads(row.headings)), row.line)


def _cited(connection: Connection) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The article and the version of a citation, out of the JSON of its claim."""
    if connection.dialect.name == "sqlite":
        return (
            func.json_extract(ClaimRow.value, "$.article"),
            func.json_extract(ClaimRow.value, "$.version"),
        )
    value = func.json_extract_path_text
    json_value = cast(ClaimRow.value, JSON)
    return value(json_value, "article"), value(json_value, "version")
