"""The two forms in which a quotation can stand in a text: characters, and numbers as numbers.

A quotation stands in a text if its characters do (`fold_text`), or if they do once every numeral,
in Chinese or Arabic writing, is taken as the number it says: 第64条 stands in 第六十四条. A number
is whole in that second form, so that 4条 does not stand in 第六十四条.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached

from kb.text.normalise import Folded, fold, fold_text
from kb.text.numerals import NUMERAL, OF_NUMERALS, Numeral, canonical, numerals

# Private-use characters, which no text holds: around a number, and between the parts of a record.
NUMBER_OPEN, NUMBER_CLOSE = "\ue000", "\ue001"
BREAK = "\ue002"

_MOST_CHARACTERS = 10_000_000  # of the texts kept ready to be looked into


@dataclass(frozen=True, slots=True)
class Needle:
    """A quotation in both forms. numbered is "" where it holds no numeral."""

    plain: str
    numbered: str


def needle(quotation: str) -> Needle:
    """The forms of what someone quotes; plain is "" if it holds nothing but white space."""
    plain = fold_text(quotation)
    with_numbers = numbered(plain)
    return Needle(plain, with_numbers if with_numbers != plain else "")


def numbered(plain: str, found: Iterable[Numeral] | None = None) -> str:
    """A folded text with every numeral as a number. found: its numerals, if they are known."""
    pieces: list[str] = []
    position = 0
    for start, end, digits in numerals(plain) if found is None else found:
        pieces += plain[position:start], NUMBER_OPEN, digits, NUMBER_CLOSE
        position = end
    pieces.append(plain[position:])
    return "".join(pieces)


class Parted(NamedTuple):
    """A numbered form around its numbers. first: what stands before them; numbers: each with what
    stands behind it."""

    first: str
    numbers: list[tuple[str, str]]

    def apart(self) -> bool:
        """Whether nothing around the numbers can be part of a numeral, whatever text it stands
        in."""
        outside = self.first + "".join(behind for _, behind in self.numbers)
        return not OF_NUMERALS.intersection(outside)


@lru_cache(maxsize=1024)
def parted(form: str) -> Parted:
    """A form of a quotation, parted at its numbers."""
    first, *others = form.split(NUMBER_OPEN)
    pieces = (other.partition(NUMBER_CLOSE) for other in others)
    return Parted(first, [(digits, behind) for digits, _, behind in pieces])


class Haystack:
    """A text ready to be looked into for many quotations."""

    def __init__(self, text: str) -> None:
        self._folded: Folded = fold(text)
        self._numbers: _Numbers | None = None
        self.size = len(text) + 1

    def places(self, wanted: Needle) -> list[tuple[int, int]]:
        """Where every stretch of the text in which the quotation stands begins and ends, in order,
        overlaps included."""
        origin = self._folded.origin
        found = []
        if size := len(wanted.plain):
            for at in _occurrences(self._folded.text, wanted.plain):
                found.append((origin[at], origin[at + size - 1] + 1))
        if wanted.numbered:
            for start, end in self._with_numbers(wanted.numbered):
                found.append((origin[start], origin[end - 1] + 1))
            return sorted(set(found))
        return found

    def _with_numbers(self, form: str) -> Iterator[tuple[int, int]]:
        """Begin and end, in the folded text, of each place where a numbered form stands."""
        pieces = parted(form)
        if pieces.first and pieces.apart():
            return _around(self._folded.text, pieces)
        self._numbers = self._numbers or _Numbers(self._folded.text)
        return self._numbers.places(form)


class _Numbers:
    """A folded text with every numeral as a number, and where its stretches stand in that text."""

    def __init__(self, folded: str) -> None:
        pieces: list[str] = []
        self._starts, self._ends = [0], [0]  # of the numbers, in the numbered form
        self._from, self._to = [0], [0]  # of their numerals, in the folded text
        size = position = 0
        for start, end, digits in numerals(folded):
            pieces += folded[position:start], NUMBER_OPEN, digits, NUMBER_CLOSE
            self._starts.append(size + start - position)
            size = self._starts[-1] + len(digits) + 2
            self._ends.append(size)
            self._from.append(start)
            self._to.append(end)
            position = end
        pieces.append(folded[position:])
        self._text = "".join(pieces)

    def places(self, form: str) -> Iterator[tuple[int, int]]:
        """Begin and end, in the folded text, of each place where a numbered form stands."""
        for at in _occurrences(self._text, form):
            yield self._folded(at), self._folded(at + len(form))

    def _folded(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        if at < self._ends[number]:
            return self._from[number]
        return self._to[number] + at - self._ends[number]


def _around(text: str, pieces: Parted) -> Iterator[tuple[int, int]]:
    """Where a form stands in a folded text, told without looking at the text's other numerals: it
    does not begin with a number, and its pieces stand apart from numerals."""
    for at in _occurrences(text, pieces.first):
        end = at + len(pieces.first)
        for digits, behind in pieces.numbers:
            numeral = NUMERAL.match(text, end)
            if not numeral or canonical(numeral.group()) != digits:
                break
            end = numeral.end()
            if not text.startswith(behind, end):
                break
            end += len(behind)
        else:
            yield at, end


@cached(LRUCache(_MOST_CHARACTERS, lambda hay: hay.size), lock=Lock())
def haystack(text: str) -> Haystack:
    """The last texts looked into are kept, as results are paged and filtered again and again."""
    return Haystack(text)


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
