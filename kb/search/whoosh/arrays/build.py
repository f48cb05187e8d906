"""A segment's contents from documents, as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kb.search.engine import IndexDocument
from kb.search.request import FacetName
from kb.search.whoosh.arrays.contents import (
    Characters,
    Contents,
    FieldWords,
    Filing,
    Sections,
    Stretches,
)
from kb.search.whoosh.arrays.pairs import Keys, Pairs, text_pairs
from kb.search.whoosh.arrays.postings import Postings, Run, joined, places_of, run_of
from kb.search.whoosh.lengths import length_bytes
from kb.search.whoosh.schema import FIELDS
from kb.text.exact import BREAK, numbered
from kb.text.numerals import numerals
from kb.text.words import Words

# So many documents are sorted at once: more take more memory, fewer more time at the end.
_RUN = 512
# So many records fill a segment: it may hold twice as many, but would take twice the memory.
_FULL = 1 << 15


class Builder:
    """Takes documents one by one until it is full. ids: of those taken, in order."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._days: list[int] = []
        self._priors: list[float] = []
        self._revisions: list[int] = []
        self._fields = {name: _Words() for name in FIELDS}
        self._pairs: list[Run] = []
        self._pending: list[Pairs] = []
        self._plain: list[bytes] = []
        self._numbered: list[bytes] = []
        self._filed: dict[FacetName, dict[str, list[int]]] = {name: {} for name in FacetName}
        self._sections: list[list[tuple[str, int, int]]] = []

    @property
    def full(self) -> bool:
        return len(self.ids) >= _FULL

    def add(self, document: IndexDocument) -> None:
        number = len(self.ids)
        self.ids.append(document.id)
        self._days.append(document.day)
        self._priors.append(document.prior)
        self._revisions.append(document.revision)
        for name, words in self._fields.items():
            words.add(Words.of(document.words[name]))
        plain = BREAK.join(document.texts)
        self._plain.append(plain.encode("utf-8", "surrogatepass"))
        found = list(numerals(plain))
        self._numbered.append(numbered(plain, found).encode("utf-8", "surrogatepass"))
        self._pending.append(text_pairs(plain, found))
        if len(self._pending) == _RUN:
            self._sort_pairs()
        for name, values in document.filed.items():
            for value in dict.fromkeys(values):
                self._filed[name].setdefault(value, []).append(number)
        self._sections.append([(r, *_bytes(plain, b, e)) for r, b, e in document.sections])

    def contents(self) -> Contents:
        """All that was added."""
        self._sort_pairs()
        pair_keys, pairs = joined_by_key(self._pairs)
        return Contents(
            ids=self.ids,
            days=np.array(self._days, dtype=np.int32),
            revisions=np.array(self._revisions, dtype=np.int32),
            priors=np.array(self._priors, dtype=np.float64),
            characters=characters(self._plain),
            order=order(self.ids),
            fields={name: words.done() for name, words in self._fields.items()},
            pair_keys=pair_keys,
            pairs=pairs,
            plain=stretches(self._plain),
            numbered=stretches(self._numbered),
            filings={name: filing(filed) for name, filed in self._filed.items()},
            sections=sections(self._sections),
        )

    def _sort_pairs(self) -> None:
        first = len(self.ids) - len(self._pending)
        if self._pending:
            sizes = [pairs.keys.size for pairs in self._pending]
            records = np.repeat(np.arange(first, first + len(sizes)), sizes)
            keys = np.concatenate([pairs.keys for pairs in self._pending])
            positions = np.concatenate([pairs.positions for pairs in self._pending])
            self._pairs.append(places_of(keys, records, positions))
            self._pending = []


