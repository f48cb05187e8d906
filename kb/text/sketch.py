"""A text in a few hundred bytes, by which another is recognised that shares much of it or tells
the same facts in other words.

Marks (MinHash: A. Z. Broder, On the resemblance and containment of documents, 1997): of many
random orders of the stretches of characters the first stretch in each; two texts agree in as large
a share of their marks as they share of all their stretches. Facts: the days and sums that a text
names, which whoever rewrites it leaves as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kb.text.normalise import fold_text
from kb.text.numerals import numerals
from kb.text.shingles import Shingles, shingles

MARKS = 64
"""Orders: what two texts share is estimated to within 6 of a hundred (one standard error)."""
SIZE = 4
"""Characters of a stretch, as texts are compared everywhere else."""

FACTS, FACTS_SHARE = 3, 0.6
"""So many days and sums that both name, and this share of those that the one with fewer names, make
two texts tell one story, whatever their words: rewriters leave facts alone. Different cases of one
published set share 2 at most (1,326 pairs)."""

Marks = npt.NDArray[np.uint32]

_DIGITS = re.compile(r"\d+")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_SUM = re.compile(r"(\d+)元")
_random = np.random.default_rng(20_24)
_FACTORS = _random.integers(1, 1 << 63, MARKS, dtype=np.uint64) | np.uint64(1)
_TERMS = _random.integers(0, 1 << 63, MARKS, dtype=np.uint64)
_NONE = np.uint32(0xFFFF_FFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """size: how many different stretches the text has. marks: MARKS of them. facts: the days and
    sums it names, each once, as numbers."""

    size: int
    marks: Marks
    facts: Marks


def sketch(text: str) -> Sketch:
    """The sketch of a text as it stands, folded or not."""
    folded = fold_text(text)
    held = shingles(_DIGITS.sub("", folded), SIZE)
    return Sketch(held.size, _marks(held), _numbered(_facts(folded)))


def stretches(text: str) -> Shingles:
    """What two texts are compared by; figures are left out, as series differ in little else."""
    return shingles(_DIGITS.sub("", fold_text(text)), SIZE)


def facts(text: str) -> frozenset[str]:
    """The days of a text (month and day, whatever the year is called; month and year where there is
    no day) and the sums of money, in any writing."""
    return _facts(fold_text(text))


def _marks(held: Shingles) -> Marks:
    if not held.size:
        return np.full(MARKS, _NONE, dtype=np.uint32)
    mixed = held ^ (held >> np.uint64(31))
    ordered = mixed[np.newaxis, :] * _FACTORS[:, np.newaxis] + _TERMS[:, np.newaxis]
    first: npt.NDArray[np.uint64] = ordered.min(axis=1)
    return (first >> np.uint64(32)).astype(np.uint32)


def _facts(folded: str) -> frozenset[str]:
    written = _in_digits(folded)
    days = {
        f"{month}-{day}" if day else f"{year}-{month}-"
        for year, month, day in _DAY.findall(written)
        if day or year
    }
    return frozenset(days | {f"{figure}元" for figure in _SUM.findall(written)})


def _numbered(named: frozenset[str]) -> Marks:
    return np.array(sorted({crc32(fact.encode()) for fact in named}), dtype=np.uint32)


def _in_digits(folded: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, digits in numerals(folded):
        pieces += folded[position:start], digits
        position = end
    return "".join([*pieces, folded[position:]])
