"""Masks put into a record, with every span moved along, and taken back one by one.

Nothing is masked that nobody asked for: whoever calls hands over the findings a person accepted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.check.findings import RECORD, Finding, Kind
from kb.model import CLAIM_FIELDS, Claim, Content, Section, Span

_WORDS = tuple(field.value for field in RECORD)  # title, subtitle, text
_UNTOUCHED = ("dockets",)
# Fields whose values are words, not codes or days.
_PLAIN_VALUES = ("batch", "publishers", "keywords")


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """One stretch replaced. path: title, subtitle, text, or a string of a claim or section, as
    "parties.2.name". span: in that string before anything was replaced."""

    path: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked record and all that was replaced in it. The list holds what was masked: keep it as
    the unmasked record is kept."""

    content: Content
    replacements: tuple[Replacement, ...]


def mask(content: Content, findings: Iterable[Finding]) -> Masked:
    """The record with the masks of these findings in title, subtitle and text at their places, and
    wherever parties, keywords and quotes of evidence say the same; numbers of cases stay.

    Findings without a mask, and places in the file or its name, are passed over. Where findings
    overlap, the one that begins first holds, of those the longest.
    """
    accepted = [finding for finding in findings if finding.maskable]
    wanted = [*_in_words(content, accepted), *_in_values(content, accepted)]
    return Masked(_changed(content, wanted, _put), tuple(wanted))


def undo(masked: Masked, which: Iterable[Replacement] | None = None) -> Masked:
    """The record with some masks taken back (None: all), and what is still replaced. A span that
    began or ended within a replaced stretch of another length comes back around all of it."""
    back = set(masked.replacements if which is None else which)
    left = tuple(one for one in masked.replacements if one not in back)
    bare = _changed(masked.content, masked.replacements, _take)
    return Masked(_changed(bare, left, _put), left)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to put at a stretch of a string as it now is."""

    span: Span
    words: str


_Edits = Callable[[Sequence[Replacement]], list[_Edit]]


def _put(replacements: Sequence[Replacement]) -> list[_Edit]:
    return [_Edit(one.span, one.after) for one in sorted(replacements)]


def _take(replacements: Sequence[Replacement]) -> list[_Edit]:
    """The same backwards: where each mask now stands, and the words it hides."""
    edits, moved = [], 0
    for one in sorted(replacements):
        start = one.span.start + moved
        edits.append(_Edit(Span(start, start + len(one.after)), one.before))
        moved += len(one.after) - len(one.before)
    return edits


def _in_words(content: Content, findings: Sequence[Finding]) -> Iterator[Replacement]:
    for path in _WORDS:
        text, end = getattr(content, path), 0
        places = [
            (place.span, finding)
            for finding in findings
            for place in finding.places
            if place.field.value == path
        ]
        for span, finding in sorted(places, key=lambda item: (item[0].start, -item[0].end)):
            if span.start >= end and finding.mask != span.of(text):
                yield Replacement(path, span, span.of(text), finding.mask or "")
                end = span.end


def _in_values(content: Content, findings: Sequence[Finding]) -> Iterator[Replacement]:
    """The same words in what was read out of the text. Only names and numbers are looked for: an
    age or a birthday is nobody's but where it stands."""
    known = [one for one in findings if one.kind not in (Kind.MINOR, Kind.BIRTHDAY)]
    known.sort(key=lambda finding: -len(finding.quote))
    for path, words in _strings(content):
        taken: list[Span] = []
        for finding in known:
            at = words.find(finding.quote)
            while at >= 0:
                span = Span(at, at + len(finding.quote))
                if not any(span.start < one.end and one.start < span.end for one in taken):
                    taken.append(span)
                    yield Replacement(path, span, finding.quote, finding.mask or "")
                at = words.find(finding.quote, span.end)


def strings(content: Content) -> Iterator[str]:
    """What the values of fields and their evidence say beside the text."""
    return (words for _, words in _strings(content))


