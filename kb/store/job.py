"""What a job is: work that outlives the request that asked for it, its items, and what became of
each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far an item is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (State.WAITING, State.WORKING)


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something to be done. data: what its kind of job wants to know. error: why it cannot be, then
    it is never begun."""

    name: str
    data: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that an item made, changed or met. became: as its kind of job calls it; note: what
    to look at, "" for nothing."""

    record: str
    became: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an item. outcome: as its kind of job calls it."""

    outcome: str
    failed: bool = False
    drafts: tuple[Touched, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An item to be worked, with what holds for its job. made: when the job was asked for; tries:
    1 for the first time."""

    id: int
    job: int
    kind: str
    who: str
    options: Mapping[str, Any]
    together: int | None
    made: datetime
    tries: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One file, address or row of a job. number: from 1."""

    id: int
    number: int
    name: str
    data: Mapping[str, Any]
    state: State
    outcome: str
    drafts: tuple[Touched, ...]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that someone asked for. begun: None while they have yet to agree. stopped: when they
    ended it early. ended: when nothing was left to do. together: its edits, if it makes any.
    counts: of items by state."""

    id: int
    kind: str
    who: str
    name: str
    options: Mapping[str, Any]
    together: int | None
    made: datetime
    begun: datetime | None
    stopped: datetime | None
    ended: datetime | None
    counts: Mapping[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many items are yet to be done."""
        return sum(self.counts[state] for state in OPEN)

    @property
    def running(self) -> bool:
        return self.begun is not None and self.ended is None
