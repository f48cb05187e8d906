"""The folded texts of a segment, read from its file rather than from its mapped pages, which would
all count as memory of the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from numpy.typing import NDArray

from kb.search.whoosh.arrays.contents import Contents
from kb.search.whoosh.arrays.file import ArrayFile

PLAIN, NUMBERED = "plain", "numbered"
"""The two readings of numerals (`kb.text.exact`)."""


class Texts:
    """Of records by their numbers, in UTF-8."""

    def __init__(self, file: ArrayFile, contents: Contents) -> None:
        self._read = file.read
        readings = {PLAIN: contents.plain, NUMBERED: contents.numbered}
        self._starts = {name: reading.starts for name, reading in readings.items()}
        self._offset = {name: file.offset(f"{name}.data") for name in readings}

    def of(self, reading: str, numbers: NDArray[Any]) -> Iterator[bytes]:
        """The texts of some records in one reading."""
        starts, offset = self._starts[reading], self._offset[reading]
        begins, ends = starts[numbers] + offset, starts[1:][numbers] + offset
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            yield self._read(begin, end)

    def part(self, number: int, begin: int, end: int) -> bytes:
        """A stretch of the plain text of one record, in bytes."""
        base = self._offset[PLAIN] + int(self._starts[PLAIN][number])
        return self._read(base + begin, base + end)
