"""Where the places of a text stand in an edited one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from kb.model import Span
from kb.text.shared import shared_start

_LONGEST = 2_000
"""Stretches up to this many characters are compared sign by sign: the time grows with the
square."""
_ALIKE = 0.3
"""Stretches less alike than this (`SequenceMatcher.ratio`) were written anew: single signs they
share mean nothing."""


class _Block(NamedTuple):
    """old[start:end] became new[at:to]; same: unchanged."""

    same: bool
    start: int
    end: int
    at: int
    to: int


class Shift:
    """How one text became another. A place between two signs goes where these went."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._blocks = list(_blocks(old, new))
        self._starts = [block.start for block in self._blocks]

    def start(self, place: int) -> int:
        """Where a stretch that began here begins now; what was put in before it stays outside."""
        block = self._at(place)
        if block is None:
            return len(self._new)
        return block.at + (place - block.start) if block.same else block.at

    def end(self, place: int) -> int:
        """Where a stretch that ended here ends now; what was put in after it stays outside."""
        block = self._at(place - 1) if place else None
        if block is None:
            return 0
        return block.at + (place - block.start) if block.same else block.to

    def span(self, span: Span) -> Span | None:
        """The stretch now; None where its words are gone."""
        for block in self._blocks:
            lost = not block.same and block.start <= span.start and span.end <= block.end
            if lost and (block.start, block.end) != (span.start, span.end):
                return self._again(span, block)
        moved = Span(self.start(span.start), self.end(span.end))
        return moved if moved.start < moved.end else None

    def _again(self, span: Span, block: _Block) -> Span | None:
        """Within a stretch that was written anew, only the same words are the same."""
        words = span.of(self._old)
        place = self._new.find(words, block.at, block.to) if words else -1
        return Span(place, place + len(words)) if place >= 0 else None

    def _at(self, place: int) -> _Block | None:
        """The block that holds the sign at this place."""
        n = bisect_right(self._starts, place) - 1
        while n >= 0 and self._blocks[n].end <= place:  # nothing but insertions in between
            n -= 1
        found = self._blocks[n] if n >= 0 else None
        return found if found and found.start <= place < found.end else None


def _blocks(old: str, new: str) -> Iterator[_Block]:
    """The blocks in order; together they make up both texts."""
    start = shared_start(old, new)
    end = shared_start(old[start:][::-1], new[start:][::-1])
    if start:
        yield _Block(True, 0, start, 0, start)
    yield from _inner(old[start : len(old) - end], new[start : len(new) - end], start)
    if end:
        yield _Block(True, len(old) - end, len(old), len(new) - end, len(new))


def _inner(old: str, new: str, offset: int) -> Iterator[_Block]:
    """By lines first, then sign by sign within those that changed."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    a_starts, b_starts = _starts(before), _starts(after)
    for tag, *places in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        a, b, c, d = (
            a_starts[places[0]],
            a_starts[places[1]],
            b_starts[places[2]],
            b_starts[places[3]],
        )
        if tag == "replace":
            yield from _within(old[a:b], new[c:d], offset + a, offset + c)
        else:
            yield _Block(tag == "equal", offset + a, offset + b, offset + c, offset + d)


def _within(old: str, new: str, start: int, at: int) -> Iterator[_Block]:
    whole = _Block(False, start, start + len(old), at, at + len(new))
    if len(old) * len(new) > _LONGEST * _LONGEST:
        yield whole
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield whole
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        yield _Block(tag == "equal", start + a, start + b, at + c, at + d)


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts
