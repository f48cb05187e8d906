"""Turns marks, offsets into a text, into HTML; everything but the <mark> tags is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from kb.answers import Mark


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text with each marked stretch in <mark>; marks may overlap, touch or overrun the text."""
    html, at = Markup(""), 0
    for start, end in merged(marks, len(text)):
        html += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return html + escape(text[at:])


def merged(marks: Iterable[Mark], length: int) -> list[tuple[int, int]]:
    """The stretches covered, in order, apart from each other, within 0 and length."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted((max(0, mark.start), min(mark.end, length)) for mark in marks):
        if start >= end:
            continue
        if stretches and start <= stretches[-1][1]:
            earlier = stretches.pop()
            start, end = earlier[0], max(end, earlier[1])
        stretches.append((start, end))
    return stretches
