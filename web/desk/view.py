"""A draft as its page shows it: every value with its evidence, the text with each stretch that
something was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb import law
from kb.desk import Failure
from kb.issues import TAXONOMIES
from kb.model import (
    Citation,
    CitationStatus,
    Claim,
    ClaimSource,
    Content,
    Docket,
    Party,
    Region,
    Span,
    settled,
)
from kb.store.rows import claims_of
from web import words
from web.desk import called
from web.desk.doubts import FIELDS
from web.desk.pieces import Part, Stretch, parts
from web.desk.rules import Trust, reading
from web.pages.check import why

Numbering = Callable[..., int | None]
PageOf = Callable[[Citation], str]
"""The address of a provision that is cited, "" where its text is not here."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value said of a field. anchor: its place on the page. number: of its stretch in the text,
    None where the text does not show it. key: names the value in forms. state: confirmed, proposed
    or rejected; holds: whether it is the field's value as it stands. rule: how it was read, trust:
    how far that may be relied on, both in words. page: of the provision it cites; doubt: what is
    wrong with the citation; "" for none."""

    anchor: str
    key: str
    label: str
    state: str
    holds: bool
    source: str
    rule: str
    trust: str
    doubtful: bool
    quote: str
    number: int | None
    page: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a gate found. number: of its stretch. mask: what is proposed instead, "" where a person
    must think of something, None where nothing can be masked."""

    failure: Failure
    number: int | None
    mask: str | None


@dataclass(frozen=True, slots=True)
class View:
    """fields: name, values. undecided: how many values nobody has confirmed or rejected."""

    fields: tuple[tuple[str, tuple[Value, ...]], ...]
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    undecided: int


def view(
    content: Content,
    failures: Iterable[Failure],
    masks: Mapping[str, str],
    page_of: PageOf = lambda _: "",
) -> View:
    """The page's view of a content and of what stands against publishing it. masks: by the key of
    a failure, what is proposed instead of the words."""
    stretches: list[Stretch] = []

    def number(span: Span | None, *, is_open: bool = False) -> int | None:
        if span is None or span.start >= span.end:
            return None
        stretches.append(Stretch(span, len(stretches) + 1, open=is_open))
        return len(stretches)

    fields = tuple((field, tuple(_values(content, field, number, page_of))) for field in FIELDS)
    problems = tuple(
        Problem(one, number(one.span, is_open=True), masks.get(one.key)) for one in failures
    )
    cited = [_cited(citation, page_of) for citation in settled(content.citations)]
    undecided = sum(value.state == PROPOSED for _, values in fields for value in values)
    return View(fields, tuple(parts(content, [*stretches, *cited])), problems, undecided)


CONFIRMED, PROPOSED, REJECTED = "confirmed", "proposed", "rejected"


def undecided(content: Content) -> list[str]:
    """The places on the page of the values that nobody has confirmed or rejected, in its order."""
    return [
        _anchor(field, claim.value)
        for field in FIELDS
        for claim, state in _claims(content, field)
        if state == PROPOSED
    ]


def anchors(content: Content) -> list[str]:
    """The places of all values, in the order of the page."""
    return [_anchor(field, claim.value) for field in FIELDS for claim, _ in _claims(content, field)]


def _anchor(field: str, value: object) -> str:
    return f"v-{field}-{key(value)}"


def key(value: object) -> str:
    """Names a value in a form, the same from one revision to the next."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def label(field: str, value: object) -> str:
    """What to show for a value."""
    match value:
        case Region():
            return f"{words.region_role(value.role)}：{value.name}"
        case Party():
            return f"{words.party_role(value.role)}：{value.name}"
        case Docket():
            return value.raw
        case Citation():
            return f"{law.label(value)}（{words.citation_status(value.status)}）"
        case date():
            return value.isoformat()
        case _:
            term = TAXONOMIES[field]().get(str(value)) if field in TAXONOMIES else None
            return called.term(term) if term else str(value)


def _values(content: Content, field: str, number: Numbering, page_of: PageOf) -> Iterator[Value]:
    holding = settled(claims_of(content, field))
    for claim, state in _claims(content, field):
        value, evidence = claim.value, claim.evidence
        read = reading(evidence.rule)
        cites = isinstance(value, Citation)
        doubt = _doubt(value) if cites else ""
        trust = Trust.LOW if doubt else read.trust
        yield Value(
            anchor=_anchor(field, value),
            key=key(value),
            label=label(field, value),
            state=state,
            holds=value in holding,
            source=words.claim_source(evidence.source.name),
            rule="；".join(filter(None, (read.words, why(value.rule) if cites else ""))),
            trust=trust.label,
            doubtful=trust is Trust.LOW,
            quote=evidence.quote,
            number=number(evidence.span),
            page=page_of(value) if cites else "",
            doubt=doubt,
        )


def _claims(content: Content, field: str) -> Iterator[tuple[Claim[Any], str]]:
    """Each value once, by its best claim: a person's before the others; with its state."""
    every = claims_of(content, field)
    claims: dict[object, Claim[Any]] = {}
    for claim in sorted(every, key=lambda one: -one.evidence.source):
        claims.setdefault(claim.value, claim)
    holding = settled(every)
    rejected = {one.value for one in every if one.rejected}
    order = {value: place for place, value in enumerate(holding)}
    for value in sorted(claims, key=lambda one: order.get(one, len(order))):
        by_person = claims[value].evidence.source is ClaimSource.PERSON
        state = CONFIRMED if by_person and value in holding else PROPOSED
        yield claims[value], REJECTED if value not in holding and value in rejected else state


def _cited(citation: Citation, page_of: PageOf) -> Stretch:
    return Stretch(citation.span, 0, page=page_of(citation), doubt=_doubt(citation))


def _doubt(citation: Citation) -> str:
    sure = citation.status is CitationStatus.RESOLVED
    return "" if sure else words.citation_status(citation.status)
