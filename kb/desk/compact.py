"""What changed from one content to another, short enough to stand in the audit.

The audit can never be altered, so it must not hold what may have to be forgotten: of texts, titles
and parties it says where and how much, and the revisions, which can be purged, hold the words."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any

from kb.model import CLAIM_FIELDS, Citation, Claim, ClaimSource, Content, Docket, Region, settled
from kb.store.rows import claims_of

_SILENT = ("parties",)
"""Fields whose values are names of persons."""


def changes(old: Content, new: Content) -> dict[str, Any]:
    """Each part that changed -> [from, to]. text: [where, characters taken out, put in]; claims
    whose settled values are the same: how many are confirmed and rejected."""
    told: dict[str, Any] = {}
    if old.kind is not new.kind:
        told["kind"] = [old.kind.value, new.kind.value]
    for name in ("title", "subtitle", "text"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            told[name] = _stretch(before, after)
    if old.sections != new.sections:
        told["sections"] = [_roles(old), _roles(new)]
    for field in CLAIM_FIELDS:
        before, after = claims_of(old, field), claims_of(new, field)
        if before != after:
            told[field] = _values(field, before, after)
    if old.warnings != new.warnings:
        told["warnings"] = [len(old.warnings), len(new.warnings)]
    return told


def _stretch(old: str, new: str) -> list[int]:
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return [start, len(old) - start - end, len(new) - start - end]


def _roles(content: Content) -> str:
    return " ".join(section.role.value for section in content.sections)


def _values(field: str, before: tuple[Claim[Any], ...], after: tuple[Claim[Any], ...]) -> Any:
    old, new = settled(before), settled(after)
    if old == new:
        return {
            "confirmed": [_confirmed(before), _confirmed(after)],
            "rejected": [_rejected(before), _rejected(after)],
        }
    if field in _SILENT:
        return [len(old), len(new)]
    return [[_short(value) for value in old], [_short(value) for value in new]]


def _confirmed(claims: tuple[Claim[Any], ...]) -> int:
    return sum(c.evidence.source is ClaimSource.PERSON and not c.rejected for c in claims)


def _rejected(claims: tuple[Claim[Any], ...]) -> int:
    return sum(claim.rejected for claim in claims)


def _short(value: Hashable) -> str:
    match value:
        case Docket():
            return value.normalised
        case Region():
            return f"{value.code} {value.role.value}"
        case Citation():
            at = f"{value.version or ''}"
            return f"{value.work or '?'}@{at}/{value.article or ''}"
        case date():
            return value.isoformat()
    return str(value)
