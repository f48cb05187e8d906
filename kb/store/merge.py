"""A record read again from its source, joined with what people have said of it since.

Three states meet: what the source said last time (known by the digest of its frame), what the
record says now (ours), and what the source says today (theirs). The frame is all but the claims:
kind, title, subtitle, text, sections.

- The frame follows the source, unless only a person changed it. Where both did, they are in
  conflict and a person must choose.
- The claims are theirs, and with them, never lost, those of ours that a person made or that were
  rejected. Their spans move to where the same words stand in the new text.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.model import CLAIM_FIELDS, Citation, Claim, ClaimSource, Content, Span
from kb.store.rows import claims_of
from kb.text.shared import shared_start

LOST = "人工认定的内容在新文本中找不到原文："
"""How a warning begins that names a person's claim whose words are gone from the text."""


@dataclass(frozen=True, slots=True)
class Merged:
    """content: as the record should now read. conflict: source and person both changed the frame;
    the content then has the source's frame, and must wait for a person."""

    content: Content
    conflict: bool = False


def frame(content: Content) -> str:
    """A digest of all but the claims and warnings."""
    sections = [
        (part.role, part.heading, part.span.start, part.span.end, part.body.start, part.body.end)
        for part in content.sections
    ]
    said = [content.kind, content.title, content.subtitle, content.text, sections]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def merge(ours: Content, theirs: Content, last_frame: str) -> Merged:
    """Joins the record as it is with its source as read again. Merging the same again changes
    nothing.

    last_frame: the `frame` of the source's reading that ours grew from.
    """
    our_frame, their_frame = frame(ours), frame(theirs)
    kept = their_frame == last_frame  # the source has not changed it; a person may have
    conflict = not kept and our_frame not in (last_frame, their_frame)
    base = ours if kept else theirs
    lost: list[str] = [warning for warning in ours.warnings if warning.startswith(LOST)]
    fields: dict[str, object] = {}
    for field in CLAIM_FIELDS:
        found = list(_found(claims_of(theirs, field), theirs.text, base.text))
        carried = []
        for claim in claims_of(ours, field):
            if _is_kept(claim):
                moved = _moved(claim, ours.text, base.text)
                if claim.evidence.span and not moved.evidence.span:
                    lost.append(f"{LOST}{claim.evidence.span.of(ours.text)}")
                carried.append(moved)
        fields[field] = _joined(claims_of(ours, field), found, carried)
    new = [warning for warning in theirs.warnings if warning not in lost]
    merged = base.with_fields(**fields, warnings=tuple(new + list(dict.fromkeys(lost))))
    return Merged(merged, conflict)


def _found(claims: tuple[Claim[Any], ...], old: str, new: str) -> Iterator[Claim[Any]]:
    """The claims of a reading, moved to the text that holds; what rests on words that a person took
    out of the text is not brought back."""
    for claim in claims:
        moved = _moved(claim, old, new)
        if moved.evidence.span or not claim.evidence.span:
            yield moved


def _joined(
    ours: tuple[Claim[Any], ...], found: list[Claim[Any]], carried: list[Claim[Any]]
) -> tuple[Claim[Any], ...]:
    """What was found, each replaced by its carried twin where it has one, then the other
    carried."""
    carried = list(dict.fromkeys([*carried, *filter(_is_kept, found)]))
    waiting: dict[object, list[Claim[Any]]] = {}
    for claim in carried:
        waiting.setdefault((claim.value, claim.evidence.rule), []).append(claim)
    twins = set(waiting)
    joined: list[Claim[Any]] = []
    for claim in found:
        said = (claim.value, claim.evidence.rule)
        joined += waiting.pop(said, []) if said in twins else [claim]
    joined += [claim for claims in waiting.values() for claim in claims]
    # The same claims in another order are no change: a person's claims may stand anywhere in ours.
    return ours if carried and Counter(joined) == Counter(ours) else tuple(joined)


def _is_kept(claim: Claim[Any]) -> bool:
    return claim.rejected or claim.evidence.source is ClaimSource.PERSON


def _moved(claim: Claim[Any], old: str, new: str) -> Claim[Any]:
    """The claim with its spans where the same words stand in the new text; without, where gone."""
    if old == new:
        return claim
    evidence, value = claim.evidence, claim.value
    if evidence.span:
        evidence = replace(evidence, span=_find(evidence.span, old, new))
    if isinstance(value, Citation):
        value = replace(value, span=_find(value.span, old, new) or Span(0, 0))
    return replace(claim, evidence=evidence, value=value)


def _find(span: Span, old: str, new: str) -> Span | None:
    """Where the words of the span stand in the new text: told by the words around them where these
    are the same, else the place nearest to the old one."""
    words = span.of(old)
    if not words:
        return None
    places = list(_places(words, new))
    if not places:
        return None
    before, after = old[max(0, span.start - 20) : span.start], old[span.end : span.end + 20]

    def strangeness(place: int) -> tuple[int, int]:
        end = place + len(words)
        same = shared_start(before[::-1], new[max(0, place - 20) : place][::-1])
        same += shared_start(after, new[end : end + 20])
        return -same, abs(place - span.start)

    best = min(places, key=strangeness)
    return Span(best, best + len(words))


def _places(words: str, text: str) -> Iterable[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)
