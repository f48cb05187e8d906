"""A segment as it is read: its words, quotations and filings looked up in the mapped arrays."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.contents import Contents, mapped
from kb.search.whoosh.arrays.counting import Counter
from kb.search.whoosh.arrays.file import ArrayFile
from kb.search.whoosh.arrays.postings import Numbers
from kb.search.whoosh.arrays.quotations import Quotations
from kb.search.whoosh.arrays.terms import Terms
from kb.search.whoosh.arrays.texts import PLAIN, Texts

_NONE = np.empty(0, dtype=np.uint16)


class Segment:
    """Segments never change, but for the deletions that are kept elsewhere. Threads share them.

    terms, quotations, counter: where its words and quotations stand, and how many records are
    filed where.
    """

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        self.contents: Contents = mapped(self._file)
        self.size = self.contents.size
        self._texts = Texts(self._file, self.contents)
        self.terms = Terms(self._file, self.contents)
        self.quotations = Quotations(self._file, self.contents, self._texts, self.terms)
        self.counter = Counter(self.contents.filings, self.size)

    @cached_property
    def number(self) -> dict[str, int]:
        """Each record's number by its id."""
        return {record_id: number for number, record_id in enumerate(self.contents.ids)}

    @cached_property
    def rank(self) -> NDArray[np.uint16]:
        """Each record's place in the order of ids."""
        rank = np.empty(self.size, dtype=np.uint16)
        rank[self.contents.order] = np.arange(self.size, dtype=np.uint16)
        return rank

    @cached_property
    def ordered_ids(self) -> list[str]:
        return sorted(self.contents.ids)

    def damaged(self) -> list[str]:
        """What of the file does not hold what was written. Reads the whole file."""
        return self._file.damaged()

    def filed(self, facet: FacetName, value: str) -> Numbers:
        """The records filed under a value."""
        filing = self.contents.filings[facet]
        number = self._value_number[facet].get(value)
        return _NONE if number is None else filing.of(number)

    def sections(self, number: int, roles: frozenset[str]) -> list[str]:
        """The texts of a record's sections of some roles."""
        sections = self.contents.sections
        found = []
        for at in range(sections.starts[number], sections.starts[number + 1]):
            if sections.role_names[sections.roles[at]] in roles:
                data = self._texts.part(number, sections.begins[at], sections.ends[at])
                found.append(data.decode("utf-8", "surrogatepass"))
        return found

    def texts(self, numbers: NDArray[Any]) -> list[str]:
        """The folded texts of some records."""
        return [text.decode("utf-8", "surrogatepass") for text in self._texts.of(PLAIN, numbers)]

    @cached_property
    def _value_number(self) -> dict[FacetName, dict[str, int]]:
        return {
            name: {value: number for number, value in enumerate(filing.values)}
            for name, filing in self.contents.filings.items()
        }
