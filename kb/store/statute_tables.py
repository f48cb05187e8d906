"""The tables of statutes: works, their dated versions, the files these were read from, articles."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables import Base


class WorkRow(Base):
    """A statute over all its versions. key: of its title, see `kb.law.statutes.name_key`.
    kind: a WorkKind, "" where unknown."""

    __tablename__ = "statute_work"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(unique=True)
    full_title: Mapped[str]
    kind: Mapped[str]
    issuer: Mapped[str]


class VersionRow(Base):
    """A version. day: the one in addresses, the day in force where certain, else the earliest it
    can be; rule: where it was read. history: JSON list. articles: how many it has."""

    __tablename__ = "statute_version"
    __table_args__ = (UniqueConstraint("work_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("statute_work.id"))
    day: Mapped[date]
    dated: Mapped[date | None]
    certain: Mapped[bool]
    rule: Mapped[str]
    history: Mapped[str]
    preamble: Mapped[str]
    articles: Mapped[int]


class StatuteSourceRow(Base):
    """A file as last read. reader: version of what read it. held: whether the version's text is
    this file's; a second copy of the same articles is only known of."""

    __tablename__ = "statute_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    reader: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("statute_version.id"), index=True)
    dated: Mapped[date | None]
    articles: Mapped[int]
    held: Mapped[bool]
    read: Mapped[datetime]


class ArticleRow(Base):
    """An article: 第一百二十条之一 is number 120, inserted 1. headings: JSON list, outermost first.
    line: in its source."""

    __tablename__ = "statute_article"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    version_id: Mapped[int] = mapped_column(ForeignKey("statute_version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    inserted: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("statute_source.id"), index=True)
    headings: Mapped[str]
    text: Mapped[str]
    line: Mapped[int]


class StatuteQueueRow(Base):
    """A version that the index has yet to take in anew, or to drop; seq is never used twice."""

    __tablename__ = "statute_queue"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form

    seq: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    day: Mapped[date]
