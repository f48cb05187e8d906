"""The tables: what the store keeps, and where a question in SQL finds it.

A record's content stands whole in `revision`, as JSON; `record` names the revision that holds now.
The columns of `record`, and the rows of `section`, `claim` and `batch`, are drawn from that
revision (`kb.store.rows`) so that the database can be asked; they are never read back into a
Content.

Only types that SQLite and PostgreSQL share are used: JSON is text (the audit hashes its very
characters), a moment is kept in UTC without a zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment with its zone in Python, in UTC without one in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every constraint has a name, so that a later migration can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: Text(), datetime: Moment()}


class SourceRow(Base):
    """One file or page as last read. attachments: JSON list. parser: version of what read it.

    beside: what the file says beside its text, a JSON list (`kb.store.sources.Beside`). shown: what
    readers are told instead of its name, "" for the name."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    media: Mapped[str]
    text: Mapped[str]
    url: Mapped[str]
    attachments: Mapped[str]
    parser: Mapped[str]
    read: Mapped[datetime]
    beside: Mapped[str]
    shown: Mapped[str]


class BatchRow(Base):
    """A published set. publishers: JSON list; published: the latest day; both of its public
    records."""

    __tablename__ = "batch"
    __table_args__ = (Index(None, "published"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    publishers: Mapped[str]
    published: Mapped[date | None]


class RecordRow(Base):
    """A record: its place, its state, and the settled facts that lists are made from.

    revision: the one that holds now; higher numbers wait to be published. sha256: of the bytes it
    was last seen in. frame: digest of what its source last said besides claims
    (`kb.store.merge`). fingerprint: digest of the folded text, None where there is no text.
    reason: of the withdrawal. released: when it first was public, None if never.

    stage and working: how far the desk is, and with which revision. Both differ from status and
    revision only while a correction of a record that was public once is under way. editors: JSON
    list of who edited it since another last reviewed it; submitter, approver: of the round under
    way, "" for none. worked: when the desk last did something."""

    __tablename__ = "record"
    __table_args__ = (
        Index(None, "source_id", "position"),
        Index(None, "batch_id", "source_id", "position"),
        Index(None, "status", "kind"),
        Index(None, "status", "published"),
        Index(None, "status", "changed"),
        Index(None, "stage", "worked"),
        Index(None, "assignee", "stage", "worked"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    position: Mapped[int]
    sha256: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    revision: Mapped[int]
    title: Mapped[str]
    subtitle: Mapped[str]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    published: Mapped[date | None]
    decided: Mapped[date | None]
    fingerprint: Mapped[str | None] = mapped_column(index=True)
    frame: Mapped[str]
    reason: Mapped[str]
    created: Mapped[datetime]
    changed: Mapped[datetime]
    released: Mapped[datetime | None]
    stage: Mapped[str]
    working: Mapped[int]
    assignee: Mapped[str]
    editors: Mapped[str]
    submitter: Mapped[str]
    approver: Mapped[str]
    worked: Mapped[datetime]


class SectionRow(Base):
    """A section of a record's current revision, in text order."""

    __tablename__ = "section"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    heading: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    body_start: Mapped[int]
    body_end: Mapped[int]


class ClaimRow(Base):
    """A claim of a record's current revision. field: as in `kb.model.Content`.

    key: what the value is looked up by (region or taxonomy code, normalised docket, work, day).
    holds: whether the value is among the settled ones. rule and version: to find what is stale.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index(None, "field", "key"),
        Index(None, "rule", "rule_version"),
        {"sqlite_with_rowid": False},
    )

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    value: Mapped[str]
    holds: Mapped[bool]
    source: Mapped[int]
    rule: Mapped[str]
    rule_version: Mapped[int]
    quote: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    rejected: Mapped[bool]


class RevisionRow(Base):
    """A state of a record's content. sha256: of the bytes it was read from, "" for a person's
    edit."""

    __tablename__ = "revision"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[str]


class QueueRow(Base):
    """A published record that the index has yet to write or remove; seq is never used twice."""

    __tablename__ = "index_queue"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form

    seq: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))
    action: Mapped[str]
    at: Mapped[datetime]


class AuditRow(Base):
    """Who did what, when; each row's hash covers the row before (`kb.store.audit`). Append-only."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    action: Mapped[str]
    record_id: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class MetaRow(Base):
    """A fact about the base itself, by name."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
