"""What a person decides of a draft's fields. Each decision is a claim of a person, or a rejection;
neither is ever undone by reading the source again (`kb.store.merge`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kb.errors import BadRequest
from kb.model import CLAIM_FIELDS, Claim, ClaimSource, Content, Evidence, Span, settled
from kb.store.rows import claims_of

PERSON_RULE = "person"
SINGLE = ("batch", "published", "decided")
"""The fields that have one value."""


def set_values(
    content: Content, field: str, values: Iterable[Any], span: Span | None = None
) -> Content:
    """What holds of a field is this, in this order, as a person says; nothing holds where there are
    no values. span: the words in the text that show it; else those known for each value. Raises
    BadRequest for a field that is none, or more values than it can have."""
    claims, said = _claims(content, field), list(dict.fromkeys(values))
    if field in SINGLE and len(said) > 1:
        raise BadRequest(field, "只能有一个值")
    if tuple(said) == settled(claims) and _are_confirmed(claims, said) and span is None:
        return content
    others = [
        _with(claim, rejected=(claim.rejected or not said) and claim.value not in said)
        for claim in claims
        if claim.rejected or not _is_persons(claim)
    ]
    others = [claim for claim in others if claim.rejected or not _is_persons(claim)]
    own = [Claim(value, _evidence(content, claims, value, span)) for value in said]
    return content.with_fields(**{field: (*own, *others)})


def accept(content: Content, field: str, value: Any) -> Content:
    """A person confirms a value that was proposed, beside those confirmed before; in a field of one
    value, in their place."""
    claims = _claims(content, field)
    before = [] if field in SINGLE else _confirmed(claims)
    return set_values(content, field, [*before, value])


def accept_all(content: Content, field: str) -> Content:
    """A person confirms whatever holds of a field."""
    return set_values(content, field, settled(_claims(content, field)))


def reject(content: Content, field: str, value: Any) -> Content:
    """A person rejects a value; it stays, as rejected."""
    claims = _claims(content, field)
    rejected = tuple(replace(c, rejected=True) if c.value == value else c for c in claims)
    return content.with_fields(**{field: rejected})


def assign(content: Content, field: str, value: Any, span: Span) -> Content:
    """A person says that a stretch of the text gives this value of a field, beside those
    confirmed before."""
    if not 0 <= span.start < span.end <= len(content.text):
        raise BadRequest("span", "请先在正文中选中文字")
    claims = _claims(content, field)
    before = [] if field in SINGLE else [one for one in _confirmed(claims) if one != value]
    kept = set_values(content, field, [*before, value])
    evidence = Evidence(PERSON_RULE, span.of(content.text), span, ClaimSource.PERSON)
    shown = tuple(
        replace(claim, evidence=evidence)
        if claim.value == value and _is_persons(claim) and not claim.rejected
        else claim
        for claim in _claims(kept, field)
    )
    return content.with_fields(**{field: shown})


def proposed(content: Content) -> tuple[tuple[str, Claim[Any]], ...]:
    """What was proposed and nobody has confirmed or rejected yet, each with its field. In a field
    in which a person confirmed something, such a value does not hold."""
    return tuple(
        (field, claim)
        for field in CLAIM_FIELDS
        for claims in [claims_of(content, field)]
        for claim in claims
        if not (claim.rejected or _is_persons(claim))
        and claim.value not in _confirmed(claims)
        and not any(other.rejected and other.value == claim.value for other in claims)
    )


def _claims(content: Content, field: str) -> tuple[Claim[Any], ...]:
    if field not in CLAIM_FIELDS:
        raise BadRequest("field", f"没有“{field}”这一项")
    return claims_of(content, field)


def _with(claim: Claim[Any], *, rejected: bool) -> Claim[Any]:
    return claim if claim.rejected is rejected else replace(claim, rejected=rejected)


def _is_persons(claim: Claim[Any]) -> bool:
    return claim.evidence.source is ClaimSource.PERSON


def _confirmed(claims: Iterable[Claim[Any]]) -> list[Any]:
    return [claim.value for claim in claims if _is_persons(claim) and not claim.rejected]


def _are_confirmed(claims: Iterable[Claim[Any]], values: list[Any]) -> bool:
    return _confirmed(claims) == values


def _evidence(
    content: Content, claims: Iterable[Claim[Any]], value: Any, span: Span | None
) -> Evidence:
    if span:
        return Evidence(PERSON_RULE, span.of(content.text), span, ClaimSource.PERSON)
    known = [claim.evidence for claim in claims if claim.value == value]
    best = next((one for one in known if one.span), known[0] if known else Evidence(PERSON_RULE))
    return Evidence(PERSON_RULE, best.quote, best.span, ClaimSource.PERSON)
