"""Takes in the texts of statutes: a version may come in several files, a file may come again.

Files whose articles do not overlap are parts of one version (the books of the Civil Code). Of files
with the same articles one is held: the one of the later date, then with more articles, then the
earlier comer; the others are known of only. When a held one goes, its copies are to be read anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kb.law.imported import Placed
from kb.law.text import Article
from kb.store import looks
from kb.store.statute_tables import (
    ArticleRow,
    StatuteQueueRow,
    StatuteSourceRow,
    VersionRow,
    WorkRow,
)
from kb.store.tables import MetaRow

STATE = "statutes"
"""The row of `meta` that counts the changes to statutes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a text. state: new, changed, unchanged, or copy of a version that another
    file gives; copy_of: that file. articles: of this text."""

    origin: str
    title: str
    day: date
    articles: int
    state: str
    copy_of: str = ""


def put(connection: Connection, texts: Iterable[Placed], *, reader: str) -> list[Stored]:
    """Stores texts in a write transaction. reader: version of what read them."""
    writing = _Writing(connection, reader)
    stored = [writing.put(placed) for placed in texts]
    writing.finish()
    return stored


class _Writing:
    def __init__(self, connection: Connection, reader: str) -> None:
        self._connection, self._reader = connection, reader
        self._now = datetime.now(UTC)
        self._versions: set[int] = set()  # changed: to be counted and indexed
        self._works: set[int] = set()  # whose newest version may be another now

    def put(self, placed: Placed) -> Stored:
        text, connection = placed.text, self._connection
        known = connection.execute(_SOURCE, {"origin": text.origin}).first()
        if known is None:  # the same bytes at another place: the file was moved or copied
            known = connection.execute(_SAME_BYTES, {"sha256": text.sha256}).first()
        told = (text.origin, placed.title, placed.day, len(text.articles))
        if known and (known.sha256, known.reader) == (text.sha256, self._reader):
            return Stored(*told, "unchanged")
        if known:
            self._let_go(known)
        work_id = self._work(placed)
        version_id = self._version(work_id, placed)
        rivals = self._rivals(version_id, placed, known.id if known else 0)
        held = all(_rank(placed) > (rival.dated or date.min, rival.articles) for rival in rivals)
        if held:
            for rival in rivals:
                self._drop_articles(rival.id)
        source_id = self._source(placed, version_id, held, known.id if known else None)
        if held:
            self._articles(version_id, source_id, text.articles)
            self._facts(version_id, source_id, placed)
        self._versions.add(version_id)
        if known and known.version_id != version_id:
            self._versions.add(known.version_id)
        state = ("changed" if known else "new") if held else "copy"
        return Stored(*told, state, "" if held else rivals[0].origin)

    def finish(self) -> None:
        """Counts what changed, drops versions and works that no file gives any more, and tells the
        index."""
        connection = self._connection
        for version_id in sorted(self._versions):
            row = connection.execute(_VERSION_NAME, {"id": version_id}).one()
            self._enqueue(row.title, row.day)
            if connection.execute(_SOURCES, {"version_id": version_id}).first() is None:
                connection.execute(delete(VersionRow).where(VersionRow.id == version_id))
                self._works.add(row.work_id)
                continue
            count = connection.execute(_COUNT, {"version_id": version_id}).scalar_one()
            connection.execute(_SET_COUNT, {"version": version_id, "articles": count})
        for work_id in sorted(self._works):
            self._refile(work_id)
        if self._versions:
            state = connection.execute(_STATE, {"key": STATE}).scalar()
            connection.execute(_DROP_STATE, {"name": STATE})
            connection.execute(insert(MetaRow), {"key": STATE, "value": str(int(state or 0) + 1)})

    def _work(self, placed: Placed) -> int:
        row = self._connection.execute(_WORK, {"key": placed.key}).first()
        facts = {
            "full_title": plain(placed.text.full_title),
            "kind": placed.kind.value if placed.kind else "",
            "issuer": plain(placed.issuer),
        }
        if row is None:
            values = {"key": placed.key, "title": placed.title, **facts}
            return _new_id(self._connection.execute(insert(WorkRow), values))
        if facts["kind"] and not row.kind:
            known = update(WorkRow).where(WorkRow.id == row.id)
            self._connection.execute(known.values(kind=facts["kind"]))
        return int(row.id)

    def _version(self, work_id: int, placed: Placed) -> int:
        found = self._connection.execute(_VERSION, {"work_id": work_id, "day": placed.day}).scalar()
        if found is not None:
            return int(found)
        self._works.add(work_id)
        looks.queue(self._connection, placed.title, placed.day, self._now)
        return _new_id(
            self._connection.execute(
                insert(VersionRow),
                {"work_id": work_id, "day": placed.day, "articles": 0, **_facts(placed)},
            )
        )

    def _rivals(self, version_id: int, placed: Placed, own: int) -> list[Any]:
        """The held files that give articles which this text gives too."""
        sources = [
            row
            for row in self._connection.execute(_SOURCES, {"version_id": version_id})
            if row.held and row.id != own
        ]
        if not sources:
            return []
        if not placed.text.articles:
            return sources
        taken = {
            (row.number, row.inserted): row.source_id
            for row in self._connection.execute(_TAKEN, {"version_id": version_id})
        }
        overlapping = {taken.get(_numbers(article)) for article in placed.text.articles}
        return [row for row in sources if row.id in overlapping or not row.articles]

    def _source(self, placed: Placed, version_id: int, held: bool, known: int | None) -> int:
        values = {
            "origin": placed.text.origin,
            "sha256": placed.text.sha256,
            "reader": self._reader,
            "version_id": version_id,
            "dated": placed.text.dated,
            "articles": len(placed.text.articles),
            "held": held,
            "read": self._now,
        }
        if known is None:
            return _new_id(self._connection.execute(insert(StatuteSourceRow), values))
        table = update(StatuteSourceRow).where(StatuteSourceRow.id == known)
        self._connection.execute(table.values(values))
        return known

    def _articles(self, version_id: int, source_id: int, articles: Iterable[Article]) -> None:
        rows = [
            {
                "version_id": version_id,
                "number": number,
                "inserted": inserted,
                "source_id": source_id,
                "headings": _json(article.headings),
                "text": plain(article.text),
                "line": article.line,
            }
            for article in articles
            for number, inserted in [_numbers(article)]
        ]
        if rows:
            self._connection.execute(insert(ArticleRow), rows)

    def _facts(self, version_id: int, source_id: int, placed: Placed) -> None:
        """A version's facts are those of its longest part."""
        longest = max(
            (
                row.articles
                for row in self._connection.execute(_SOURCES, {"version_id": version_id})
                if row.held and row.id != source_id
            ),
            default=-1,
        )
        if len(placed.text.articles) >= longest:
            table = update(VersionRow).where(VersionRow.id == version_id)
            self._connection.execute(table.values(_facts(placed)))

    def _let_go(self, source: Any) -> None:
        if source.held:
            self._drop_articles(source.id)
            self._connection.execute(
                _FORGET_COPIES, {"version": source.version_id, "not_id": source.id}
            )

    def _drop_articles(self, source_id: int) -> None:
        self._connection.execute(delete(ArticleRow).where(ArticleRow.source_id == source_id))
        table = update(StatuteSourceRow).where(StatuteSourceRow.id == source_id)
        self._connection.execute(table.values(held=False))

    def _refile(self, work_id: int) -> None:
        """Which version is the newest decides how all are filed."""
        rows = self._connection.execute(_VERSIONS_OF, {"work_id": work_id}).all()
        for row in rows:
            if row.id not in self._versions:
                self._enqueue(row.title, row.day)
        if not rows:
            self._connection.execute(delete(WorkRow).where(WorkRow.id == work_id))

    def _enqueue(self, title: str, day: date) -> None:
        self._connection.execute(insert(StatuteQueueRow), {"title": title, "day": day})


