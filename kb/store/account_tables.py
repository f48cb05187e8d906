"""The tables of those who work at the desk: users, their one-time links and recovery codes, failed
sign-ins, and the tokens of programs. Secrets stand here hashed, that of TOTP sealed (`kb.seal`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables import Base


class UserRow(Base):
    """Someone who signs in. name: folded, see `kb.accounts.names`; shown: as others see it.

    roles: JSON list. password: Argon2 hash, "" before one is chosen. stamp: changes when every
    session must end. totp: the secret sealed, "" for none; totp_used: the last time step whose
    code was taken, so that none is taken twice."""

    __tablename__ = "desk_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    shown: Mapped[str]
    roles: Mapped[str]
    password: Mapped[str]
    stamp: Mapped[str]
    disabled: Mapped[bool]
    totp: Mapped[str]
    totp_used: Mapped[int]
    created: Mapped[datetime]
    seen: Mapped[datetime | None]


class WelcomeRow(Base):
    """A one-time link by which a user chooses a password. hash: of its token."""

    __tablename__ = "welcome"

    hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id"), index=True)
    expires: Mapped[datetime]


class RecoveryRow(Base):
    """A code that serves once in place of one of TOTP."""

    __tablename__ = "recovery"

    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)


class AttemptRow(Base):
    """Failed sign-ins under a name, whether anyone bears it or not. key: digest of the name."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A token by which a program acts for a user. scopes: JSON list. used: to the minute.
    expires: None for one that lasts until it is revoked."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id"))
    hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    made: Mapped[datetime]
    used: Mapped[datetime | None]
    revoked: Mapped[datetime | None]
    expires: Mapped[datetime | None]
