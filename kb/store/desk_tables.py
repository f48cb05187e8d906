"""The tables of the desk beside the records: unfinished edits, comments, overrides of gates, notes
of corrections, and cases to be looked at again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables import Base


class UnfinishedRow(Base):
    """What a user has typed and not saved, kept apart from the revisions. revision: the one it was
    begun from. data: as the page gave it."""

    __tablename__ = "unfinished"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    data: Mapped[str]
    at: Mapped[datetime]


class CommentRow(Base):
    """A remark on a draft. about: a field's name, "" for the whole; start, end: in the text of that
    revision. settled: who dealt with it, "" for nobody yet."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), index=True)
    revision: Mapped[int]
    about: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    text: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    settled: Mapped[str]


class OverrideRow(Base):
    """A failure of a gate that two persons let pass. key: what failed, as the gate names it.
    second: who agreed, "" while nobody has."""

    __tablename__ = "override"
    __table_args__ = (UniqueConstraint("record_id", "gate", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))
    gate: Mapped[str]
    key: Mapped[str]
    reason: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    second: Mapped[str]
    second_at: Mapped[datetime | None]


class CorrectionRow(Base):
    """What readers are told of a correction of a record that had been public."""

    __tablename__ = "correction"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]
    at: Mapped[datetime]


class LookRow(Base):
    """A public record that cites a statute which changed since. version: the day of the new one.
    done_by: who looked, "" for nobody yet."""

    __tablename__ = "look"
    __table_args__ = (
        UniqueConstraint("record_id", "work", "version"),
        Index(None, "done_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))
    work: Mapped[str]
    version: Mapped[date]
    at: Mapped[datetime]
    done_by: Mapped[str]
    done_at: Mapped[datetime | None]
    note: Mapped[str]
