"""How alike two texts are in their words: telling words, rare ones first, and pairs of characters.

Only the text asked about is cut into words; in the others its words are looked for. Cutting a few
hundred texts would take seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import TypeAlias

from kb import places
from kb.text.segment import stop_words, words
from kb.text.shingles import Shingles, cosine, shingles

Rate: TypeAlias = Callable[[Iterable[str]], Mapping[str, float]]

MOST_WORDS = 100
"""So many of the words of a text that tell most are looked for."""
_SHOWN = 8
_CHANCE = 0.04
"""What two texts that have nothing to do with each other share: the median over all pairs of the
cases this was measured on."""
# 某 masks a name, 该 points to what was named before; 示例 marks what the project invented.
_WORD = re.compile(r"(?!该|示例)(?:(?!某)[\u3400-\u9fff]){2,}|[a-z]{2,}")


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A folded text (`kb.text.normalise.fold_text`) and the pairs of characters it is made of."""

    text: str
    pairs: Shingles

    @classmethod
    def of(cls, folded: str) -> Wording:
        return cls(folded, shingles(folded, 2))

    def __bool__(self) -> bool:
        return self.pairs.size > 0


class Telling:
    """A text to which others are compared.

    tells: gives how much each word tells, 0 or more. elsewhere: whether a word stands in other
    texts at all. weights: of the words to look for, those that tell most of this text first.
    """

    def __init__(self, own: Wording, tells: Rate, elsewhere: Callable[[str], bool]) -> None:
        self.own = own
        told = telling_words(own.text)
        rates = tells(told)
        # What a text says over and over it is about.
        topical = sorted(rates, key=lambda word: -rates[word] * (1 + log(told[word])))
        known = [word for word in topical if elsewhere(word)][:MOST_WORDS]
        self.weights = {word: rates[word] for word in known}
        # A text of which much is said nowhere else is like no other.
        self._total = sum(rates[word] for word in topical[:MOST_WORDS])

    def share(self, other: Wording) -> float:
        """How alike, from 0 to 1; nearly the same from either side.

        The mean of two cosines, less what chance gives, and the root of it, so that what tells
        apart the many that share little is seen. Of words: what the words weigh that stand in the
        other too, against all, where the other's words are taken to weigh as much for its length.
        """
        if not self.own or not other:
            return 0.0
        alike = (self._words(other) + cosine(self.own.pairs, other.pairs)) / 2
        return sqrt(max(0.0, alike - _CHANCE) / (1 - _CHANCE))

    def shared(self, text: str, least: float) -> list[str]:
        """The words that stand in another folded text too and tell at least so much, in the order
        of `weights`; of words within others the longest."""
        standing = [w for w, weight in self.weights.items() if weight >= least and w in text]
        return [w for w in standing if not any(w != o and w in o for o in standing)][:_SHOWN]

    def _words(self, other: Wording) -> float:
        if not self._total:
            return 0.0
        length = sqrt(other.pairs.size / self.own.pairs.size)
        shared = sum(weight for word, weight in self.weights.items() if word in other.text)
        return min(1.0, shared / (self._total * length))


def telling_words(folded: str) -> Mapping[str, int]:
    """The words of a folded text that may tell it apart, with how often they stand in it: no stop
    words, no numbers, and no names of places or of people (张某), which are no facts of a case."""
    pieces, position = [], 0
    for mention in places.find(folded):
        pieces.append(folded[position : mention.span.start])
        position = max(position, mention.span.end)
    pieces.append(folded[position:])
    return Counter(
        word
        for piece in pieces
        for word in words(piece)
        if _WORD.fullmatch(word) and word not in stop_words()
    )
