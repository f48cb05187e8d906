"""The two forms in which a quotation can stand in a text: characters, and numbers as numbers.

A quotation stands in a text if its characters do (`fold_text`), or if they do once every numeral,
in Chinese or Arabic writing, is taken as the number it says: 第64条 stands in 第六十四条. A number
is whole in that second form, so that 4条 does not stand in 第六十四条.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.text.normalise import Folded, fold, fold_text
from kb.text.numerals import numerals

# Private-use characters, which no text holds: around a number, and between the parts of a record.
NUMBER_OPEN, NUMBER_CLOSE = "\ue000", "\ue001"
BREAK = "\ue002"


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


def numbered(plain: str) -> str:
    """A folded text with every numeral as a number."""
    pieces: list[str] = []
    position = 0
    for start, end, digits in numerals(plain):
        pieces += plain[position:start], NUMBER_OPEN, digits, NUMBER_CLOSE
        position = end
    pieces.append(plain[position:])
    return "".join(pieces)


class Haystack:
    """A text ready to be looked into for many quotations."""

    def __init__(self, text: str) -> None:
        self._folded: Folded = fold(text)
        self._numbered = ""
        self._offsets = array("q")

    def places(self, wanted: Needle) -> list[tuple[int, int]]:
        """Where every stretch of the text in which the quotation stands begins and ends, in order,
        overlaps included."""
        origin = self._folded.origin
        found = []
        if size := len(wanted.plain):
            for at in _occurrences(self._folded.text, wanted.plain):
                found.append((origin[at], origin[at + size - 1] + 1))
        if size := len(wanted.numbered):
            self._number()
            offsets = self._offsets
            for at in _occurrences(self._numbered, wanted.numbered):
                found.append((origin[offsets[at]], origin[offsets[at + size] - 1] + 1))
            return sorted(set(found))
        return found

    def _number(self) -> None:
        """The numbered form, and for each of its characters the offset in the folded text; the
        characters of a number all stand for the whole numeral."""
        if self._offsets:
            return
        pieces: list[str] = []
        offsets = array("q")
        position = 0
        for start, end, digits in numerals(self._folded.text):
            pieces += self._folded.text[position:start], NUMBER_OPEN, digits, NUMBER_CLOSE
            offsets.extend(range(position, start))
            offsets.extend([start] * (len(digits) + 2))
            position = end
        pieces.append(self._folded.text[position:])
        offsets.extend(range(position, len(self._folded.text) + 1))
        self._numbered, self._offsets = "".join(pieces), offsets


@lru_cache(maxsize=256)
def haystack(text: str) -> Haystack:
    """The last texts looked into are kept, as results are paged and filtered again and again."""
    return Haystack(text)


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
