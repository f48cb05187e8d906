"""Ids of records: opaque, permanent, and without characters that look alike."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, bindparam, select

from kb.store.tables import RecordRow

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_ids(connection: Connection, count: int) -> list[str]:
    """Ids that no record has."""
    ids: set[str] = set()
    while len(ids) < count:
        fresh = {_random_id() for _ in range(count - len(ids))}
        for some in _portions(sorted(fresh)):
            fresh.difference_update(connection.execute(_TAKEN, {"ids": some}).scalars())
        ids |= fresh
    return list(ids)


_TAKEN = select(RecordRow.id).where(RecordRow.id.in_(bindparam("ids", expanding=True)))


def _random_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _portions(ids: list[str], size: int = 500) -> list[list[str]]:
    """SQLite takes a limited number of parameters at a time."""
    return [ids[i : i + size] for i in range(0, len(ids), size)]
