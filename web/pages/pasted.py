"""A text pasted into a form of the site."""

from __future__ import annotations

from flask import request

MAX_FORM = 4_000_000  # bytes: far more than is read, so that a long text is told, not cut off


def pasted_text() -> str:
    """The text posted, read before anything else of the form."""
    request.max_form_memory_size = request.max_content_length = MAX_FORM
    # A form sends a line end as two characters; the writer sees one.
    return request.form.get("text", "").replace("\r\n", "\n")
