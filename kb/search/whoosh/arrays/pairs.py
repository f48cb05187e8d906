"""Pairs of neighbouring symbols as numbers: what every quotation is found by.

A symbol is a character, or a whole number in the reading where numerals are numbers
(`kb.text.exact`). A text ends with a symbol of its own, so that each of its characters has a right
neighbour. Large numbers may share a code; smaller ones, and so all that laws are counted by, each
have their own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.text.exact import BREAK, NUMBER_CLOSE, NUMBER_OPEN, parted
from kb.text.numerals import Numeral, chinese

Keys = NDArray[np.uint64]

WRAPPED = 1 << 16

_BITS = 21
_FIRST_NUMBER = 0x110000  # beyond the last character
_NUMBERS = (1 << _BITS) - _FIRST_NUMBER
_OWN = 1 << 19  # numbers below this have a code of their own
_LONGEST_SURE = 500


class Pairs(NamedTuple):
    """Pairs and where they stand. positions: of the first symbol's last character in the folded
    text, counted from 0 again after `WRAPPED`."""

    keys: Keys
    positions: NDArray[np.uint16]


def text_pairs(plain: str, found: Iterable[Numeral]) -> Pairs:
    """The pairs of a folded text in both readings, some more than once, those of one key in the
    order they stand in. found: its numerals."""
    characters = np.frombuffer((plain + BREAK).encode("utf-32-le", "surrogatepass"), np.uint32)
    symbols = characters.astype(np.uint64)
    keys = (symbols[:-1] << np.uint64(_BITS)) | symbols[1:]
    others = list(_number_pairs(plain, found))
    with_numbers = np.array([key for key, _ in others], dtype=np.uint64)
    positions = np.concatenate((np.arange(keys.size), [at for _, at in others]))
    return Pairs(np.concatenate((keys, with_numbers)), positions.astype(np.uint16))


def rows(form: str) -> list[list[int]]:
    """The pairs of a form of a quotation, in rows: in a text that has it, the pairs of each row
    stand at neighbouring positions. A row ends at a whole number, whose length may differ."""
    symbols: list[int] = []
    for piece in form.split(NUMBER_OPEN) if NUMBER_OPEN in form else (form,):
        digits, close, rest = piece.partition(NUMBER_CLOSE)
        if close:
            symbols.append(_number(digits))
        symbols += map(ord, rest if close else digits)
    found: list[list[int]] = []
    row: list[int] = []
    for one, other in pairwise(symbols):
        row.append(one << _BITS | other)
        if other >= _FIRST_NUMBER:
            found.append(row)
            row = []
    if row:
        found.append(row)
    return found or [[symbols[0] << _BITS]]


def numeral_lengths(form: str) -> list[tuple[int, ...]] | None:
    """Between each two rows of a form the lengths of a numeral, in characters, at which the pairs
    on its two sides surely belong to one. None where pairs prove nothing: the form holds a number
    that shares its code, or characters that in another text may be part of a numeral.

    Two numerals of one value in so little room would have to touch, and in one writing they would
    be one numeral (`kb.text.numerals.NUMERAL`), unless the second begins with 两, which continues
    none: 两千两千 is 2000 twice, in as much room as 2000 takes.
    """
    first, numbers = pieces = parted(form)
    if len(form) > _LONGEST_SURE or not pieces.apart():
        return None
    lengths = []
    last = len(numbers) - 1
    for place, (digits, behind) in enumerate(numbers):
        if not _has_own_code(digits):
            return None
        if (place or first) and (place < last or behind):
            lengths.append(_sure_lengths(int(digits)))
    return lengths


def _sure_lengths(value: int) -> tuple[int, ...]:
    written = chinese(value)
    most = 2 if value <= 10 else 4
    if written.startswith("二"):  # 两 begins a numeral of its own behind it
        most = min(most, 2 * len(written) - 1)
    return tuple(sorted(n for n in {len(str(value)), len(written)} if n <= most))


def beginning_with(character: str) -> tuple[int, int]:
    """The pairs that begin with a character: from the first to before the last."""
    return ord(character) << _BITS, (ord(character) + 1) << _BITS


def _number_pairs(plain: str, found: Iterable[Numeral]) -> Iterator[tuple[int, int]]:
    """Each number alone, with its left and with its right neighbour, which may be a number."""
    numbers = [(start, end, _number(digits)) for start, end, digits in found]
    for (start, end, number), (next_start, _, following) in zip(
        numbers, [*numbers[1:], (-1, -1, 0)], strict=False
    ):
        yield number << _BITS, start
        if next_start == end:
            yield number << _BITS | following, end - 1
        else:
            yield number << _BITS | ord(plain[end] if end < len(plain) else BREAK), end - 1
    ends = {end for _, end, _ in numbers}
    for start, _, number in numbers:
        if start and start not in ends:
            yield ord(plain[start - 1]) << _BITS | number, start - 1


@lru_cache(maxsize=4096)
def _number(digits: str) -> int:
    if _has_own_code(digits):
        return _FIRST_NUMBER + int(digits)
    return _FIRST_NUMBER + _OWN + zlib.crc32(digits.encode()) % (_NUMBERS - _OWN)


def _has_own_code(digits: str) -> bool:
    """Whether it is a whole number below `_OWN`, spelt as any other spelling of it would be."""
    return (
        len(digits) <= 6
        and digits.isdecimal()
        and str(int(digits)) == digits
        and int(digits) < _OWN
    )
