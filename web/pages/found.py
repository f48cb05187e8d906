"""Where the words stand in a record that it was found by."""

from __future__ import annotations

from kb.model import Content, Span
from kb.search.highlight import Asked, Places, asked, located, merged, places_in, telling
from kb.search.parse import understand_all
from kb.search.request import SearchRequest


def spans(content: Content, found: SearchRequest) -> tuple[Span, ...]:
    """The stretches of a record's text to mark."""
    sought = _asked(found)
    return _told(sought, places_in(content, sought))


def spans_of_text(text: str, found: SearchRequest) -> tuple[Span, ...]:
    """The stretches to mark of a text without sections."""
    sought = _asked(found)
    return _told(sought, Places([], located(text, sought.wanted)))


def _asked(found: SearchRequest) -> Asked:
    return asked(understand_all(found).node)


def _told(sought: Asked, places: Places) -> tuple[Span, ...]:
    """A part of a word is marked only where the whole word stands nowhere: 行政 is not what
    someone reads for who asked for 行政协议."""
    whole = set(telling(sought, places.numbers()))
    return tuple(merged(place[:2] for place in places.text if place.number in whole))
