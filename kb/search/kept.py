"""What is worked out of records, kept for as long as the records stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Generic, NamedTuple, Protocol, TypeVar

from cachetools import LRUCache

from kb.model import Case

T = TypeVar("T")

Edition = tuple[int, str]
"""The revision of a record and the address it was published at, which decide what it says."""


class Records(Protocol):
    """Where records are read from."""

    def commits(self) -> object | None:
        """Equal to what it was before only if nothing was committed in between; None where that
        cannot be told."""

    def editions(self, ids: Sequence[str]) -> Mapping[str, Edition]:
        """What is public of these records now, by id."""

    def cases(self, ids: Iterable[str]) -> list[Case]:
        """The public ones among these records."""


class _Made(NamedTuple, Generic[T]):
    """seen: the commits after which the edition was last known to be public."""

    value: T
    edition: Edition
    size: int
    seen: object | None = None


class Kept(Generic[T]):
    """Safe to share between threads. Never gives anything of a record that is not public any more,
    nor of an older revision.

    make: works it out of a record. most: so many characters of the texts of records are kept for,
    those asked for last.
    """

    def __init__(self, records: Records, make: Callable[[Case], T], most: int) -> None:
        self._records = records
        self._make = make
        self._most = most
        self._held: LRUCache[str, _Made[T]] = LRUCache(most, lambda made: made.size)
        self._lock = Lock()

    def of(self, ids: Iterable[str]) -> dict[str, T]:
        """What was made of the public ones among these records, in this order."""
        wanted = list(dict.fromkeys(ids))
        commits = self._records.commits()
        with self._lock:
            held = {i: made for i in wanted if (made := self._held.get(i))}
        unsure = [i for i, made in held.items() if commits is None or made.seen != commits]
        editions = self._records.editions(unsure) if unsure else {}
        gone = {i for i in unsure if held[i].edition != editions.get(i)}
        found = {i: made for i, made in held.items() if i not in gone}
        missing = [i for i in wanted if i not in found]
        read = self._records.cases(missing) if missing else []
        found |= {case.id: self._made(case) for case in read}
        looked_at = (*unsure, *(case.id for case in read))
        self._keep({i: found[i]._replace(seen=commits) for i in looked_at if i in found})
        return {i: found[i].value for i in wanted if i in found}

    def _made(self, case: Case) -> _Made[T]:
        size = len(case.content.text) + 1
        return _Made(self._make(case), (case.revision, case.url), size)

    def _keep(self, found: Mapping[str, _Made[T]]) -> None:
        with self._lock:
            for record_id, made in found.items():
                if made.size <= self._most:
                    self._held[record_id] = made
