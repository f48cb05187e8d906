"""A JSON body as posted to the interface, read strictly."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from kb.errors import BadRequest
from web.errors import TooLong


def posted(most_bytes: int, example: str, names: Collection[str]) -> dict[str, Any]:
    """The object posted. Raises UnsupportedMediaType, TooLong or BadRequest, whose parameter is
    "body" where the body as a whole cannot be read. example: of a body; names: what it may hold."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = most_bytes
    try:
        body = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise BadRequest("body", "正文不是有效的 JSON（UTF-8）") from None
    if not isinstance(body, dict):
        raise BadRequest("body", f"正文应为 JSON 对象，如 {example}")
    for name in body.keys() - set(names):
        raise BadRequest(name[:40], "没有这个参数")
    return body


def text_of(body: dict[str, Any], most: int, advice: str) -> str:
    """The text posted, of so many characters at most. Raises TooLong or BadRequest."""
    value = body.get("text")
    if not isinstance(value, str):
        raise BadRequest("text", "必须给出，且应为文字")
    if len(value) > most:
        raise TooLong("text", f"不能超过 {most} 字，现有 {len(value)} 字，{advice}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRequest("text", "含有不成对的代理码点，不是有效的 Unicode 文字") from None
    return value