class _Words:
    """The words of one field on their way to `FieldWords`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._vocabulary: tuple[str, ...] = ()
        self._in_order = np.empty(0, dtype=np.uint64)
        self._pending: list[NDArray[np.uint64]] = []
        self._runs: list[Run] = []
        self._lengths: list[int] = []

    def add(self, words: Words) -> None:
        if words.vocabulary is not self._vocabulary:  # most texts have that of the one before
            self._vocabulary, known = words.vocabulary, self._numbers
            numbers = [known.setdefault(word, len(known)) for word in words.vocabulary]
            self._in_order = np.array(numbers, dtype=np.uint64)
        self._pending.append(self._in_order[words.numbers])
        self._lengths.append(len(words))
        if len(self._pending) == _RUN:
            self._sort()

    def done(self) -> FieldWords:
        self._sort()
        known = list(self._numbers)
        found = np.unique(np.concatenate([np.empty(0, np.uint64), *(r.keys for r in self._runs)]))
        terms = sorted(known[number] for number in found.tolist())
        place = np.zeros(len(known), dtype=np.int64)
        place[[self._numbers[term] for term in terms]] = np.arange(len(terms))
        runs = [(place[run.keys], run) for run in self._runs]
        postings, lengths = joined(runs, len(terms)), np.array(self._lengths, dtype=np.int32)
        if terms:
            np.left_shift(postings.weights, 8, out=postings.weights)
            np.bitwise_or(
                postings.weights, length_bytes(lengths)[postings.records], out=postings.weights
            )
        return FieldWords(term_stretches(terms), postings, lengths)

    def _sort(self) -> None:
        if self._pending:
            sizes = [words.size for words in self._pending]
            first = len(self._lengths) - len(sizes)
            records = np.repeat(np.arange(first, first + len(sizes)), sizes)
            self._runs.append(run_of(np.concatenate(self._pending), records))
            self._pending = []


def joined_by_key(runs: Sequence[Run]) -> tuple[Keys, Postings]:
    """Runs with the same kind of keys made one: all keys ascending, and their postings."""
    nothing = np.empty(0, dtype=np.uint64)
    keys = np.unique(np.concatenate([nothing, *(run.keys for run in runs)]))
    numbered_runs = [(np.searchsorted(keys, run.keys), run) for run in runs]
    return keys, joined(numbered_runs, keys.size)


def order(ids: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """The records in the order of their ids."""
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.uint16)


def characters(texts: Iterable[bytes]) -> Characters:
    """In how many of some texts each character stands."""
    records = np.zeros(1 << 21, dtype=np.int32)
    last = np.empty(records.size, dtype=np.int32)
    for text in texts:
        encoded = text.decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass")
        symbols = np.frombuffer(encoded, np.uint32)
        places = np.arange(symbols.size)
        last[symbols] = places
        records[symbols[last[symbols] == places]] += 1  # each once, quicker than by sorting
    codes = np.flatnonzero(records)
    return Characters(codes.astype(np.int32), records[codes])


def stretches(pieces: Sequence[bytes]) -> Stretches:
    """Byte strings as one array."""
    starts = np.fromiter(accumulate(map(len, pieces), initial=0), np.int64, len(pieces) + 1)
    return Stretches(np.frombuffer(b"".join(pieces), np.uint8), starts)


def term_stretches(terms: Iterable[str]) -> Stretches:
    """Words as `FieldWords` has them."""
    return stretches([term.encode("utf-8", "surrogatepass") + b"\n" for term in terms])


def filing(filed: dict[str, list[int]]) -> Filing:
    """A facet from its records by value."""
    values = sorted(filed)
    starts = np.fromiter(
        accumulate((len(filed[v]) for v in values), initial=0), np.int64, len(values) + 1
    )
    records = np.fromiter((n for value in values for n in filed[value]), np.uint16, starts[-1])
    return Filing(values, starts, records)


def sections(found: Sequence[Sequence[tuple[str, int, int]]]) -> Sections:
    """Sections from those of each record: role, begin and end."""
    flat = [section for of_record in found for section in of_record]
    names = sorted({role for role, _, _ in flat})
    code = {name: number for number, name in enumerate(names)}
    return Sections(
        names,
        np.fromiter(accumulate(map(len, found), initial=0), np.int64, len(found) + 1),
        np.array([code[role] for role, _, _ in flat], dtype=np.uint8),
        np.array([begin for _, begin, _ in flat], dtype=np.int32),
        np.array([end for _, _, end in flat], dtype=np.int32),
    )


def _bytes(text: str, begin: int, end: int) -> tuple[int, int]:
    """A stretch of characters as a stretch of bytes."""
    before = len(text[:begin].encode("utf-8", "surrogatepass"))
    return before, before + len(text[begin:end].encode("utf-8", "surrogatepass"))
