"""The sketches of all records' texts, and which of them are worth comparing with one.

They are written with the texts, and held in memory by whoever looks: each process fetches those
that changed since it last looked, and goes through all of them at once (10,000 in about a
millisecond)."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select

from kb.model import Content
from kb.store.codec import decode
from kb.store.gate_tables import SketchRow
from kb.store.tables import RecordRow, RevisionRow
from kb.text.sketch import FACTS, FACTS_SHARE, MARKS, Sketch, sketch

SHARED = 0.3
"""From this estimated share of the shorter text on, two texts are worth comparing."""
_MOST = 20
_PORTION, _DEAD = 500, 1_000

_INSERT = insert(SketchRow)
_DELETE = delete(SketchRow).where(SketchRow.record_id == bindparam("gone"))
_SINCE = (
    select(SketchRow.seq, SketchRow.record_id, SketchRow.size, SketchRow.marks, SketchRow.facts)
    .where(SketchRow.seq > bindparam("seen"))
    .order_by(SketchRow.seq)
)
_WITHOUT = (
    select(RecordRow.id, RevisionRow.content)
    .join(
        RevisionRow,
        (RevisionRow.record_id == RecordRow.id) & (RevisionRow.number == RecordRow.working),
    )
    .outerjoin(SketchRow, SketchRow.record_id == RecordRow.id)
    .where(SketchRow.seq.is_(None))
)


def write(connection: Connection, contents: Mapping[str, Content]) -> None:
    """Keeps the sketches of records, in the place of those they had."""
    if not contents:
        return
    connection.execute(_DELETE, [{"gone": record_id} for record_id in contents])
    rows = []
    for record_id, content in contents.items():
        made = sketch(content.text)
        marks, facts = (part.astype("<u4").tobytes() for part in (made.marks, made.facts))
        rows.append({"record_id": record_id, "size": made.size, "marks": marks, "facts": facts})
    connection.execute(_INSERT, rows)


def lacking(connection: Connection) -> int:
    """How many records have no sketch: those of a database from before there were any."""
    counts = [
        connection.execute(select(func.count()).select_from(row)).scalar_one()
        for row in (RecordRow, SketchRow)
    ]
    return int(counts[0] - counts[1])


def write_lacking(connection: Connection, most: int = _PORTION) -> int:
    """Makes some of those that are lacking; gives how many."""
    rows = connection.execute(_WITHOUT.limit(most)).all()
    write(connection, {row.id: decode(row.content) for row in rows})
    return len(rows)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A record whose text may be another's. share: of the shorter text that stands in the longer,
    as estimated; facts: how many days and sums both name."""

    id: str
    share: float
    facts: int


class Sketches:
    """Those of one database, in the memory of one process. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = _Held()

    def suspects(
        self, connection: Connection, asked: Sketch, left_out: Collection[str]
    ) -> list[Suspect]:
        """The records worth comparing with a text, the likeliest first, up to 20 by each sign, some
        left out."""
        with self._lock:
            new = connection.execute(_SINCE, {"seen": self._held.seen}).all()
            if new and self._held.is_stale():
                self._held = _Held()
                new = connection.execute(_SINCE, {"seen": 0}).all()
            if new:
                self._held.add(new)
            found = self._held.suspects(asked, left_out)
        return sorted(found, key=lambda one: (-one.share, -one.facts, one.id))


class _Held:
    """All sketches as arrays, a row each; seen: the last that was fetched."""

    def __init__(self) -> None:
        self.seen = 0
        self._ids: list[str] = []
        self._at: dict[str, int] = {}
        self._dead: list[int] = []  # rows of texts that were saved again since
        self._marks = np.empty((0, MARKS), dtype=np.uint32)
        self._sizes: npt.NDArray[np.float64] = np.empty(0)
        self._facts = np.empty(0, dtype=np.uint32)
        self._fact_of = np.empty(0, dtype=np.int64)

    def is_stale(self) -> bool:
        """Whether much of this is of texts that were saved again."""
        return len(self._dead) > _DEAD and 4 * len(self._dead) > len(self._ids)

    def add(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
        self.seen = rows[-1].seq
        start = len(self._ids)
        for at, row in enumerate(rows, start):
            if row.record_id in self._at:
                self._dead.append(self._at[row.record_id])
            self._at[row.record_id] = at
        self._ids += [row.record_id for row in rows]
        marks = np.frombuffer(b"".join(row.marks for row in rows), dtype="<u4")
        self._marks = np.concatenate((self._marks, marks.reshape(-1, MARKS)))
        self._sizes = np.concatenate((self._sizes, [float(row.size) for row in rows]))
        facts = [np.frombuffer(row.facts, dtype="<u4") for row in rows]
        of = np.repeat(np.arange(start, len(self._ids)), [one.size for one in facts])
        self._facts = np.concatenate((self._facts, *facts))
        self._fact_of = np.concatenate((self._fact_of, of))

    def suspects(self, asked: Sketch, left_out: Collection[str]) -> list[Suspect]:
        agreeing = (self._marks == asked.marks).mean(axis=1) if asked.size else self._sizes * 0
        shares = _shares(agreeing, self._sizes, asked.size)
        of = self._fact_of[np.isin(self._facts, asked.facts)]
        facts = np.bincount(of, minlength=len(self._ids)).astype(np.float64)
        fewer = np.minimum(np.bincount(self._fact_of, minlength=len(self._ids)), asked.facts.size)
        facts[facts < FACTS_SHARE * fewer] = 0
        gone = [*self._dead, *(self._at[one] for one in left_out if one in self._at)]
        shares[gone] = facts[gone] = 0
        chosen = {*_highest(shares, SHARED), *_highest(facts, FACTS)}
        return [Suspect(self._ids[at], float(shares[at]), int(facts[at])) for at in chosen]


def _shares(
    agreeing: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.float64]:
    """The share of the shorter text that stands in the longer, as the share of agreeing marks lets
    expect."""
    fewer = np.maximum(np.minimum(sizes, size), 1)
    return np.minimum(agreeing * (sizes + size) / ((1 + agreeing) * fewer), 1.0)


def _highest(values: npt.NDArray[np.float64], least: float) -> list[int]:
    """The places of the highest values, from the least on."""
    places = np.flatnonzero(values >= least)
    return [int(at) for at in places[np.argsort(-values[places])][:_MOST]]
