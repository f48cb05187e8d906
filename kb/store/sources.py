"""The sources: what was read, from where, by which parser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from kb.model import Source
from kb.store.tables import SourceRow


def known(connection: Connection, origin: str) -> tuple[str, str] | None:
    """The digest and the parser that a source was last read with."""
    row = connection.execute(_KNOWN, {"origin": origin}).first()
    return (row.sha256, row.parser) if row else None


def same_bytes(connection: Connection, sha256: str) -> str | None:
    """The origin of the first source that had these very bytes."""
    query = select(SourceRow.origin).where(SourceRow.sha256 == sha256).order_by(SourceRow.id)
    return connection.execute(query.limit(1)).scalar()


def read(connection: Connection, origin: str) -> Source | None:
    """The source as last read."""
    row = connection.execute(select(SourceRow.__table__).where(SourceRow.origin == origin)).first()
    if row is None:
        return None
    return Source(
        origin=row.origin,
        sha256=row.sha256,
        media=row.media,
        text=row.text,
        url=row.url,
        attachments=tuple(json.loads(row.attachments)),
    )


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a source. moved: its public address changed."""

    id: int
    new: bool = False
    moved: bool = False


def put(connection: Connection, source: Source, parser: str) -> Put:
    """Keeps a source, in the place of what its origin held before."""
    columns = {
        "sha256": source.sha256,
        "media": source.media,
        "text": source.text.replace("\0", ""),
        "url": source.url,
        "attachments": json.dumps(source.attachments, ensure_ascii=False),
        "parser": parser,
        "read": datetime.now(UTC),
    }
    row = connection.execute(_PLACE, {"origin": source.origin}).first()
    if row:
        connection.execute(update(SourceRow).where(SourceRow.id == row.id).values(**columns))
        return Put(row.id, moved=row.url != source.url)
    columns["origin"] = source.origin
    return Put(connection.execute(_INSERT, columns).scalar_one(), new=True)


# Statements of the busiest path are made once: making them takes longer than running them.
_KNOWN = select(SourceRow.sha256, SourceRow.parser).where(SourceRow.origin == bindparam("origin"))
_PLACE = select(SourceRow.id, SourceRow.url).where(SourceRow.origin == bindparam("origin"))
_INSERT = insert(SourceRow).returning(SourceRow.id)
