"""Content as JSON text and back, exactly."""

from __future__ import annotations

from functools import cache, lru_cache

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from kb.model import Content


def encode(content: Content) -> str:
    """The content as one line of JSON. Raises ValueError where a text holds what Unicode
    forbids."""
    try:
        return _adapter().dump_json(content, warnings="error").decode()
    except PydanticSerializationError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=512)
def decode(text: str) -> Content:
    """The content that was encoded. The last ones are kept: results are paged and filtered again
    and again."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Content]:
    """Made when first needed: it takes longer to build than a database takes to open."""
    return TypeAdapter(Content)
