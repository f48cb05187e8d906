"""Where the words stand in a text that it was found by."""

from __future__ import annotations

from kb.model import Span
from kb.search.highlight import located, merged, wanted
from kb.search.parse import understand
from kb.search.request import SearchRequest


def spans(text: str, found: SearchRequest) -> tuple[Span, ...]:
    """The stretches to mark. A part of a word is marked only where the whole word stands nowhere:
    行政 is not what someone reads for who asked for 行政协议."""
    if not found.q:
        return ()
    asked = wanted(understand(found.q, use_synonyms=found.synonyms).node)
    places = located(text, asked)
    standing = {asked[number].needle.plain for _, number in places}
    whole = {word for word in standing if not any(word in o and word != o for o in standing)}
    return merged(span for span, number in places if asked[number].needle.plain in whole)
