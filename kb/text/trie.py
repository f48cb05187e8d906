"""A dictionary's words as arrays, in which many characters are followed at once.

A name is a number that stands for a beginning of words: for one character its code, for more
`CHARACTERS` and a slot of a hash table, which holds the name it continues and by what character.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.int64]
Codes = NDArray[np.uint32]
Likelihoods = NDArray[np.float64]

CHARACTERS = 0x110000
"""The code of every character is below this."""
NAMES = 1 << 22
"""Every name is below this."""

_CODE_BITS = np.uint64(16)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: near keys fall far apart
_FREE = np.uint64(0)
_MOST_BITS = 21


class Trie:
    """Words of characters of the basic plane; others are left out. frequencies: with every
    beginning of a word, at 0 where it is none itself. total: what the frequencies are parts of.

    unknown: the logarithm of the likelihood of a character that is no word.
    """

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        bits = (3 * len(frequencies)).bit_length()  # at most a third is filled
        if bits > _MOST_BITS:
            raise ValueError(f"{len(frequencies)} words are too many")
        self.unknown = -log(total)
        self._shift, self._mask = np.uint64(64 - bits), (1 << bits) - 1
        self._keys = np.zeros(1 << bits, dtype=np.uint64)
        self._likelihoods = np.zeros(CHARACTERS + self._keys.size)
        sizes = np.fromiter(map(len, frequencies), np.int64, len(frequencies))
        starts = np.cumsum(sizes) - sizes
        codes = "".join(frequencies).encode("utf-32-le", "surrogatepass")
        letters = np.frombuffer(codes, np.uint32)
        likelihoods = _likelihoods(frequencies, total)
        for size in np.unique(sizes).tolist():
            some = np.flatnonzero(sizes == size)
            spelt = letters[starts[some, None] + np.arange(size)]
            basic = np.all(spelt < 1 << int(_CODE_BITS), axis=1)
            self._add(spelt[basic], likelihoods[some[basic]])

    def likelihoods(self, names: NDArray[Any]) -> Likelihoods:
        """The logarithms of the likelihoods of words; 0 for what is no word."""
        found: Likelihoods = self._likelihoods[names]
        return found

    def next(self, names: Names, codes: Codes) -> Names:
        """The names that characters lead to from others, -1 where no word goes on so."""
        keys = _keys(names, codes)
        slots = self._slots(keys)
        held = self._keys[slots]
        found = np.where(held == keys, slots + CHARACTERS, -1)
        looking = np.flatnonzero((held != keys) & (held != _FREE))
        while looking.size:
            slots[looking] = (slots[looking] + 1) & self._mask
            held = self._keys[slots[looking]]
            here = held == keys[looking]
            found[looking[here]] = slots[looking[here]] + CHARACTERS
            looking = looking[~here & (held != _FREE)]
        return found

    def _add(self, spelt: Codes, likelihoods: Likelihoods) -> None:
        """Words of one size, a row each; all shorter ones are there already."""
        names = spelt[:, 0].astype(np.int64)
        for place in range(1, spelt.shape[1] - 1):
            names = self.next(names, spelt[:, place])
        if spelt.shape[1] > 1:
            names = self._named(_keys(names, spelt[:, -1]))
        self._likelihoods[names] = likelihoods

    def _named(self, keys: NDArray[np.uint64]) -> Names:
        """New names: each key takes the first free slot from its own on."""
        slots = self._slots(keys)
        looking = np.arange(keys.size)
        while looking.size:
            free = looking[self._keys[slots[looking]] == _FREE]
            self._keys[slots[free]] = keys[free]  # of several that want one slot, the last has it
            looking = looking[self._keys[slots[looking]] != keys[looking]]
            slots[looking] = (slots[looking] + 1) & self._mask
        return slots + CHARACTERS

    def _slots(self, keys: NDArray[np.uint64]) -> Names:
        return ((keys * _SPREAD) >> self._shift).astype(np.int64)


def _keys(names: Names, codes: Codes) -> NDArray[np.uint64]:
    return (names.astype(np.uint64) << _CODE_BITS) | codes.astype(np.uint64)


def _likelihoods(frequencies: Mapping[str, int], total: int) -> Likelihoods:
    """Not by numpy's logarithm, which may differ in the last place. Few frequencies do differ."""
    counts = np.fromiter(frequencies.values(), np.int64, len(frequencies))
    different, which = np.unique(counts, return_inverse=True)
    whole = log(total)
    return np.array([log(count) - whole if count else 0.0 for count in different.tolist()])[which]
