"""Where in an article's text a paragraph, item or subitem stands, for its page to mark."""

from __future__ import annotations

from collections.abc import Iterator

from kb.law.provisions import Pinpoint
from kb.law.text import paragraphs
from kb.model import Span


def locate(text: str, at: Pinpoint) -> Span | None:
    """The stretch of an article's text that a pinpoint means, with all that stands below it; None
    where the article has no such place. An item without its paragraph is the first of its
    number; a pinpoint that names the article alone is the whole text."""
    if (at.paragraph, at.item, at.subitem) == (None, None, None):
        return Span(0, len(text))
    found = [
        (place, span)
        for place, span in _places(text)
        if all(
            wanted is None or wanted == value
            for wanted, value in zip(
                (at.paragraph, at.item, at.subitem),
                (place.paragraph, place.item, place.subitem),
                strict=True,
            )
        )
    ]
    if not found:
        return None
    first = found[0][0]
    depth = 3 if at.subitem is not None else 2 if at.item is not None else 1
    whole = [span for place, span in found if _key(place, depth) == _key(first, depth)]
    return Span(whole[0].start, whole[-1].end)


def _key(place: Pinpoint, depth: int) -> tuple[int | None, ...]:
    return (place.paragraph, place.item, place.subitem)[:depth]


def _places(text: str) -> Iterator[tuple[Pinpoint, Span]]:
    """Every line of an article with its place; each paragraph, item and subitem is one line."""
    spans = _lines(text)
    for paragraph in paragraphs(text):
        yield Pinpoint(paragraph=paragraph.number), next(spans)
        for item in paragraph.items:
            yield Pinpoint(paragraph=paragraph.number, item=item.number), next(spans)
            for number, _ in item.subitems:
                yield Pinpoint(None, paragraph.number, item.number, number), next(spans)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)
