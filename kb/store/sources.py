"""The sources: what was read, from where, by which parser."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from kb.errors import NotFound
from kb.model import Beside, Source, Status
from kb.store.tables import RecordRow, SourceRow


def known(connection: Connection, origin: str) -> tuple[str, str] | None:
    """The digest and the parser that a source was last read with."""
    row = connection.execute(_KNOWN, {"origin": origin}).first()
    return (row.sha256, row.parser) if row else None


def same_bytes(connection: Connection, sha256: str) -> str | None:
    """The origin of the first source that had these very bytes."""
    query = select(SourceRow.origin).where(SourceRow.sha256 == sha256).order_by(SourceRow.id)
    return connection.execute(query.limit(1)).scalar()


def place(connection: Connection, origin: str) -> int:
    """The number of a source. 0 for one that is not known."""
    row = connection.execute(_PLACE, {"origin": origin}).first()
    return row.id if row else 0


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
        beside=_beside(row.beside),
    )


@dataclass(frozen=True, slots=True)
class Note:
    """What the desk should know of the source of a record. beside: what its file says beside its
    text. shown: what readers are told instead of the origin, "" for the origin."""

    origin: str
    beside: tuple[Beside, ...]
    shown: str


def note(connection: Connection, record_id: str) -> Note:
    """Raises NotFound."""
    row = connection.execute(_NOTE, {"record_id": record_id}).first()
    if row is None:
        raise NotFound(f"没有编号为 {record_id} 的案例")
    return Note(row.origin, _beside(row.beside), row.shown)


def show(connection: Connection, record_id: str, shown: str) -> list[str]:
    """What readers are told instead of the source's origin; gives its public records."""
    source = select(RecordRow.source_id).where(RecordRow.id == record_id).scalar_subquery()
    connection.execute(update(SourceRow).where(SourceRow.id == source).values(shown=shown))
    public = (RecordRow.source_id == source) & (RecordRow.status == Status.PUBLISHED.value)
    return list(connection.execute(select(RecordRow.id).where(public)).scalars())


def is_out(connection: Connection, record_id: str) -> bool:
    """Whether readers have any record of the source, or are about to."""
    source = select(RecordRow.source_id).where(RecordRow.id == record_id).scalar_subquery()
    out = or_(RecordRow.status == Status.PUBLISHED.value, RecordRow.stage == Status.APPROVED.value)
    query = select(RecordRow.id).where(RecordRow.source_id == source, out).limit(1)
    return connection.execute(query).first() is not None


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
        "beside": json.dumps([asdict(one) for one in source.beside], ensure_ascii=False),
        "read": datetime.now(UTC),
    }
    row = connection.execute(_PLACE, {"origin": source.origin}).first()
    if row:
        connection.execute(update(SourceRow).where(SourceRow.id == row.id).values(**columns))
        return Put(row.id, moved=row.url != source.url)
    columns |= {"origin": source.origin, "shown": ""}
    return Put(connection.execute(_INSERT, columns).scalar_one(), new=True)


def _beside(kept: str) -> tuple[Beside, ...]:
    return tuple(Beside(**one) for one in json.loads(kept))


# Statements of the busiest path are made once: making them takes longer than running them.
_KNOWN = select(SourceRow.sha256, SourceRow.parser).where(SourceRow.origin == bindparam("origin"))
_PLACE = select(SourceRow.id, SourceRow.url).where(SourceRow.origin == bindparam("origin"))
_NOTE = (
    select(SourceRow.origin, SourceRow.beside, SourceRow.shown)
    .join(RecordRow, RecordRow.source_id == SourceRow.id)
    .where(RecordRow.id == bindparam("record_id"))
)
_INSERT = insert(SourceRow).returning(SourceRow.id)
