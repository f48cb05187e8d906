"""Evidence for claims: where the words stand that a field was read from."""

from __future__ import annotations

from kb.model import ClaimSource, Evidence, Span


def quoted(rule: str, text: str, span: Span, version: int = 1) -> Evidence:
    """Words in the record's own text."""
    return Evidence(rule, span.of(text), span, version=version)


def stated(rule: str, quote: str, version: int = 1) -> Evidence:
    """Words of the page outside the record's text: its meta, its masthead."""
    return Evidence(rule, quote, None, ClaimSource.DOCUMENT, version)


def given(quote: str) -> Evidence:
    """Words given with the import."""
    return Evidence("import.option", quote, None, ClaimSource.EXTERNAL)


def shifted(span: Span, by: int) -> Span:
    """A span in a part of the text, as a span in the whole."""
    return Span(span.start + by, span.end + by)
