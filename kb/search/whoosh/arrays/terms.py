"""The words of a segment: looked up among its terms in the mapped file."""

from __future__ import annotations

import re

import numpy as np

from kb.search.whoosh.arrays.contents import Contents
from kb.search.whoosh.arrays.file import ArrayFile
from kb.search.whoosh.arrays.postings import Numbers, Weights

_NONE = np.empty(0, dtype=np.uint16)
_NO_WEIGHTS = np.empty(0, dtype=np.uint16)


class Terms:
    """The words of each field. Threads share it."""

    def __init__(self, file: ArrayFile, contents: Contents) -> None:
        self._memory = file.memory
        self._fields = contents.fields
        self._offsets = {field: file.offset(f"{field}.terms.data") for field in self._fields}

    def postings(self, field: str, word: str) -> tuple[Numbers, Weights]:
        """The records with a word in a field, and its weight in each (`FieldWords`)."""
        number = self._number(field, word)
        if number is None:
            return _NONE, _NO_WEIGHTS
        return self._fields[field].postings.of(number)

    def like(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """The words of a field that match a pattern of whole lines."""
        return pattern.findall(self._fields[field].lines())

    def _number(self, field: str, word: str) -> int | None:
        terms = self._fields[field].terms
        starts, memory = terms.starts, self._memory
        base = self._offsets[field]
        sought = word.encode("utf-8", "surrogatepass")
        low, high = 0, starts.size - 1
        while low < high:
            middle = (low + high) // 2
            term = memory[base + starts[middle] : base + starts[middle + 1] - 1]
            if term == sought:
                return middle
            if term < sought:
                low = middle + 1
            else:
                high = middle
        return None
