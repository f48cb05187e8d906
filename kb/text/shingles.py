"""The stretches of neighbouring characters that a text is made of, and how many two texts share."""

from __future__ import annotations

from math import sqrt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Shingles: TypeAlias = npt.NDArray[np.uint64]

_PRIME = np.uint64(0x100000001B3)


def shingles(folded: str, size: int) -> Shingles:
    """The stretches of so many characters in a folded text, each once, as sorted numbers."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if codes.size < size:
        return np.empty(0, dtype=np.uint64)
    rolled = np.zeros(codes.size - size + 1, dtype=np.uint64)
    for offset in range(size):
        rolled = rolled * _PRIME + codes[offset : codes.size - size + 1 + offset]
    rolled.sort()
    first = np.ones(rolled.size, dtype=np.bool_)
    np.not_equal(rolled[1:], rolled[:-1], out=first[1:])
    return rolled[first]  # np.unique, ten times as fast on so few


def cosine(one: Shingles, other: Shingles) -> float:
    """What two texts share against the mean of their lengths, from 0 to 1."""
    return _both(one, other) / sqrt(one.size * other.size) if one.size and other.size else 0.0


def contained(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text that stands in the longer, from 0 to 1."""
    fewer = min(one.size, other.size)
    return _both(one, other) / fewer if fewer else 0.0


def _both(one: Shingles, other: Shingles) -> int:
    both = np.concatenate((one, other))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))
