"""The accounts in the store: users, their one-time links and recovery codes, failed sign-ins, the
tokens of programs. Every change is written to the audit in its own transaction.

What is secret comes here hashed already (`kb.accounts`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kb.errors import Forbidden, KnowledgeBaseError, NotFound
from kb.store import audit
from kb.store.account_tables import AttemptRow, RecoveryRow, TokenRow, UserRow, WelcomeRow
from kb.store.audit import Action, Deed
from kb.store.database import Database

FORGOTTEN = timedelta(days=1)
"""Failed sign-ins older than this no longer count."""
_USED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class User:
    """Someone who signs in. name: what they type; shown: how others see them. roles: values of
    `kb.accounts.UserRole`. password: Argon2 hash, "" before one is chosen. stamp: a session holds
    only while it is the same. totp: the secret sealed, "" for none."""

    id: int
    name: str
    shown: str
    roles: frozenset[str]
    password: str = field(repr=False)
    stamp: str = field(repr=False)
    disabled: bool
    totp: str = field(repr=False)
    totp_used: int
    created: datetime
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a program, which acts for a user. scopes: values of `kb.accounts.Scope`. used:
    when last, to the minute. expires: None for one that lasts until it is revoked."""

    id: int
    name: str
    user_id: int
    owner: str
    scopes: frozenset[str]
    made: datetime
    used: datetime | None
    revoked: datetime | None
    expires: datetime | None