def plain(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    return text.replace("\0", "")


def _rank(placed: Placed) -> tuple[date, int]:
    return (placed.text.dated or date.min, len(placed.text.articles))


def _facts(placed: Placed) -> dict[str, Any]:
    return {
        "dated": placed.text.dated,
        "certain": placed.certain,
        "rule": placed.rule,
        "history": _json(placed.text.history),
        "preamble": plain(placed.text.preamble),
    }


def _numbers(article: Article) -> tuple[int, int]:
    main, _, inserted = str(article.number).partition("之")
    return int(main), int(inserted or 0)


def _json(values: Iterable[str]) -> str:
    return plain(json.dumps(list(values), ensure_ascii=False))


def _new_id(result: Any) -> int:
    return int(result.inserted_primary_key[0])


# Statements are made once: making them takes longer than running them.
_SOURCE = select(StatuteSourceRow.__table__).where(StatuteSourceRow.origin == bindparam("origin"))
_SAME_BYTES = select(StatuteSourceRow.__table__).where(
    StatuteSourceRow.sha256 == bindparam("sha256")
)
_SOURCES = (
    select(StatuteSourceRow.__table__)
    .where(StatuteSourceRow.version_id == bindparam("version_id"))
    .order_by(StatuteSourceRow.id)
)
_WORK = select(WorkRow.id, WorkRow.kind).where(WorkRow.key == bindparam("key"))
_VERSION = select(VersionRow.id).where(
    VersionRow.work_id == bindparam("work_id"), VersionRow.day == bindparam("day")
)
_NAMED = select(VersionRow.id, VersionRow.day, VersionRow.work_id, WorkRow.title).join(
    WorkRow, WorkRow.id == VersionRow.work_id
)
_VERSION_NAME = _NAMED.where(VersionRow.id == bindparam("id"))
_VERSIONS_OF = _NAMED.where(VersionRow.work_id == bindparam("work_id"))
_TAKEN = select(ArticleRow.number, ArticleRow.inserted, ArticleRow.source_id).where(
    ArticleRow.version_id == bindparam("version_id")
)
_COUNT = (
    select(func.count())
    .select_from(ArticleRow)
    .where(ArticleRow.version_id == bindparam("version_id"))
)
_SET_COUNT = (
    update(VersionRow)
    .where(VersionRow.id == bindparam("version"))
    .values(articles=bindparam("articles"))
)
_FORGET_COPIES = (
    update(StatuteSourceRow)
    .where(
        StatuteSourceRow.version_id == bindparam("version"),
        StatuteSourceRow.id != bindparam("not_id"),
        StatuteSourceRow.held.is_(False),
    )
    .values(sha256="")
)
_STATE = select(MetaRow.value).where(MetaRow.key == bindparam("key"))
_DROP_STATE = delete(MetaRow).where(MetaRow.key == bindparam("name"))
