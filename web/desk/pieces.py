"""A draft's text in pieces: each with the stretches it lies in, personal information, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.model import Content, Role, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text that something is said of. number: on the page, 0 for none. open:
    personal information stands there. page: of the provision cited there, "" for none. doubt: what
    is wrong with the citation, in a word; only where it ends is it told."""

    span: Span
    number: int
    open: bool = False
    page: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, with the numbers of the stretches it lies in; open: personal information.
    page, doubt: of the citation it is part of."""

    text: str
    of: tuple[int, ...]
    open: bool
    page: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. start: its place; cut: whether a section may begin here."""

    start: int
    cut: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section. number: from 0."""

    number: int
    role: str
    lines: tuple[Line, ...]


def parts(content: Content, stretches: Sequence[Stretch]) -> Iterator[Part]:
    """The sections with their lines; blank lines are left out."""
    edges = sorted({edge for one in stretches for edge in (one.span.start, one.span.end)})
    spans = [(n, part.role.value, part.span) for n, part in enumerate(content.sections)]
    for n, role, span in spans or [(0, Role.OTHER.value, Span(0, len(content.text)))]:
        yield Part(n, role, tuple(_lines(content.text, span, edges, stretches)))


def _lines(
    text: str, span: Span, edges: Sequence[int], stretches: Sequence[Stretch]
) -> Iterator[Line]:
    at = span.start
    for row in span.of(text).splitlines(keepends=True):
        line = Span(at, at + len(row))
        at = line.end
        if row.strip():
            pieces = tuple(_pieces(text, line, edges, stretches))
            yield Line(line.start, line.start > span.start, pieces)


def _pieces(
    text: str, line: Span, edges: Sequence[int], stretches: Sequence[Stretch]
) -> Iterator[Piece]:
    near = [one for one in stretches if one.span.start < line.end and line.start < one.span.end]
    within = [edge for edge in edges if line.start < edge < line.end]
    for start, end in pairwise([line.start, *within, line.end]):
        over = [one for one in near if one.span.start <= start < one.span.end]
        yield Piece(
            text[start:end],
            tuple(one.number for one in over if one.number),
            any(one.open for one in over),
            _first(one.page for one in over),
            _first(one.doubt for one in over if one.span.end == end),
        )


def _first(words: Iterable[str]) -> str:
    return next((one for one in words if one), "")
