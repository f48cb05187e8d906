"""The audit: who did what, when; a chain of hashes, so that no row can be altered or cut out
unseen.

Each row's hash covers its own words and the hash of the row before. The database refuses to
change or delete a row; `verify` finds what was done past it. Rows cut off at the end leave a
chain that is whole: whoever must be able to show that too keeps the head that `verify` gives,
outside of the machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from kb.store.tables import AuditRow

START = "0" * 64


class Action(StrEnum):
    """What can happen to a record. HOLD: a change waits to be published. MOVE: between other stages
    of the desk. VIEW: someone looked at unmasked text. DISTINCT: it is another case than one like
    it, or that is taken back. SEAL: texts that readers must not have were put away. USER and TOKEN:
    of the accounts, about no record."""

    ADD = "add"
    UPDATE = "update"
    HOLD = "hold"
    MOVE = "move"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    COMMENT = "comment"
    OVERRIDE = "override"
    LOOK = "look"
    VIEW = "view"
    DISTINCT = "distinct"
    SEAL = "seal"
    USER = "user"
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a record, yet to be written down. record_id: "" where it is about none.
    detail: what JSON can say; an append-only row must hold no personal data."""

    action: Action
    record_id: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit. at: ISO 8601 in UTC; detail: JSON."""

    seq: int
    at: str
    who: str
    action: str
    record_id: str
    detail: str
    previous: str
    hash: str

    def true_hash(self) -> str:
        """What the hash must be if no word was altered."""
        said = [self.seq, self.at, self.who, self.action, self.record_id, self.detail]
        words = json.dumps([*said, self.previous], ensure_ascii=True)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """entries: how many rows. head: hash of the last. broken: seq of each row that does not follow
    from the one before or whose words were altered; none in a sound audit."""

    entries: int
    head: str
    broken: tuple[int, ...]


def append(connection: Connection, deeds: Iterable[Deed], who: str, at: datetime) -> None:
    """Writes the deeds down. The transaction must be a write transaction: the chain has one end."""
    last = connection.execute(_LAST).first()
    seq, previous = (last.seq, last.hash) if last else (0, START)
    rows = []
    for deed in deeds:
        seq += 1
        detail = json.dumps(dict(deed.detail), ensure_ascii=False, sort_keys=True)
        entry = Entry(
            seq, at.isoformat(), who, deed.action.value, deed.record_id, detail, previous, ""
        )
        previous = entry.true_hash()
        rows.append({name: getattr(entry, name) for name in Entry.__slots__} | {"hash": previous})
    if rows:
        connection.execute(insert(AuditRow), rows)


_LAST = select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)


def entries(connection: Connection, record_id: str | None = None) -> Iterator[Entry]:
    """The rows in order; of one record, or of all."""
    query = select(AuditRow.__table__).order_by(AuditRow.seq)
    if record_id is not None:
        query = query.where(AuditRow.record_id == record_id)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield Entry(**row._mapping)


def latest(
    connection: Connection,
    record_id: str | None,
    *,
    limit: int,
    before: int | None = None,
    who: str | None = None,
    action: Action | None = None,
) -> list[Entry]:
    """The last rows, newest first; of one record, or of all; of a person, whether at the desk or
    through a program; of one kind. before: only those with a lower seq."""
    query = select(AuditRow.__table__).order_by(AuditRow.seq.desc()).limit(limit)
    if record_id is not None:
        query = query.where(AuditRow.record_id == record_id)
    if who is not None:
        through = AuditRow.who.startswith(f"{who}/", autoescape=True)
        query = query.where((AuditRow.who == who) | through)
    if action is not None:
        query = query.where(AuditRow.action == action.value)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    return [Entry(**row._mapping) for row in connection.execute(query)]


def is_worked_on(connection: Connection, record_id: str, apart_from: str) -> bool:
    """Whether anyone else did anything with a record."""
    query = select(AuditRow.seq).where(AuditRow.record_id == record_id, AuditRow.who != apart_from)
    return connection.execute(query.limit(1)).first() is not None


def verify(connection: Connection) -> Verdict:
    """Reads the whole audit and checks each row against the one before."""
    seq, head, broken = 0, START, []
    count = 0
    for entry in entries(connection):
        count += 1
        follows = entry.seq == seq + 1 and entry.previous == head
        if not follows or entry.hash != entry.true_hash():
            broken.append(entry.seq)
        seq, head = entry.seq, entry.hash
    return Verdict(count, head, tuple(broken))
