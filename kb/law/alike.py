"""How alike articles are: tf-idf over pairs of characters.

Measured in two ways: how alike two articles are as wholes (cosine), and how much of the one stands
in the other, which finds the pieces of an article that was split or merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
_CODES = np.int64(0x110000)
# Columns of the widest matrix; pairs of characters beyond share columns, which hardly blurs.
_WIDEST = 1 << 14


@dataclass(frozen=True)
class Alike:
    """Rows: the texts before; columns: those after. whole: cosine, from 0 to 1.

    of_old: how much of the old text stands in the new one; of_new: the reverse.
    """

    whole: Matrix
    of_old: Matrix
    of_new: Matrix


def alike(old: Sequence[str], new: Sequence[str], others: Sequence[str] = ()) -> Alike:
    """Compares every text with every other. others: texts that only help to tell what is common.
    All of them folded (`kb.text.normalise.fold_text`)."""
    if not old or not new:
        none = np.zeros((len(old), len(new)), dtype=np.float32)
        return Alike(none, none, none)
    row, column, count, width = _pairs([*old, *new, *others])
    total = len(old) + len(new) + len(others)
    weight = np.log((1 + total) / (1 + np.bincount(column, minlength=width))) + 0.05
    n, m = len(old), len(old) + len(new)
    kept = row < m
    row, column, count = row[kept], column[kept], count[kept]
    value = np.sqrt(count) * weight[column]
    length = np.sqrt(np.bincount(row, value**2, m))
    size = np.bincount(row, weight[column], m)
    length[length == 0] = 1
    size = np.where(size > 0, size, 1).astype(np.float32)
    place, used = _shared(row, column, n, width)
    whole = _matrix(row[place >= 0], place[place >= 0], (value / length[row])[place >= 0], m, used)
    part = _matrix(row[place >= 0], place[place >= 0], np.sqrt(weight[column])[place >= 0], m, used)
    shared = part[:n] @ part[n:].T
    return Alike(
        whole=np.clip(whole[:n] @ whole[n:].T, 0, 1),
        of_old=np.divide(shared, size[:n, None], dtype=np.float32),
        of_new=np.divide(shared, size[None, n:], dtype=np.float32),
    )


def _pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers, int]:
    """Every pair of neighbouring characters of every text, once a text: its text, its column, how
    often it stands there; and the number of columns."""
    codes = [np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) for text in texts]
    pairs = [code[:-1].astype(np.int64) * _CODES + code[1:] for code in codes]
    row = np.repeat(np.arange(len(texts)), [len(pair) for pair in pairs])
    known, column = np.unique(np.concatenate(pairs), return_inverse=True)
    width = max(len(known), 1)
    places, counts = np.unique(row * width + column.reshape(-1), return_counts=True)
    return places // width, places % width, counts, width


def _shared(row: Numbers, column: Numbers, n: int, width: int) -> tuple[Numbers, int]:
    """A narrower column for each pair of characters that stands on both sides, -1 for the others,
    which add nothing to a product; and the number of these columns."""
    both = np.intersect1d(column[row < n], column[row >= n])
    narrow = np.full(width, -1)
    narrow[both] = np.arange(len(both)) % _WIDEST
    return narrow[column], max(1, min(len(both), _WIDEST))


def _matrix(
    row: Numbers, column: Numbers, value: npt.NDArray[Any], rows: int, width: int
) -> Matrix:
    cells = np.bincount(row * width + column, value, rows * width)
    return cells.astype(np.float32).reshape(rows, width)
