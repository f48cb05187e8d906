"""The passages to show of a record: from each section that matches best its best stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Content, Role, Section, Span
from kb.search.highlight import Asked, Place, marks

PASSAGE_LENGTH = 120
_LEAD = 24
_SENTENCE_ENDS = "。！？；\n"
_CLAUSE_ENDS = "，：,"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of one section. span: in the record's text; marks: in the same offsets."""

    section: Section
    span: Span
    marks: tuple[Span, ...]
    score: float


def excerpts(
    content: Content, asked: Asked, places: list[Place], most: int = 2
) -> tuple[Excerpt, ...]:
    """The best passage of each of the sections that match best, in the order of the text; the
    beginning of the facts where nothing stands in the text. places: in the text, in order."""
    best = []
    for section in content.sections:
        if section.role is Role.HEAD and len(content.sections) > 1:
            continue
        low = bisect_left(places, (section.body.start,))
        high = bisect_left(places, (section.body.end,))
        excerpt = best_excerpt(content.text, section, places[low:high], asked)
        if excerpt:
            best.append(excerpt)
    best.sort(key=lambda excerpt: -excerpt.score)
    chosen = sorted(best[:most], key=lambda excerpt: excerpt.span) or _beginning(content)
    return tuple(chosen)


def best_excerpt(
    text: str, section: Section, places: Sequence[Place], asked: Asked
) -> Excerpt | None:
    """The window of a section in which most of what was asked stands, each thing counted once."""
    best, chosen = 0.0, (0, 0)
    inside: Counter[int] = Counter()
    score, behind = 0.0, 0
    for first, place in enumerate(places):
        reach = place.start + PASSAGE_LENGTH - _LEAD
        while behind < len(places) and (behind == first or places[behind].end <= reach):
            number = places[behind].number
            score += 0 if inside[number] else asked.wanted[number].weight
            inside[number] += 1
            behind += 1
        if score > best:
            best, chosen = score, (place.start, max(p.end for p in places[first:behind]))
        inside[place.number] -= 1
        score -= 0 if inside[place.number] else asked.wanted[place.number].weight
    if not best:
        return None
    window = _window(text, section.body, *chosen)
    return Excerpt(section, window, tuple(marks(places, window)), best)


def _window(text: str, body: Span, first: int, last: int) -> Span:
    """A passage about what stands from first to last: from the beginning of its sentence, else of
    its clause, where that is near and leaves all of it in sight."""
    earliest = max(body.start, first - 2 * _LEAD, min(last - PASSAGE_LENGTH, first))
    start = max(earliest, first - _LEAD)
    for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        before = max(text.rfind(end, earliest, first) for end in ends) + 1
        if before > 0 or earliest == body.start:
            start = before or body.start
            break
    end = min(body.end, start + PASSAGE_LENGTH)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _beginning(content: Content) -> list[Excerpt]:
    section = content.section(Role.FACTS) or next(
        (section for section in content.sections if section.role is not Role.HEAD), None
    )
    if section is None:
        return []
    window = _window(content.text, section.body, section.body.start, section.body.start)
    return [Excerpt(section, window, (), 0.0)]
