"""The tables of what is looked at before publishing: sketches of texts, records said to be apart,
texts sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables import Base


class SketchRow(Base):
    """The sketch of a record's text as last saved: size, marks and facts of `kb.text.sketch`, the
    two last in 32 bits each, the lowest byte first. seq: rises with every one written, so that a
    reader need only fetch those it has not seen."""

    __tablename__ = "sketch"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form

    seq: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), unique=True)
    size: Mapped[int]
    marks: Mapped[bytes] = mapped_column(LargeBinary())
    facts: Mapped[bytes] = mapped_column(LargeBinary())


class DistinctRow(Base):
    """Two records, the lower id first, that a person knows to be different cases."""

    __tablename__ = "distinct_pair"

    one: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    other: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True, index=True)
    who: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str]


class OriginalRow(Base):
    """A text that readers must not have, sealed and kept apart from where it stood. place:
    `record/3` is a record's third revision, `source/7` the text of a source."""

    __tablename__ = "original"

    place: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    at: Mapped[datetime]
