"""Whether store and index are sound and agree: what `kb doctor` and the health of a server tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kb.errors import IndexUnavailable
from kb.search.engine import Engine
from kb.store.repository import Repository


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that `kb doctor` looks at, and what it found."""

    name: str
    ok: bool
    detail: str


class Disagreements(NamedTuple):
    """Records by id that the index lacks, that only the index has, and that it has in another
    revision than the one that is public."""

    missing: set[str]
    surplus: set[str]
    stale: set[str]


@dataclass(frozen=True, slots=True)
class Health:
    """ok: store and index can be read and agree. backlog: changes not yet in the index."""

    ok: bool
    records: int
    indexed: int
    backlog: int
    detail: str


class Checkup:
    """Looks at a store and its index. analysis: the version that the index should be made with."""

    def __init__(self, store: Repository, engine: Engine, analysis: str) -> None:
        self._store = store
        self._engine = engine
        self._analysis = analysis

    def health(self) -> Health:
        """Whether store and index can be read and hold the same number of records."""
        records, backlog = self._store.count(), self._store.backlog()
        try:
            indexed = self._engine.stats().documents
        except IndexUnavailable as error:
            return Health(False, records, 0, backlog, str(error))
        agree = indexed == records or backlog > 0
        detail = "" if agree else f"库中 {records} 件，索引中 {indexed} 件，请运行 kb doctor --fix"
        return Health(agree, records, indexed, backlog, detail)

    def damaged(self) -> list[str]:
        """The files of the index that do not hold what was written. Raises IndexUnavailable."""
        return self._engine.damaged()

    def disagreements(self) -> Disagreements:
        """Where index and store differ. Raises IndexUnavailable."""
        stored, indexed = self._store.published_revisions(), self._engine.revisions()
        both = stored.keys() & indexed.keys()
        return Disagreements(
            missing=stored.keys() - both,
            surplus=indexed.keys() - both,
            stale={record_id for record_id in both if stored[record_id] != indexed[record_id]},
        )

    def checks(self) -> list[Check]:
        """What else must hold: the audit is whole, nothing waits to be indexed, versions agree."""
        audit, backlog = self._store.verify_audit(), self._store.backlog()
        waiting = "，请运行 kb doctor --fix" if backlog else ""
        broken = f"第 {'、'.join(map(str, audit.broken))} 条被改动" if audit.broken else "完整"
        return [
            Check("操作记录", not audit.broken, f"{audit.entries} 条，{broken}"),
            Check("待入索引", not backlog, f"{backlog} 项{waiting}"),
            self._version_check(),
            self._damage_check(),
        ]

    def _version_check(self) -> Check:
        name = "词典与索引版本"
        try:
            stats = self._engine.stats()
        except IndexUnavailable as error:
            return Check(name, False, str(error))
        versions = f"索引结构 {stats.schema}，词典 {stats.analysis}，索引代 {stats.generation}"
        return Check(name, stats.analysis == self._analysis, versions)

    def _damage_check(self) -> Check:
        name = "索引文件"
        try:
            damaged = self._engine.damaged()
        except IndexUnavailable as error:
            return Check(name, False, str(error))
        told = f"{'、'.join(damaged)} 与写入时不同，请运行 kb rebuild 重建索引"
        return Check(name, not damaged, told if damaged else "完整")
