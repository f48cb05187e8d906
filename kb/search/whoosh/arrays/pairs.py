"""Pairs of neighbouring symbols as numbers: what every quotation is found by.

A symbol is a character, or a whole number in the reading where numerals are numbers
(`kb.text.exact`). A text ends with a symbol of its own, so that each of its characters has a right
neighbour. Two numbers may share a code, so a pair with a number in it is only a hint.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.text.exact import BREAK, NUMBER_CLOSE, NUMBER_OPEN
from kb.text.numerals import numerals

Keys = NDArray[np.uint64]

WRAPPED = 1 << 16

_BITS = 21
_FIRST_NUMBER = 0x110000  # beyond the last character
_NUMBERS = (1 << _BITS) - _FIRST_NUMBER


class Pairs(NamedTuple):
    """Pairs and where they stand. positions: of the first symbol's last character in the folded
    text, counted from 0 again after `WRAPPED`."""

    keys: Keys
    positions: NDArray[np.uint16]


def text_pairs(plain: str) -> Pairs:
    """The pairs of a folded text in both readings, some more than once, those of one key in the
    order they stand in."""
    characters = np.frombuffer((plain + BREAK).encode("utf-32-le", "surrogatepass"), np.uint32)
    symbols = characters.astype(np.uint64)
    keys = (symbols[:-1] << np.uint64(_BITS)) | symbols[1:]
    others = list(_number_pairs(plain))
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


def beginning_with(character: str) -> tuple[int, int]:
    """The pairs that begin with a character: from the first to before the last."""
    return ord(character) << _BITS, (ord(character) + 1) << _BITS


def _number_pairs(plain: str) -> Iterator[tuple[int, int]]:
    """Each number alone, with its left and with its right neighbour."""
    last, last_end = 0, -1
    for start, end, digits in numerals(plain):
        number = _number(digits)
        yield number << _BITS, start
        if start == last_end:
            yield last << _BITS | number, start - 1
        elif start:
            yield ord(plain[start - 1]) << _BITS | number, start - 1
        # If another number follows at once, this pair only hints at more than is there.
        yield number << _BITS | ord(plain[end] if end < len(plain) else BREAK), end - 1
        last, last_end = number, end


def _number(digits: str) -> int:
    return _FIRST_NUMBER + zlib.crc32(digits.encode()) % _NUMBERS
