"""Where the words stand in a record that it was found by."""

from __future__ import annotations

from kb.model import Content, Span
from kb.search.highlight import asked, merged, places_in, telling
from kb.search.parse import understand_all
from kb.search.request import SearchRequest


def spans(content: Content, found: SearchRequest) -> tuple[Span, ...]:
    """The stretches of the text to mark. A part of a word is marked only where the whole word
    stands nowhere: 行政 is not what someone reads for who asked for 行政协议."""
    sought = asked(understand_all(found).node)
    places = places_in(content, sought)
    whole = set(telling(sought, places.numbers()))
    return tuple(merged(place[:2] for place in places.text if place.number in whole))
