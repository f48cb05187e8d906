"""What became of each source of an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Outcome(StrEnum):
    """UNCHANGED: nothing new, or skipped as read before. DRY_RUN: read, not stored."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source failed. place: where in it, "" for the whole; reason: found and expected."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"（{self.place}）{self.reason}" if self.place else self.reason


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source. record_ids: of the records it holds now; titles: of the cases found in it."""

    origin: str
    outcome: Outcome
    record_ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An import. ignored: files of folders that were left alone, each with the reason."""

    sources: tuple[SourceReport, ...]
    ignored: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that failed."""
        return tuple(source for source in self.sources if source.outcome is Outcome.FAILED)

    def counts(self) -> dict[str, int]:
        """How many sources came to each outcome."""
        found = Counter(source.outcome for source in self.sources)
        return {outcome.value: found[outcome] for outcome in Outcome}

    def to_json(self) -> str:
        """The report as JSON, indented, in UTF-8."""
        return TypeAdapter(Report).dump_json(self, indent=2).decode()
