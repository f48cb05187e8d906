"""The opaque cursor: a place in one ranking, which cannot be carried over to another search."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math

from kb.errors import BadRequest
from kb.search.engine import Key
from kb.search.request import SearchRequest


def encode(key: Key, request: SearchRequest) -> str:
    """The cursor for what follows a hit."""
    said = json.dumps([_search(request), key.score, key.day, key.id]).encode()
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def decode(request: SearchRequest) -> Key | None:
    """The place that the request's cursor names; None without one.

    Raises BadRequest for a cursor that was not given out for this search.
    """
    if not request.cursor:
        return None
    try:
        padded = request.cursor + "=" * (-len(request.cursor) % 4)
        search, score, day, record_id = json.loads(base64.b64decode(padded, b"-_", validate=True))
        key = Key(float(score), int(day), str(record_id))
        if not math.isfinite(key.score):
            raise ValueError("a score is a finite number")
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadRequest("cursor", "不是由本接口给出的游标") from error
    if search != _search(request):
        raise BadRequest("cursor", "游标属于另一次检索，请去掉游标重新检索")
    return key


def _search(request: SearchRequest) -> str:
    filters = sorted((name.value, sorted(values)) for name, values in request.filters.items())
    asked = [request.q, *request.within]
    said = json.dumps([asked, filters, request.sort.value, request.synonyms])
    return hashlib.sha256(said.encode()).hexdigest()[:12]
