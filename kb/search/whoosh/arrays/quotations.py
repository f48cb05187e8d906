"""Where quotations stand in a segment: told by pairs of characters and their places, by its words,
and for the last few by reading the texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, reduce
from threading import Lock
from typing import NamedTuple

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from kb.search.whoosh.arrays.contents import Contents
from kb.search.whoosh.arrays.file import ArrayFile
from kb.search.whoosh.arrays.loops import Mask, Places, beginnings, mark, narrowed
from kb.search.whoosh.arrays.pairs import WRAPPED, beginning_with, numeral_lengths, rows
from kb.search.whoosh.arrays.postings import (
    MOST_RECORDS,
    Numbers,
    Weights,
    common,
    each_once,
    either,
)
from kb.search.whoosh.arrays.terms import Terms
from kb.search.whoosh.arrays.texts import NUMBERED, PLAIN, Texts
from kb.search.whoosh.schema import BODY
from kb.text.exact import NUMBER_OPEN, Needle
from kb.text.numerals import LONGEST

_NONE = np.empty(0, dtype=np.uint16)
_NOWHERE = np.empty(0, dtype=np.uint32)
# So few candidates are sooner read than looked up in another long list.
_FEW = 32
# A form of which pairs can prove that it stands is shorter, as `numeral_lengths` has it.
_ROOM = 1024
# A list so many times longer than the other is searched rather than marked.
_LONGER = 16
# So many quotations are remembered, a bit for each record: 2 MB at most.
_REMEMBERED = 512


class _Pair(NamedTuple):
    """A pair of a row. often: in how many places it stands in the segment. place: its number among
    the keys. offset: in the row."""

    often: int
    place: int
    offset: int


class Quotations:
    """Of one segment. Threads share it."""

    def __init__(self, file: ArrayFile, contents: Contents, texts: Texts, terms: Terms) -> None:
        self._file = file
        self._contents = contents
        self._texts = texts
        self._size = contents.size
        self._terms = terms
        self._remembered: LRUCache[Needle, NDArray[np.uint8]] = LRUCache(_REMEMBERED)
        self._lock = Lock()

    def standing(self, wanted: Needle) -> Mask:
        """The records in which a quotation stands. The last ones are remembered: what was asked is
        paged, filtered and asked again with another word."""
        with self._lock:
            packed = self._remembered.get(wanted)
        if packed is None:
            mask = np.zeros(self._size, dtype=np.bool_)
            self._mark(wanted, mask)
            packed = np.packbits(mask)
            with self._lock:
                self._remembered[wanted] = packed
        return np.unpackbits(packed, count=self._size).view(np.bool_)

    def _mark(self, wanted: Needle, mask: Mask) -> None:
        """Marks the records in which a quotation stands. Those marked already are not looked
        into."""
        form = wanted.plain
        if len(form) > 2 and not any("0" <= character <= "9" for character in form):
            # Most that will be found have it as a word, and such a word surely stands as it is
            # (`kb.search.engine.IndexDocument`). Of two characters their pair tells as soon.
            mark(self._terms.postings(BODY, form)[0], mask)
        if form:
            self._mark_plain(form, mask)
        if wanted.numbered:
            self._mark_numbered(wanted.numbered, mask)

    def with_pair(self, key: int) -> Numbers:
        """The records in which a pair of symbols stands (`pairs`)."""
        place = self._place(key)
        return _NONE if place is None else self._with(place)

    def _mark_plain(self, form: str, mask: Mask) -> None:
        if len(form) == 1:
            self._mark_character(form, mask)
            return
        [row] = rows(form)
        if len(row) == 1:
            place = self._place(row[0])
            if place is not None:
                mark(self._records(place, place + 1), mask)
        elif pairs := self._pairs(row):
            sure, doubtful = self._with_row(pairs, ~mask)
            mark(sure, mask)
            mark(self._read(doubtful, form), mask)

    def _mark_numbered(self, form: str, mask: Mask) -> None:
        """Records with all rows of the form; of many, pairs may tell where these surely stand
        beside each other, and where they surely do not."""
        found = [self._with_any_row(row, ~mask) for row in rows(form)]
        candidates = reduce(_common, sorted(found, key=len))
        candidates = candidates[~mask[candidates]]
        if candidates.size > _FEW:
            sure, candidates = self._beside(form, candidates)
            mark(sure, mask)
            candidates = candidates[~mask[candidates]]
        mark(self._read(candidates, form), mask)

    def _with_any_row(self, row: list[int], wanted: Mask) -> Numbers:
        """Of the wanted records those in which a row may stand, and perhaps some others."""
        if len(row) == 1:
            return self.with_pair(row[0])
        pairs = self._pairs(row)
        if not pairs:
            return _NONE
        found: Numbers = either(*self._with_row(pairs, wanted))
        return found

    def _with_row(self, pairs: list[_Pair], wanted: Mask) -> tuple[Numbers, Numbers]:
        """Of the wanted records those in which pairs surely stand side by side, and others in which
        they may: the last few that are left, and those with texts too long for their places to be
        told. Each place of the rarest pair is one where the row may begin; those fall out at which
        another pair is not in its place."""
        long = self._long
        if long.size:
            long = common(long[wanted[long]], self._with(pairs[0].place))
        begins = _NOWHERE
        for begins in self._narrowing(pairs, wanted & self._short):
            if begins.size <= _FEW:
                return _NONE, either(_records_of(begins), long)
        return _records_of(begins), long

    def _pairs(self, row: list[int]) -> list[_Pair]:
        """A row's pairs, the rarest first; none where one of them stands nowhere."""
        starts = self._contents.pairs.starts
        found = [
            _Pair(int(starts[place + 1] - starts[place]), place, offset)
            for offset, key in enumerate(row)
            if (place := self._place(key)) is not None
        ]
        return sorted(found) if len(found) == len(row) else []

    def _with(self, place: int) -> Numbers:
        """The records in which a pair stands."""
        records: Numbers = each_once(self._records(place, place + 1))
        return records

    def _records(self, first: int, behind: int) -> Numbers:
        """The records of the postings of some pairs in a row."""
        starts = self._contents.pairs.starts
        return self._file.part("pairs.records", int(starts[first]), int(starts[behind]))

    def _positions(self, place: int) -> Weights:
        """Where in those records a pair stands."""
        starts = self._contents.pairs.starts
        return self._file.part("pairs.weights", int(starts[place]), int(starts[place + 1]))

    def _narrowing(self, pairs: list[_Pair], wanted: Mask) -> Iterator[Places]:
        """Where a row may begin in the wanted records, fewer with each of its pairs and in the end
        where it does: a character in two pairs is asked for once."""
        last = len(pairs) - 1
        covering = {pairs[0].offset, *range(0, last, 2), last} if pairs else set()
        begins: Places | None = None
        for pair in pairs:
            if pair.offset in covering:
                begins = self._beginning(begins, pair, wanted)
                yield begins

    def _beside(self, form: str, candidates: Numbers) -> tuple[Numbers, Numbers]:
        """Of some records those in which a form with numbers surely stands: its rows follow one
        another, with room for the numeral between them and for nothing else. And those in which it
        may: there is no more room than a numeral can take, or it cannot be told."""
        lengths = numeral_lengths(form)
        if lengths is None:
            return _NONE, candidates
        wanted = np.zeros(self._size, dtype=np.bool_)
        wanted[candidates] = True
        wanted &= self._short
        first, *others = rows(form)
        sure = near = self._begins(first, wanted)
        size = len(first)
        for row, allowed in zip(others, lengths, strict=True):
            here = self._begins(row, wanted)
            reach = np.uint32(size - 1)
            after = [common(sure + reach + np.uint32(length), here) for length in allowed]
            sure, near = reduce(either, after, sure[:0]), _following(near + reach, here)
            size = len(row)
        long = candidates[~self._short[candidates]]
        return _records_of(sure), either(_records_of(near), long)

    def _begins(self, row: list[int], wanted: Mask) -> Places:
        """Where a row stands in the wanted records."""
        *_, begins = (_NOWHERE, *self._narrowing(self._pairs(row), wanted))
        return begins

    def _beginning(self, begins: Places | None, pair: _Pair, wanted: Mask) -> Places:
        """Places where a row may begin that have a pair in its place; all that the pair allows in
        the wanted records where none are given yet."""
        records = self._records(pair.place, pair.place + 1)
        positions = self._positions(pair.place)
        if begins is None:
            return beginnings(records, positions, pair.offset, wanted)
        return narrowed(begins, records, positions, pair.offset)

    @cached_property
    def _short(self) -> Mask:
        """The records whose texts have no more characters than a position can tell, and not so
        many that a place added to could be one of the next record."""
        return np.diff(self._contents.plain.starts) < WRAPPED - _ROOM

    @cached_property
    def _long(self) -> Numbers:
        """The other records."""
        return np.flatnonzero(~self._short).astype(np.uint16)

    def _read(self, candidates: Numbers, form: str) -> Numbers:
        """Of some records those in whose text a form stands."""
        reading = NUMBERED if NUMBER_OPEN in form else PLAIN
        sought = form.encode("utf-8", "surrogatepass")
        stands = [sought in text for text in self._texts.of(reading, candidates)]
        standing: Numbers = candidates[np.array(stands, dtype=np.bool_)]
        return standing

    def _mark_character(self, character: str, mask: Mask) -> None:
        low, high = np.searchsorted(
            self._contents.pair_keys, np.array(beginning_with(character), dtype=np.uint64)
        )
        mark(self._records(low, high), mask)

    def _place(self, key: int) -> int | None:
        """The number of a pair among the keys."""
        keys = self._contents.pair_keys
        place = int(np.searchsorted(keys, np.uint64(key)))
        return place if place < keys.size and keys[place] == key else None


def _records_of(begins: Places) -> Numbers:
    return each_once(begins >> np.uint32(16)).astype(np.uint16)


def _following(ends: Places, begins: Places) -> Places:
    """Those of some places that lie behind one of the ends, no further than a numeral reaches. Both
    ascending."""
    before = ends.searchsorted(begins)
    some = before > 0
    begins, before = begins[some], before[some]
    return begins[begins - ends[before - 1] <= LONGEST]


def _common(few: Numbers, many: Numbers) -> Numbers:
    """What stands in both of two ascending lists, the second no shorter than the first."""
    if not few.size:
        return few
    if many.size > _LONGER * few.size:
        return common(few, many)
    mask = np.zeros(MOST_RECORDS, dtype=np.bool_)
    mask[many] = True
    return few[mask[few]]
