"""A draft as its page shows it: every value with its evidence, the text with each stretch that
something was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kb import law
from kb.desk import Failure
from kb.issues import acts, issues, outcomes
from kb.labels import coded
from kb.model import Citation, Claim, ClaimSource, Content, Docket, Party, Region, Span, settled
from kb.store.rows import claims_of
from web import words
from web.desk.doubts import FIELDS

Numbering = Callable[[Span | None], int | None]
_TAXONOMIES = {"acts": acts, "issues": issues, "outcomes": outcomes}


@dataclass(frozen=True, slots=True)
class Value:
    """A value said of a field. number: of its stretch on the page, None where the text does not
    show it. key: names the value in forms. state: confirmed, proposed or rejected; holds: whether
    it is the field's value as it stands."""

    key: str
    label: str
    state: str
    holds: bool
    source: str
    rule: str
    quote: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, with the numbers of the stretches it lies in; open: personal information."""

    text: str
    of: tuple[int, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. start: its place; cut: whether a section may begin here."""

    start: int
    cut: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section. number: from 0."""

    number: int
    role: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class View:
    """fields: name, values. problems: what a gate found, each with the number of its stretch."""

    fields: tuple[tuple[str, tuple[Value, ...]], ...]
    parts: tuple[Part, ...]
    problems: tuple[tuple[Failure, int | None], ...]


def view(content: Content, failures: Iterable[Failure]) -> View:
    """The page's view of a content and of what stands against publishing it."""
    stretches: list[tuple[Span, bool]] = []

    def number(span: Span | None, is_open: bool = False) -> int | None:
        if span is None or span.start >= span.end:
            return None
        stretches.append((span, is_open))
        return len(stretches)

    fields = tuple((field, tuple(_values(content, field, number))) for field in FIELDS)
    problems = tuple((one, number(one.span, True)) for one in failures)
    return View(fields, tuple(_parts(content, stretches)), problems)


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
            taxonomy = _TAXONOMIES.get(field)
            return coded(taxonomy(), [str(value)])[0].label if taxonomy else str(value)


def _values(content: Content, field: str, number: Numbering) -> Iterator[Value]:
    """Each value once, by its best claim: a person's before the others."""
    claims: dict[object, Claim[object]] = {}
    for claim in sorted(claims_of(content, field), key=lambda one: -one.evidence.source):
        claims.setdefault(claim.value, claim)
    holding = settled(claims_of(content, field))
    order = {value: place for place, value in enumerate(holding)}
    for value in sorted(claims, key=lambda one: order.get(one, len(order))):
        claim = claims[value]
        evidence = claim.evidence
        by_person = evidence.source is ClaimSource.PERSON
        state = "confirmed" if by_person and value in holding else "proposed"
        if value not in holding and any(
            one.rejected for one in claims_of(content, field) if one.value == value
        ):
            state = "rejected"
        yield Value(
            key(value),
            label(field, value),
            state,
            value in holding,
            words.claim_source(evidence.source.name),
            evidence.rule,
            evidence.quote,
            number(evidence.span),
        )


def _parts(content: Content, stretches: Sequence[tuple[Span, bool]]) -> Iterator[Part]:
    edges = sorted({edge for span, _ in stretches for edge in (span.start, span.end)})
    spans = [(n, part.role.value, part.span) for n, part in enumerate(content.sections)]
    for n, role, span in spans or [(0, "other", Span(0, len(content.text)))]:
        lines, at = [], span.start
        for row in span.of(content.text).splitlines(keepends=True):
            line = Span(at, at + len(row))
            at = line.end
            if row.strip():
                pieces = tuple(_pieces(content.text, line, edges, stretches))
                lines.append(Line(line.start, line.start > span.start, pieces))
        yield Part(n, role, tuple(lines))


def _pieces(
    text: str, line: Span, edges: Sequence[int], stretches: Sequence[tuple[Span, bool]]
) -> Iterator[Piece]:
    within = [edge for edge in edges if line.start < edge < line.end]
    near = [
        (n, span, is_open)
        for n, (span, is_open) in enumerate(stretches, 1)
        if span.start < line.end and line.start < span.end
    ]
    places = [line.start, *within, line.end]
    for start, end in pairwise(places):
        over = [(n, is_open) for n, span, is_open in near if span.start <= start < span.end]
        yield Piece(text[start:end], tuple(n for n, _ in over), any(is_open for _, is_open in over))
