"""The tables of work that outlives a request: jobs with their items and drafts; and of edits of
several records that were made together and can be undone so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables import Base


class TogetherRow(Base):
    """Edits made together. what: in a few words, as people are told. undone: when, if they were."""

    __tablename__ = "together"
    __table_args__ = (Index(None, "who", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    what: Mapped[str]
    at: Mapped[datetime]
    undone: Mapped[datetime | None]


class TogetherEditRow(Base):
    """One record of them. stage: where it was. before, after: its revisions; both None where
    nothing was saved, and error says why. restored: the revision it had after the undoing;
    kept: why it was left as it is then."""

    __tablename__ = "together_edit"

    together_id: Mapped[int] = mapped_column(ForeignKey("together.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    position: Mapped[int]
    stage: Mapped[str]
    before: Mapped[int | None]
    after: Mapped[int | None]
    error: Mapped[str]
    restored: Mapped[int | None]
    kept: Mapped[str]


class JobRow(Base):
    """Work someone asked for. options: JSON, as its kind wants them. begun: None while its owner
    has yet to agree. stopped: when its owner ended it early; ended: when nothing was left to do."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "who", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    who: Mapped[str]
    name: Mapped[str]
    options: Mapped[str]
    together_id: Mapped[int | None] = mapped_column(ForeignKey("together.id"))
    made: Mapped[datetime]
    begun: Mapped[datetime | None]
    stopped: Mapped[datetime | None]
    ended: Mapped[datetime | None]


class JobItemRow(Base):
    """One file, address or row of a job. data: what to do, JSON as its kind wants it; "" once it is
    done. holder, lease: which worker has it, and until when it is not to be taken from it. tries:
    how often it was begun. errors, warnings: JSON lists."""

    __tablename__ = "job_item"
    __table_args__ = (UniqueConstraint("job_id", "position"), Index(None, "state", "lease"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    position: Mapped[int]
    name: Mapped[str]
    data: Mapped[str]
    state: Mapped[str]
    holder: Mapped[str]
    lease: Mapped[datetime | None]
    tries: Mapped[int]
    outcome: Mapped[str]
    errors: Mapped[str]
    warnings: Mapped[str]
    ended: Mapped[datetime | None]


class JobDraftRow(Base):
    """A record that an item made, changed or met. became: as its kind calls it. note: what to look
    at, "" for nothing."""

    __tablename__ = "job_draft"

    item_id: Mapped[int] = mapped_column(ForeignKey("job_item.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True, index=True)
    position: Mapped[int]
    became: Mapped[str]
    note: Mapped[str]
