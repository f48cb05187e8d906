"""What to show of a hit: the marks in its title, and the passages where the query stands best.

Marks are offsets into the original text, found by looking for what was asked in the text itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model import Content, Role, Section, Span
from kb.search.query import Node, Quoted, Words, positive
from kb.text.exact import Haystack, Needle, needle

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to mark. weight: longer words and quotations tell more."""

    typed: str
    needle: Needle
    weight: float


def wanted(node: Node) -> tuple[Wanted, ...]:
    """What a query would have marked: its quotations and words, each once."""
    found: dict[str, Wanted] = {}
    for leaf in positive(node):
        texts: Iterable[str] = (leaf.text,)
        if isinstance(leaf, Words):
            whole = (leaf.text,) if leaf.every else ()
            texts = (*whole, *leaf.synonyms, *leaf.longer, *leaf.words)
        for text in texts:
            form = needle(text)
            # A single character typed among others would mark half of every text.
            if form.plain and (
                len(form.plain) > 1 or isinstance(leaf, Quoted) or len(leaf.words) < 2
            ):
                found.setdefault(form.plain, Wanted(text, form, float(len(form.plain))))
    return tuple(found.values())


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, with overlapping and touching stretches joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def located(text: str, asked: Sequence[Wanted]) -> list[tuple[Span, int]]:
    """Where each thing asked for stands in a text, in order: the stretch, and which it is."""
    haystack = Haystack(text)
    return sorted(
        (span, number) for number, want in enumerate(asked) for span in haystack.places(want.needle)
    )


def excerpts(
    content: Content, asked: Sequence[Wanted], places: list[tuple[Span, int]], most: int = 2
) -> tuple[Excerpt, ...]:
    """The best passage of each of the sections that match best, in the order of the text; the
    beginning of the facts where nothing stands in the text itself. places: as `located`."""
    best = []
    for section in content.sections:
        if section.role is Role.HEAD and len(content.sections) > 1:
            continue
        low = bisect_left(places, (Span(section.body.start, 0), -1))
        high = bisect_left(places, (Span(section.body.end, 0), -1))
        excerpt = best_excerpt(content.text, section, places[low:high], asked)
        if excerpt:
            best.append(excerpt)
    best.sort(key=lambda excerpt: -excerpt.score)
    chosen = sorted(best[:most], key=lambda excerpt: excerpt.span) or _beginning(content)
    return tuple(chosen)


def best_excerpt(
    text: str, section: Section, places: list[tuple[Span, int]], asked: Sequence[Wanted]
) -> Excerpt | None:
    """The window of a section in which most of what was asked stands, each thing counted once."""
    best: tuple[float, int] | None = None
    for first, (span, _) in enumerate(places):
        seen: set[int] = set()
        for other, number in places[first:]:
            if other.end > span.start + PASSAGE_LENGTH - _LEAD:
                break
            seen.add(number)
        score = sum(asked[number].weight for number in seen)
        if seen and (best is None or score > best[0]):
            best = (score, span.start)
        if first > 400:  # a section that says the same thing everywhere has shown its best by now
            break
    if best is None:
        return None
    window = _window(text, section.body, best[1])
    inside = merged(
        Span(max(span.start, window.start), min(span.end, window.end))
        for span, _ in places
        if span.start < window.end and span.end > window.start
    )
    return Excerpt(section, window, inside, best[0])


def _window(text: str, body: Span, around: int) -> Span:
    """A passage about a place: from the beginning of its sentence, else of its clause, where that
    is near."""
    start = max(body.start, around - _LEAD)
    for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        near = max(body.start, around - 2 * _LEAD)
        before = max(text.rfind(end, near, around) for end in ends) + 1
        if before > 0 or near == body.start:
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
    window = _window(content.text, section.body, section.body.start)
    return [Excerpt(section, window, (), 0.0)]
