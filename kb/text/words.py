"""The words of many texts as numbers, which are counted and handed on sooner than words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Words(Sequence[str]):
    """The words of a text in order, each by its place in a vocabulary, in which no word stands
    twice. Texts cut together share one object, which has words that only some of them hold."""

    vocabulary: tuple[str, ...]
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        """Any words; those that are numbered already stay as they are."""
        if isinstance(words, Words):
            return words
        places = {word: place for place, word in enumerate(dict.fromkeys(words))}
        return cls(tuple(places), np.array([places[word] for word in words], dtype=np.int32))

    def __len__(self) -> int:
        return self.numbers.size

    def __iter__(self) -> Iterator[str]:
        return map(self.vocabulary.__getitem__, self.numbers.tolist())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self.vocabulary[number] for number in self.numbers[place].tolist()]
        return self.vocabulary[int(self.numbers[place])]


def spread(given: Sequence[tuple[str, ...]], which: Numbers, edges: Numbers) -> list[Words]:
    """The words of texts in whose places stand given[which[place]] in turn. edges: in which place
    each text begins, and the last ends."""
    vocabulary: dict[str, int] = {}
    numbers = [vocabulary.setdefault(word, len(vocabulary)) for found in given for word in found]
    sizes = np.fromiter(map(len, given), np.int64, len(given))
    first = (np.cumsum(sizes) - sizes)[which]
    ends = np.cumsum(sizes[which])
    begins = ends - sizes[which]
    places = np.repeat(first - begins, sizes[which])
    places += np.arange(places.size)
    everything = np.array(numbers, dtype=np.int32)[places]
    shared = tuple(vocabulary)
    return [
        Words(shared, everything[begin:end])
        for begin, end in pairwise(np.append(0, ends)[edges].tolist())
    ]
