"""Content as JSON text and back, exactly."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from kb.model import Content


def encode(content: Content) -> str:
    """The content as one line of JSON. Raises ValueError where a text holds what Unicode
    forbids."""
    return msgspec.json.encode(content).decode()


@lru_cache(maxsize=512)
def decode(text: str) -> Content:
    """The content that was encoded. The last ones are kept: results are paged and filtered again
    and again."""
    return _decoder().decode(text)


@cache
def _decoder() -> msgspec.json.Decoder[Content]:
    return msgspec.json.Decoder(Content)
