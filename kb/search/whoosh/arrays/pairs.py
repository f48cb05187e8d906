"""Pairs of neighbouring symbols as numbers: what every quotation is found by.

A symbol is a character, or a whole number in the reading where numerals are numbers
(`kb.text.exact`). A text ends with a symbol of its own, so that each of its characters has a right
neighbour. Two numbers may share a code, so a pair with a number in it is only a hint.
"""

from __future__ import annotations

import zlib
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
    """Pairs and where they stand. positions: of the first character, in the folded text, counted
    from 0 again after `WRAPPED`; 0 for a pair with a number in it."""

    keys: Keys
    positions: NDArray[np.uint16]


def text_pairs(plain: str) -> Pairs:
    """The pairs of a folded text in both readings, some more than once, those of one key in the
    order they stand in."""
    characters = np.frombuffer((plain + BREAK).encode("utf-32-le", "surrogatepass"), np.uint32)
    symbols = characters.astype(np.uint64)
    keys = (symbols[:-1] << np.uint64(_BITS)) | symbols[1:]
    with_numbers = np.array(_number_keys(plain), dtype=np.uint64)
    positions = np.zeros(keys.size + with_numbers.size, dtype=np.uint16)
    positions[: keys.size] = np.arange(keys.size).astype(np.uint16)
    return Pairs(np.concatenate((keys, with_numbers)), positions)


def quotation_keys(form: str) -> list[int]:
    """The pairs that a text holds wherever a form of a quotation stands in it, each once: none for
    a single character."""
    symbols: list[int] = []
    for piece in form.split(NUMBER_OPEN) if NUMBER_OPEN in form else (form,):
        digits, close, rest = piece.partition(NUMBER_CLOSE)
        if close:
            symbols.append(_number(digits))
        symbols += map(ord, rest if close else digits)
    alone = [symbol << _BITS for symbol in symbols if symbol >= _FIRST_NUMBER]
    pairs = (a << _BITS | b for a, b in pairwise(symbols))
    return list(dict.fromkeys((*pairs, *(alone if len(symbols) == 1 else ()))))


def pair_keys(form: str) -> list[int]:
    """The pair at each place of a quotation without whole numbers."""
    return [ord(a) << _BITS | ord(b) for a, b in pairwise(form)]


def beginning_with(character: str) -> tuple[int, int]:
    """The pairs that begin with a character: from the first to before the last."""
    return ord(character) << _BITS, (ord(character) + 1) << _BITS


def _number_keys(plain: str) -> list[int]:
    keys: list[int] = []
    last, last_end = 0, -1
    for start, end, digits in numerals(plain):
        number = _number(digits)
        keys.append(number << _BITS)
        if start == last_end:
            keys.append(last << _BITS | number)
        elif start:
            keys.append(ord(plain[start - 1]) << _BITS | number)
        # If another number follows at once, this pair only hints at more than is there.
        keys.append(number << _BITS | ord(plain[end] if end < len(plain) else BREAK))
        last, last_end = number, end
    return keys


def _number(digits: str) -> int:
    return _FIRST_NUMBER + zlib.crc32(digits.encode()) % _NUMBERS
