"""Lengths of fields as Whoosh ranks by them: a byte each, exact for short ones, then rounded."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.int64)
"""The length in words that each byte stands for."""


def length_bytes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """The bytes for lengths in words, as Whoosh's `length_to_byte` gives them."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)
