"""A segment as it is read: its words, quotations and filings looked up in the mapped arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.contents import Contents, Filing, mapped
from kb.search.whoosh.arrays.file import ArrayFile
from kb.search.whoosh.arrays.pairs import WRAPPED, beginning_with, numeral_lengths, rows
from kb.search.whoosh.arrays.postings import (
    MOST_RECORDS,
    Numbers,
    Weights,
    common,
    each_once,
    either,
)
from kb.text.exact import NUMBER_OPEN, Needle

Mask = NDArray[np.bool_]

_NONE = np.empty(0, dtype=np.uint16)
_NO_WEIGHTS = np.empty(0, dtype=np.uint16)
_NOWHERE = np.empty(0, dtype=np.uint32)
# So few candidates are sooner read than looked up in another long list.
_FEW = 32
_MOST_TERMS = 4096
# A form of which pairs can prove that it stands is shorter, as `numeral_lengths` has it.
_ROOM = 1024
# A list so many times longer than the other is searched rather than marked.
_LONGER = 16
# A facet's value with more than one in so many records is counted by bits.
_BITS = 128
# So many values' bits are counted at once: they fit into the processor's cache.
_AT_ONCE = 64


class Segment:
    """Segments never change, but for the deletions that are kept elsewhere. Threads share them."""

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        self._memory = self._file.memory
        self.contents: Contents = mapped(self._file)
        self.size = self.contents.size
        self._terms: dict[tuple[str, str], int | None] = {}

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

    def postings(self, field: str, word: str) -> tuple[Numbers, Weights]:
        """The records with a word in a field, and its weight in each (`FieldWords`)."""
        words = self.contents.fields[field]
        number = self._number_of_term(field, word)
        return (_NONE, _NO_WEIGHTS) if number is None else words.postings.of(number)

    def terms_like(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """The words of a field that match a pattern of whole lines."""
        return pattern.findall(self.contents.fields[field].lines())

    def filed(self, facet: FacetName, value: str) -> Numbers:
        """The records filed under a value."""
        filing = self.contents.filings[facet]
        number = self._value_number[facet].get(value)
        return _NONE if number is None else filing.of(number)

    def counts(self, facet: FacetName, mask: Mask) -> NDArray[np.int64]:
        """How many of the masked records are filed under each value of a facet."""
        many, rare = self._filing[facet]
        counted = np.zeros(len(self.contents.filings[facet].values), dtype=np.int64)
        if many.numbers.size:
            packed = np.zeros(many.bits.shape[1] * 8, dtype=np.uint8)
            packed[: -(-mask.size // 8)] = np.packbits(mask, bitorder="little")
            for low in range(0, many.numbers.size, _AT_ONCE):
                both = np.bitwise_count(many.bits[low : low + _AT_ONCE] & packed.view(np.uint64))
                at = many.numbers[low : low + _AT_ONCE]
                counted[at] = both.sum(axis=1, dtype=np.int64)
        if rare.numbers.size:
            standing = mask.take(rare.records)
            counted[rare.numbers] = np.add.reduceat(standing, rare.starts, dtype=np.int64)
        return counted

    def quoted(self, wanted: Needle) -> NDArray[Any]:
        """The records in which a quotation stands, in order."""
        plain = self._standing(wanted.plain) if wanted.plain else _NONE
        if not wanted.numbered:
            return plain
        return either(plain, self._standing(wanted.numbered, plain))

    def with_pair(self, key: int) -> Numbers:
        """The records in which a pair of symbols stands (`pairs`)."""
        place = self._place(key)
        return _NONE if place is None else each_once(self.contents.pairs.of(place)[0])

    def sections(self, number: int, roles: frozenset[str]) -> list[str]:
        """The texts of a record's sections of some roles."""
        sections = self.contents.sections
        [base], _ = self._stretches("plain", np.array([number]))
        found = []
        for at in range(sections.starts[number], sections.starts[number + 1]):
            if sections.role_names[sections.roles[at]] in roles:
                data = self._file.read(base + sections.begins[at], base + sections.ends[at])
                found.append(data.decode("utf-8", "surrogatepass"))
        return found

    def texts(self, numbers: NDArray[Any]) -> list[str]:
        """The folded texts of some records."""
        read = self._file.read
        begins, ends = self._stretches("plain", numbers)
        return [
            read(b, e).decode("utf-8", "surrogatepass") for b, e in zip(begins, ends, strict=True)
        ]

    def _standing(self, form: str, known: NDArray[Any] = _NONE) -> NDArray[Any]:
        """The records in which a form of a quotation stands. known: some that need not be read,
        since its other form stands there; they may be left out."""
        if len(form) == 1:
            return self._with_character(form)
        found = sorted(map(self._with_row, rows(form)), key=lambda one: sum(map(len, one)))
        if NUMBER_OPEN in form:
            candidates = _without(reduce(_common, (either(*one) for one in found)), known)
            sure = self._surely(form, candidates) if candidates.size > _FEW else _NONE
            return either(sure, self._verified(_without(candidates, sure), form))
        [(sure, doubtful)] = found
        return either(sure, self._verified(doubtful, form))

    def _with_row(self, row: list[int]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The records in which pairs surely stand side by side, and others in which they may: the
        last few that are left, and those with texts too long for their places to be told. Each
        place of the rarest pair is one where the row may begin; those fall out at which another
        pair is not in its place."""
        pairs = self._pairs(row)
        if not pairs:
            return _NONE, _NONE
        rarest = each_once(pairs[0][0])
        if len(row) == 1:
            return rarest, _NONE
        long = rarest[self._long[rarest]]
        begins = _NOWHERE
        for begins in self._narrowing(pairs, ~self._long):
            if begins.size <= _FEW:
                return _NONE, either(_records_of(begins), long)
        return _records_of(begins), long

    def _pairs(self, row: list[int]) -> list[tuple[Numbers, Weights, int]]:
        """The places of a row's pairs with the offset of each in it, the rarest first; none where
        one of them stands nowhere."""
        places = [self._place(key) for key in row]
        found = [
            (*self.contents.pairs.of(place), offset)
            for offset, place in enumerate(places)
            if place is not None
        ]
        return sorted(found, key=lambda pair: pair[0].size) if len(found) == len(row) else []

    def _narrowing(
        self, pairs: list[tuple[Numbers, Weights, int]], wanted: Mask
    ) -> Iterator[NDArray[np.uint32]]:
        """Where a row may begin in the wanted records, fewer with each of its pairs and in the end
        where it does: a character in two pairs is asked for once."""
        last = len(pairs) - 1
        covering = {*(offset for *_, offset in pairs[:1]), *range(0, last, 2), last}
        begins: NDArray[np.uint32] | None = None
        for records, positions, offset in pairs:
            if offset in covering:
                begins = self._beginning(begins, records, positions, offset, wanted)
                yield begins

    def _surely(self, form: str, candidates: Numbers) -> Numbers:
        """Of some records those in which a form with numbers surely stands: its rows follow one
        another, with room for the numeral between them and for nothing else."""
        lengths = numeral_lengths(form)
        if lengths is None:
            return _NONE
        wanted = np.zeros(self.size, dtype=np.bool_)
        wanted[candidates] = True
        wanted &= ~self._long
        first, *others = rows(form)
        begins, size = self._begins(first, wanted), len(first)
        for row, allowed in zip(others, lengths, strict=True):
            here = self._begins(row, wanted)
            after = [common(begins + np.uint32(size - 1 + length), here) for length in allowed]
            begins, size = reduce(either, after, begins[:0]), len(row)
        return _records_of(begins)

    def _begins(self, row: list[int], wanted: Mask) -> NDArray[np.uint32]:
        """Where a row stands in the wanted records, as `_beginning` has it."""
        *_, begins = (_NOWHERE, *self._narrowing(self._pairs(row), wanted))
        return begins

    def _beginning(
        self,
        begins: NDArray[np.uint32] | None,
        records: Numbers,
        positions: Weights,
        offset: int,
        wanted: Mask,
    ) -> NDArray[np.uint32]:
        """Places where a row may begin that have a pair in its place, each as 65,536 times the
        record and the position; all that the pair allows in the wanted records where none are
        given yet."""
        if begins is not None:
            wanted = np.zeros(self.size, dtype=np.bool_)
            wanted[begins >> 16] = True
        fits = wanted.take(records) & (positions >= offset)
        here: NDArray[np.uint32] = records[fits].astype(np.uint32)
        here <<= np.uint32(16)
        here |= positions[fits] - np.uint16(offset)
        return here if begins is None else common(begins, here)

    @cached_property
    def _long(self) -> Mask:
        """The records whose texts may have more characters than a position can tell, or so nearly
        that a place added to would be one of the next record."""
        return np.diff(self.contents.plain.starts) >= WRAPPED - _ROOM

    def _verified(self, candidates: Numbers, form: str) -> Numbers:
        """Reads the texts by the file rather than by its mapped pages, which would all count as
        memory of this process."""
        name = "numbered" if NUMBER_OPEN in form else "plain"
        sought = form.encode("utf-8", "surrogatepass")
        begins, ends = self._stretches(name, candidates)
        read = self._file.read
        stands = [sought in read(b, e) for b, e in zip(begins, ends, strict=True)]
        standing: Numbers = candidates[np.array(stands, dtype=np.bool_)]
        return standing

    def _with_character(self, character: str) -> NDArray[Any]:
        low, high = np.searchsorted(
            self.contents.pair_keys, np.array(beginning_with(character), dtype=np.uint64)
        )
        starts = self.contents.pairs.starts
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.contents.pairs.records[starts[low] : starts[high]]] = True
        return np.flatnonzero(mask)

    def _place(self, key: int) -> int | None:
        """The number of a pair among the keys."""
        keys = self.contents.pair_keys
        place = int(np.searchsorted(keys, np.uint64(key)))
        return place if place < keys.size and keys[place] == key else None

    def _number_of_term(self, field: str, word: str) -> int | None:
        """A search asks for the same words several times."""
        key = (field, word)
        if key not in self._terms:
            if len(self._terms) >= _MOST_TERMS:
                self._terms = {}
            self._terms[key] = self._term(field, word)
        return self._terms.get(key)

    def _term(self, field: str, word: str) -> int | None:
        terms = self.contents.fields[field].terms
        starts, memory = terms.starts, self._memory
        base = self._file.offset(f"{field}.terms.data")
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

    def _stretches(self, name: str, numbers: NDArray[Any]) -> tuple[list[int], list[int]]:
        """Where the texts of some records begin and end in the file."""
        starts, offset = getattr(self.contents, name).starts, self._file.offset(f"{name}.data")
        return (starts[numbers] + offset).tolist(), (starts[1:][numbers] + offset).tolist()

    @cached_property
    def _value_number(self) -> dict[FacetName, dict[str, int]]:
        return {
            name: {value: number for number, value in enumerate(filing.values)}
            for name, filing in self.contents.filings.items()
        }

    @cached_property
    def _filing(self) -> dict[FacetName, tuple[_Common, _Rare]]:
        return {name: _parted(f, self.size) for name, f in self.contents.filings.items()}


class _Common(NamedTuple):
    """Values of a facet that many records are filed under. bits: a row a value, a bit a record."""

    numbers: NDArray[np.int64]
    bits: NDArray[np.uint64]


class _Rare(NamedTuple):
    """The other values: the records of value numbers[n] stand from starts[n]."""

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    records: NDArray[np.int32]


def _parted(filing: Filing, size: int) -> tuple[_Common, _Rare]:
    """A facet's values in the form that is sooner counted: bits cost as much for each value, lists
    as much for each record."""
    sizes = np.diff(filing.starts)
    many, few = np.flatnonzero(sizes * _BITS >= size), np.flatnonzero(sizes * _BITS < size)
    rows = np.zeros((many.size, -(-size // 64) * 64), dtype=np.bool_)
    for row, number in zip(rows, many.tolist(), strict=True):
        row[filing.of(number)] = True
    packed = np.packbits(rows, axis=1, bitorder="little")
    bits = packed.view(np.uint64) if many.size else np.empty((0, 0), dtype=np.uint64)
    lists = [filing.of(number) for number in few.tolist()]
    starts = np.cumsum(sizes[few]) - sizes[few]
    records = np.concatenate([np.empty(0, dtype=np.int32), *lists]).astype(np.int32)
    return _Common(many, bits), _Rare(few, starts, records)


def _records_of(begins: NDArray[np.uint32]) -> Numbers:
    return each_once(begins >> np.uint32(16)).astype(np.uint16)


def _without(records: Numbers, others: NDArray[Any]) -> Numbers:
    if not (records.size and others.size):
        return records
    kept = np.ones(MOST_RECORDS, dtype=np.bool_)
    kept[others] = False
    return records[kept[records]]


def _common(few: Numbers, many: Numbers) -> Numbers:
    """What stands in both of two ascending lists, the second no shorter than the first."""
    if not few.size:
        return few
    if many.size > _LONGER * few.size:
        return common(few, many)
    mask = np.zeros(MOST_RECORDS, dtype=np.bool_)
    mask[many] = True
    return few[mask[few]]
