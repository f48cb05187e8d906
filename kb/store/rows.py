"""What the database can be asked of a content: its columns in `record`, its sections and claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from kb.model import CLAIM_FIELDS, Citation, Claim, Content, Docket, Party, Region, settled
from kb.text.normalise import fold_text

Row = dict[str, Any]

KEY_LENGTH = 200
"""Keys are cut to this many characters: PostgreSQL refuses an index entry over 2,700 bytes."""


def claims_of(content: Content, field: str) -> tuple[Claim[Any], ...]:
    """The claims of a field of `CLAIM_FIELDS`."""
    claims: tuple[Claim[Any], ...] = getattr(content, field)
    return claims


def batch_title(content: Content) -> str:
    """The batch that a content belongs to, "" for none."""
    return _plain(next(iter(settled(content.batch)), ""))


def record_columns(content: Content, mark: str | None) -> Row:
    """The columns of `record` that follow from the content. mark: `fingerprint` of its text."""
    return {
        "kind": content.kind.value,
        "title": _plain(content.title),
        "subtitle": _plain(content.subtitle),
        "published": next(iter(settled(content.published)), None),
        "decided": next(iter(settled(content.decided)), None),
        "fingerprint": mark,
    }


def fingerprint(text: str) -> str | None:
    """The same for texts that differ only in width, white space, brackets, quotes or traditional
    characters; None where no text is left, since nothing equals nothing."""
    folded = fold_text(text)
    return hashlib.sha256(folded.encode()).hexdigest() if folded else None


def section_rows(record_id: str, content: Content) -> Iterator[Row]:
    for ordinal, section in enumerate(content.sections):
        yield {
            "record_id": record_id,
            "ordinal": ordinal,
            "role": section.role.value,
            "heading": _plain(section.heading),
            "start": section.span.start,
            "end": section.span.end,
            "body_start": section.body.start,
            "body_end": section.body.end,
        }


def claim_rows(record_id: str, content: Content) -> Iterator[Row]:
    for field in CLAIM_FIELDS:
        claims = claims_of(content, field)
        holding = set(settled(claims))
        for ordinal, claim in enumerate(claims):
            evidence = claim.evidence
            yield {
                "record_id": record_id,
                "field": field,
                "ordinal": ordinal,
                "key": _plain(key(claim.value))[:KEY_LENGTH],
                "value": msgspec.json.encode(claim.value).decode(),
                "holds": claim.value in holding,
                "source": int(evidence.source),
                "rule": _plain(evidence.rule),
                "rule_version": evidence.version,
                "quote": _plain(evidence.quote),
                "start": evidence.span.start if evidence.span else None,
                "end": evidence.span.end if evidence.span else None,
                "rejected": claim.rejected,
            }


def key(value: object) -> str:
    """What a value is looked up by."""
    match value:
        case Docket():
            return value.normalised
        case Party():
            return value.name
        case Region():
            return value.code
        case Citation():
            return value.work or ""
        case date():
            return value.isoformat()
    return str(value)


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL in a text; the content's own JSON keeps it, escaped."""
    return text.replace("\0", "")