class AccountStore:
    """Safe to share between threads. by: who does it, for the audit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Users

    def users(self) -> list[User]:
        """All of them, by name."""
        with self._database.read() as connection:
            return [_user(row) for row in connection.execute(_USERS.order_by(UserRow.name))]

    def user(self, name: str) -> User | None:
        """By folded name."""
        return self._one(UserRow.name == name)

    def user_by_id(self, user_id: int) -> User | None:
        return self._one(UserRow.id == user_id)

    def add(self, name: str, shown: str, roles: Iterable[str], stamp: str, by: str) -> User:
        """A new user without a password. Raises KnowledgeBaseError where the name is taken."""
        values = {
            "name": name,
            "shown": shown,
            "roles": _listed(roles),
            "password": "",
            "stamp": stamp,
            "disabled": False,
            "totp": "",
            "totp_used": 0,
            "created": datetime.now(UTC),
            "seen": None,
        }
        with self._database.write() as connection:
            if connection.execute(select(UserRow.id).where(UserRow.name == name)).first():
                raise KnowledgeBaseError(f"已有账户“{name}”")
            connection.execute(insert(UserRow), values)
            self._did(connection, by, name, did="add", roles=sorted(roles))
            return _user(connection.execute(_USERS.where(UserRow.name == name)).one())

    def set_roles(self, user: User, roles: Iterable[str], by: str, *, keep: str) -> None:
        """keep: a role that must not be lost, see `_check_kept`."""
        told = {"from": sorted(user.roles), "to": sorted(roles)}
        with self._database.write() as connection:
            had = _able(connection, keep)
            _set(connection, user.id, roles=_listed(roles))
            _check_kept(connection, keep, had)
            self._did(connection, by, user.name, did="roles", **told)

    def set_disabled(self, user: User, disabled: bool, stamp: str, by: str, *, keep: str) -> None:
        """stamp: a new one, which ends the sessions; the links of the user end too. keep: as in
        `set_roles`."""
        with self._database.write() as connection:
            had = _able(connection, keep)
            _set(connection, user.id, disabled=disabled, stamp=stamp)
            _check_kept(connection, keep, had)
            connection.execute(delete(WelcomeRow).where(WelcomeRow.user_id == user.id))
            self._did(connection, by, user.name, did="disable" if disabled else "enable")

    def set_password(self, user: User, password: str, stamp: str, by: str) -> None:
        with self._database.write() as connection:
            _set(connection, user.id, password=password, stamp=stamp)
            self._did(connection, by, user.name, did="password")

    def set_stamp(self, user: User, stamp: str) -> None:
        """Ends the sessions."""
        with self._database.write() as connection:
            _set(connection, user.id, stamp=stamp)

    def seen(self, user: User, password: str | None = None) -> None:
        """That the user signed in. password: a better hash of the same one, if there is one."""
        better = {"password": password} if password else {}
        with self._database.write() as connection:
            _set(connection, user.id, seen=datetime.now(UTC), **better)

    # One-time links

    def invite(self, user: User, link: str, expires: datetime, stamp: str, by: str) -> None:
        """A link by which the user chooses a password; the old one, every earlier link and every
        session end. link: its token hashed."""
        row = {"hash": link, "user_id": user.id, "expires": expires}
        with self._database.write() as connection:
            connection.execute(delete(WelcomeRow).where(WelcomeRow.user_id == user.id))
            connection.execute(insert(WelcomeRow), row)
            _set(connection, user.id, password="", stamp=stamp)
            self._did(connection, by, user.name, did="invite")

    def invited(self, link: str, now: datetime) -> User | None:
        """Whose link it is, if it still serves."""
        with self._database.read() as connection:
            return _invited(connection, link, now)

    def redeem(self, link: str, now: datetime, password: str, stamp: str) -> User | None:
        """Uses a link up; the user now has this password."""
        with self._database.write() as connection:
            user = _invited(connection, link, now)
            if user:
                connection.execute(delete(WelcomeRow).where(WelcomeRow.hash == link))
                _set(connection, user.id, password=password, stamp=stamp)
                self._did(connection, user.name, user.name, did="password")
            return user

    # The second factor

    def set_totp(self, user: User, secret: str, codes: Iterable[str], by: str) -> None:
        """A secret with its recovery codes (hashed); "" takes the second factor away."""
        rows = [{"user_id": user.id, "hash": code} for code in codes]
        with self._database.write() as connection:
            _set(connection, user.id, totp=secret, totp_used=0)
            connection.execute(delete(RecoveryRow).where(RecoveryRow.user_id == user.id))
            if rows:
                connection.execute(insert(RecoveryRow), rows)
            self._did(connection, by, user.name, did="totp" if secret else "no totp")

    def seal_totp(self, user: User, sealed: str) -> None:
        """The same secret, sealed."""
        same = (UserRow.id == user.id) & (UserRow.totp == user.totp)
        with self._database.write() as connection:
            connection.execute(update(UserRow).where(same).values(totp=sealed))

    def use_step(self, user: User, step: int) -> bool:
        """Takes a time step of TOTP; False where it, or a later one, was taken before."""
        newer = (UserRow.id == user.id) & (UserRow.totp_used < step)
        with self._database.write() as connection:
            taken = connection.execute(update(UserRow).where(newer).values(totp_used=step))
            return bool(taken.rowcount)

    def use_recovery(self, user: User, code: str) -> bool:
        """Takes a recovery code; False where there is none such."""
        mine = (RecoveryRow.user_id == user.id) & (RecoveryRow.hash == code)
        with self._database.write() as connection:
            found = bool(connection.execute(delete(RecoveryRow).where(mine)).rowcount)
            if found:
                self._did(connection, user.name, user.name, did="recovery")
            return found

    def recovery_left(self, user: User) -> int:
        """How many recovery codes are unused."""
        mine = RecoveryRow.user_id == user.id
        query = select(func.count()).select_from(RecoveryRow).where(mine)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    # Failed sign-ins

    def attempt(
        self, key: str, now: datetime, allowed: int, pause: timedelta
    ) -> tuple[int, datetime | None]:
        """Counts a sign-in as failed until it is known to have succeeded, so that many at once
        count too; gives how many failed, and when one may try again if these were too many
        already."""
        with self._database.write() as connection:
            old = delete(AttemptRow).where(AttemptRow.last < now - FORGOTTEN)
            connection.execute(old)
            row = connection.execute(
                select(AttemptRow.__table__).where(AttemptRow.key == key)
            ).first()
            failures = row.failures if row else 0
            if row and failures >= allowed:
                until: datetime = row.last + pause
                if until > now:
                    return failures, until
                failures = 0
            connection.execute(delete(AttemptRow).where(AttemptRow.key == key))
            counted = {"key": key, "failures": failures + 1, "last": now}
            connection.execute(insert(AttemptRow), counted)
            return failures + 1, None

    def succeeded(self, key: str) -> None:
        """Forgets the failures."""
        with self._database.write() as connection:
            connection.execute(delete(AttemptRow).where(AttemptRow.key == key))

    def locked(self, user: User) -> None:
        """Writes to the audit that a user was locked out."""
        with self._database.write() as connection:
            self._did(connection, user.name, user.name, did="locked")

    # Tokens

    def add_token(
        self,
        name: str,
        owner: User,
        secret: str,
        scopes: Iterable[str],
        expires: datetime | None,
        by: str,
    ) -> Token:
        """secret: hashed. Raises KnowledgeBaseError where the name is taken."""
        values = {
            "name": name,
            "user_id": owner.id,
            "hash": secret,
            "scopes": _listed(scopes),
            "made": datetime.now(UTC),
            "used": None,
            "revoked": None,
            "expires": expires,
        }
        with self._database.write() as connection:
            if connection.execute(select(TokenRow.id).where(TokenRow.name == name)).first():
                raise KnowledgeBaseError(f"已有令牌“{name}”")
            connection.execute(insert(TokenRow), values)
            told = {"did": "add", "token": name, "owner": owner.name, "scopes": sorted(scopes)}
            told |= {"expires": expires.isoformat()} if expires else {}
            audit.append(connection, [Deed(Action.TOKEN, "", told)], by, datetime.now(UTC))
            return _token(connection.execute(_TOKENS.where(TokenRow.name == name)).one())

    def tokens(self) -> list[Token]:
        """All of them, by name; revoked ones too."""
        with self._database.read() as connection:
            return [_token(row) for row in connection.execute(_TOKENS.order_by(TokenRow.name))]

    def token(self, secret: str, now: datetime) -> Token | None:
        """The token that serves, by its hash: neither revoked nor expired, its owner not disabled.
        Keeps when it was last used."""
        lasts = TokenRow.expires.is_(None) | (TokenRow.expires > now)
        serves = (TokenRow.hash == secret) & TokenRow.revoked.is_(None) & lasts & ~UserRow.disabled
        with self._database.read() as connection:
            row = connection.execute(_TOKENS.where(serves)).first()
        if row is None:
            return None
        if row.used is None or now - row.used >= _USED:
            with self._database.write() as connection:
                connection.execute(update(TokenRow).where(TokenRow.id == row.id).values(used=now))
        return _token(row)

    def revoke(self, name: str, by: str) -> None:
        """Ends a token for good. Raises NotFound."""
        now = datetime.now(UTC)
        serving = (TokenRow.name == name) & TokenRow.revoked.is_(None)
        with self._database.write() as connection:
            if not connection.execute(update(TokenRow).where(serving).values(revoked=now)).rowcount:
                raise NotFound(f"没有可用的令牌“{name}”")
            told = {"did": "revoke", "token": name}
            audit.append(connection, [Deed(Action.TOKEN, "", told)], by, now)

    def _one(self, condition: Any) -> User | None:
        with self._database.read() as connection:
            row = connection.execute(_USERS.where(condition)).first()
            return _user(row) if row else None

    def _did(self, connection: Connection, by: str, name: str, **told: object) -> None:
        deed = Deed(Action.USER, "", {"user": name, **told})
        audit.append(connection, [deed], by, datetime.now(UTC))


_USERS = select(UserRow.__table__)
_TOKENS = select(TokenRow.__table__, UserRow.name.label("owner")).join(
    UserRow, UserRow.id == TokenRow.user_id
)


def _user(row: Any) -> User:
    columns = dict(row._mapping)
    return User(**{**columns, "roles": frozenset(json.loads(row.roles))})


def _token(row: Any) -> Token:
    columns = {name: value for name, value in row._mapping.items() if name != "hash"}
    return Token(**{**columns, "scopes": frozenset(json.loads(row.scopes))})


def _invited(connection: Connection, link: str, now: datetime) -> User | None:
    serves = (WelcomeRow.hash == link) & (WelcomeRow.expires > now) & ~UserRow.disabled
    query = _USERS.join(WelcomeRow, WelcomeRow.user_id == UserRow.id).where(serves)
    row = connection.execute(query).first()
    return _user(row) if row else None


def _set(connection: Connection, user_id: int, **columns: object) -> None:
    connection.execute(update(UserRow).where(UserRow.id == user_id).values(**columns))


def _able(connection: Connection, role: str) -> bool:
    """Whether anyone who can sign in has this role."""
    able = UserRow.roles.contains(f'"{role}"') & ~UserRow.disabled & (UserRow.password != "")
    return connection.execute(select(UserRow.id).where(able).limit(1)).first() is not None


def _check_kept(connection: Connection, role: str, had: bool) -> None:
    """Raises Forbidden, which undoes the change, where the last one with a role lost it."""
    if had and not _able(connection, role):
        raise Forbidden("这是最后一个能登录的管理员：请先让另一人成为管理员并设好密码")


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(str(value) for value in values))
