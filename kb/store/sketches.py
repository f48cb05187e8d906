"""The sketches of all records' texts, and which of them are worth comparing with one.

They are written with the texts, and held in memory by whoever looks: each process fetches those
that changed since it last looked, and goes through all of them at once (10,000 in about a
millisecond)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from kb.model import Content
from kb.store.codec import decode
from kb.store.gate_tables import SketchRow
from kb.store.tables import RecordRow, RevisionRow
from kb.text.sketch import MARKS, Sketch, sketch

SHARED = 0.3
"""From this estimated share of the shorter text on, two texts are worth comparing."""
FACTS = 3
"""So many days and sums that both name make two texts worth comparing."""
_MOST = 20
_PORTION = 500

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
        self._forget()

    def suspects(self, connection: Connection, record_id: str, asked: Sketch) -> list[Suspect]:
        """The records worth comparing with a text, the likeliest first, up to 20 by each sign.
        record_id: the one whose text it is, left out."""
        with self._lock:
            self._catch_up(connection)
            if not self._ids:
                return []
            agreeing = (self._marks == asked.marks).mean(axis=1) if asked.size else self._nothing
            shares = _shares(agreeing, self._sizes, asked.size)
            of = self._fact_of[np.isin(self._facts, asked.facts)]
            facts = np.bincount(of, minlength=len(self._ids))
            own = self._at.get(record_id)
            for values in (shares, facts):
                values[self._dead] = 0
                if own is not None:
                    values[own] = 0
            chosen = {*_highest(shares, SHARED), *_highest(facts, FACTS)}
            found = [Suspect(self._ids[at], float(shares[at]), int(facts[at])) for at in chosen]
        return sorted(found, key=lambda one: (-one.share, -one.facts, one.id))

    def _catch_up(self, connection: Connection) -> None:
        rows = connection.execute(_SINCE, {"seen": self._seen}).all()
        if not rows:
            return
        if len(self._dead) > 1000 and 4 * len(self._dead) > len(self._ids):
            self._forget()
            rows = connection.execute(_SINCE, {"seen": 0}).all()
        self._seen = rows[-1].seq
        start = len(self._ids)
        facts = [np.frombuffer(row.facts, dtype="<u4") for row in rows]
        for at, row in enumerate(rows, start):
            if row.record_id in self._at:
                self._dead.append(self._at[row.record_id])
            self._at[row.record_id] = at
        self._ids += [row.record_id for row in rows]
        marks = np.frombuffer(b"".join(row.marks for row in rows), dtype="<u4")
        self._marks = np.concatenate((self._marks, marks.reshape(-1, MARKS)))
        sizes = np.array([row.size for row in rows], dtype=np.float64)
        self._sizes = np.concatenate((self._sizes, sizes))
        of = np.repeat(np.arange(start, len(self._ids)), [one.size for one in facts])
        self._facts = np.concatenate((self._facts, *facts))
        self._fact_of = np.concatenate((self._fact_of, of))

    def _forget(self) -> None:
        self._seen = 0
        self._ids: list[str] = []
        self._at: dict[str, int] = {}
        self._dead: list[int] = []  # rows of texts that were saved again since
        self._marks = np.empty((0, MARKS), dtype=np.uint32)
        self._sizes = np.empty(0, dtype=np.float64)
        self._facts = np.empty(0, dtype=np.uint32)
        self._fact_of = np.empty(0, dtype=np.int64)

    @property
    def _nothing(self) -> npt.NDArray[np.float64]:
        return np.zeros(len(self._ids))


def _shares(
    agreeing: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.float64]:
    """The share of the shorter text that stands in the longer, as the share of agreeing marks lets
    expect."""
    fewer = np.maximum(np.minimum(sizes, size), 1)
    return np.asarray(np.minimum(agreeing * (sizes + size) / ((1 + agreeing) * fewer), 1.0))


def _highest(values: npt.NDArray[np.generic], least: float) -> list[int]:
    """The places of the highest values, from the least on."""
    places = np.flatnonzero(values >= least)
    return [int(at) for at in places[np.argsort(-values[places])][:_MOST]]
