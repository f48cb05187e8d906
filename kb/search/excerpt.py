"""The passages to show of a record: from each section that matches best its best stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
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
    found = []
    for section in content.sections:
        if section.role is Role.HEAD and len(content.sections) > 1:
            continue
        low = bisect_left(places, (section.body.start,))
        high = bisect_left(places, (section.body.end,))
        if window := _densest(places[low:high], asked):
            found.append((window, section))
    chosen = [_excerpt(content.text, section, w) for w, section in _telling(found, asked, most)]
    return tuple(sorted(chosen, key=lambda excerpt: excerpt.span) or _beginning(content))


def _telling(
    found: list[tuple[_Window, Section]], asked: Asked, most: int
) -> Iterator[tuple[_Window, Section]]:
    """The windows that show most, one after another what those before it did not."""
    shown: set[int] = set()

    def gain(window: _Window) -> tuple[float, float]:
        new = window.numbers() - shown
        return sum(asked.wanted[number].weight for number in new), window.score

    if len(found) <= most:
        yield from found
        return
    while most:
        best = max(range(len(found)), key=lambda at: gain(found[at][0]))
        shown |= found[best][0].numbers()
        most -= 1
        yield found.pop(best)


def best_excerpt(
    text: str, section: Section, places: Sequence[Place], asked: Asked
) -> Excerpt | None:
    """The best passage of one section; None where nothing stands in it."""
    window = _densest(places, asked)
    return _excerpt(text, section, window) if window else None


@dataclass(frozen=True, slots=True)
class _Window:
    """The places of a section, and which of them stand in the window chosen."""

    places: Sequence[Place]
    first: int
    behind: int
    score: float

    def numbers(self) -> set[int]:
        return {place.number for place in self.places[self.first : self.behind]}


def _densest(places: Sequence[Place], asked: Asked) -> _Window | None:
    """The window in which most of what was asked stands, each thing counted once."""
    best: _Window | None = None
    inside: dict[int, int] = {}
    score, behind = 0.0, 0
    for first, (start, _, own) in enumerate(places):
        reach = start + PASSAGE_LENGTH - _LEAD
        while behind < len(places) and (behind == first or places[behind].end <= reach):
            number = places[behind].number
            if not inside.get(number):
                score += asked.wanted[number].weight
            inside[number] = inside.get(number, 0) + 1
            behind += 1
        if best is None or score > best.score:
            best = _Window(places, first, behind, score)
        inside[own] -= 1
        if not inside[own]:
            score -= asked.wanted[own].weight
    return best


def _excerpt(text: str, section: Section, found: _Window) -> Excerpt:
    standing = found.places[found.first : found.behind]
    span = _window(text, section.body, standing[0].start, max(place.end for place in standing))
    return Excerpt(section, span, tuple(marks(found.places, span)), found.score)


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