def _strings(content: Content) -> Iterator[tuple[str, str]]:
    """Every string beside title, subtitle and text that may repeat their words, by its path. What
    quotes the text at a span is left out: it follows the text."""
    for at, section in enumerate(content.sections):
        yield f"sections.{at}.heading", section.heading
    for field in CLAIM_FIELDS:
        for at, claim in enumerate(getattr(content, field)):
            if field in _UNTOUCHED:
                continue
            if field in _PLAIN_VALUES:
                yield f"{field}.{at}.value", claim.value
            elif field == "parties":
                yield f"{field}.{at}.name", claim.value.name
            if not _follows(claim, content.text):
                yield f"{field}.{at}.quote", claim.evidence.quote


def _follows(claim: Claim[Any], text: str) -> bool:
    """Whether the claim's evidence quotes the text at its span."""
    span = claim.evidence.span
    return span is not None and span.of(text) == claim.evidence.quote


def _changed(content: Content, replacements: Sequence[Replacement], edits_of: _Edits) -> Content:
    """The content with the edits made in every string, and every span of the text moved."""
    by_path: dict[str, list[Replacement]] = {}
    for one in replacements:
        by_path.setdefault(one.path, []).append(one)
    edits = {path: edits_of(found) for path, found in by_path.items()}

    def edited(path: str, words: str) -> str:
        return _edited(words, edits.get(path, []))

    moves = _Moves(edits.get("text", []))
    text = edited("text", content.text)
    claims: dict[str, object] = {
        field: tuple(
            _claim(claim, f"{field}.{at}", content.text, text, moves, edited)
            for at, claim in enumerate(getattr(content, field))
        )
        for field in CLAIM_FIELDS
    }
    sections = tuple(
        _section(section, edited(f"sections.{at}.heading", section.heading), moves)
        for at, section in enumerate(content.sections)
    )
    title, subtitle = edited("title", content.title), edited("subtitle", content.subtitle)
    return content.with_fields(
        title=title, subtitle=subtitle, text=text, sections=sections, **claims
    )


def _edited(words: str, edits: Sequence[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [words[at : edit.span.start], edit.words]
        at = edit.span.end
    return "".join([*parts, words[at:]])


def _section(section: Section, heading: str, moves: _Moves) -> Section:
    """A section's edges are points that two sections share, so both ends move alike."""
    return replace(
        section,
        heading=heading,
        span=Span(moves.point(section.span.start), moves.point(section.span.end)),
        body=Span(moves.point(section.body.start), moves.point(section.body.end)),
    )


def _claim(
    claim: Claim[Any],
    path: str,
    old: str,
    new: str,
    moves: _Moves,
    edited: Callable[[str, str], str],
) -> Claim[Any]:
    evidence, value = claim.evidence, claim.value
    span = moves.span(evidence.span) if evidence.span else None
    follows = _follows(claim, old)
    quote = span.of(new) if follows and span else edited(f"{path}.quote", evidence.quote)
    field = path.partition(".")[0]
    if field == "parties":
        value = replace(value, name=edited(f"{path}.name", value.name))
    elif field == "citations":
        place = moves.span(value.span)
        same = value.span.of(old) == value.raw
        value = replace(value, span=place, raw=place.of(new) if same else value.raw)
    elif field in _PLAIN_VALUES:
        value = edited(f"{path}.value", value)
    return replace(claim, value=value, evidence=replace(evidence, span=span, quote=quote))


class _Moves:
    """Where offsets of a text are after edits of it."""

    def __init__(self, edits: Sequence[_Edit]) -> None:
        self._edits = edits
        self._starts = [edit.span.start for edit in edits]
        self._moved = [0]
        for edit in edits:
            grown = len(edit.words) - (edit.span.end - edit.span.start)
            self._moved.append(self._moved[-1] + grown)

    def point(self, offset: int, *, end: bool = False) -> int:
        """A place between characters; one within a replaced stretch moves to its start, or end."""
        at = bisect_right(self._starts, offset)
        if at and self._starts[at - 1] < offset < self._edits[at - 1].span.end:
            edit = self._edits[at - 1]
            start = edit.span.start + self._moved[at - 1]
            if len(edit.words) == edit.span.end - edit.span.start:
                return offset + self._moved[at - 1]
            return start + (len(edit.words) if end else 0)
        if at and self._starts[at - 1] == offset:  # a stretch that begins here lies behind it
            return offset + self._moved[at - 1]
        return offset + self._moved[at]

    def span(self, span: Span) -> Span:
        """A stretch; what reaches into a replaced one then covers all of its mask."""
        return Span(self.point(span.start), self.point(span.end, end=True))
