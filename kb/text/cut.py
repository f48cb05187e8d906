"""jieba's cut, word for word, in half the time.

The words are those of `jieba.Tokenizer.cut` with its hidden Markov model (jieba/__init__.py,
__cut_DAG): the likeliest path through the dictionary's words, runs of single characters handed to
the model. The path is found in one pass instead of three, from logarithms taken once.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from operator import add

import jieba
from jieba import finalseg

_BLOCKS = jieba.re_han_default
_SPACES = jieba.re_skip_default
# Stands for no word, but the beginning of one: no logarithm of a likelihood is positive.
_PREFIX = 1.0
_LEAST = float("-inf")


class Cutter:
    """Cuts texts with the dictionary that a tokenizer has when this is made."""

    def __init__(self, tokenizer: jieba.Tokenizer) -> None:
        self._known = tokenizer.FREQ
        total = log(tokenizer.total)
        self._unknown = -total
        self._likelihood = {
            word: log(frequency) - total if frequency else _PREFIX
            for word, frequency in tokenizer.FREQ.items()
        }

    def cut(self, text: str) -> list[str]:
        """The words of a text; joined they give the text back."""
        words: list[str] = []
        for number, block in enumerate(_BLOCKS.split(text)):
            if number % 2:  # what the pattern matched stands between what it did not
                self._cut_block(block, words)
            elif len(block) < 2:
                words += block
            else:
                for piece in _SPACES.split(block):
                    words += [piece] if _SPACES.match(piece) else piece
        return words

    def _cut_block(self, block: str, words: list[str]) -> None:
        ends = self._likeliest(block)
        size, at, singles = len(block), 0, 0
        while at < size:
            end = ends[at]
            if end - at > 1:
                if singles < at:
                    self._cut_singles(block[singles:at], words)
                words.append(block[at:end])
                singles = end
            at = end
        if singles < size:
            self._cut_singles(block[singles:], words)

    def _likeliest(self, block: str) -> list[int]:
        """Where the word that begins at each character ends, on the likeliest way to the end of
        the block; of equally likely words the longest."""
        find, unknown = self._likelihood.get, self._unknown
        size = len(block)
        # Most characters begin no word with the next one; all are looked up in one sweep.
        alone = [*map(find, block)]
        pairs = [*map(find, map(add, block, block[1:])), None]
        best = [0.0] * (size + 1)
        ends = list(range(1, size + 1))
        following = 0.0
        for at in range(size - 1, -1, -1):
            own, likelihood = alone[at], pairs[at]
            if likelihood is None:
                following += unknown if own is None or own > 0 else own
                best[at] = following
                continue
            most = _LEAST if own is None or own > 0 else own + following
            end = at + 2
            while likelihood is not None:
                if likelihood < 0:
                    total = likelihood + best[end]
                    if total >= most:
                        most, ends[at] = total, end
                end += 1
                likelihood = find(block[at:end]) if end <= size else None
            following = unknown + following if most == _LEAST else most
            best[at] = following
        return ends

    def _cut_singles(self, run: str, words: list[str]) -> None:
        """A run of characters that are no words together."""
        if len(run) == 1:
            words.append(run)
        elif self._known.get(run):
            words += run
        else:
            words += _by_model(run)


@lru_cache(maxsize=1 << 16)  # runs are short, and the same ones come again in every text
def _by_model(run: str) -> tuple[str, ...]:
    return tuple(finalseg.cut(run))
