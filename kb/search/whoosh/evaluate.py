"""Which records of a snapshot a query finds, and how well each matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.query import And, Everything, Filed, Node, Not, Or, Quoted, Words
from kb.search.whoosh.exact import ExactIndex
from kb.search.whoosh.snapshot import Mask, Scores, Snapshot
from kb.text.exact import needle

# A synonym serves, but what was typed counts for more.
_SYNONYM_WEIGHT = 0.5
# A run of words longer than this is a description, never a quotation.
_LONGEST_RUN = 60
# Of a long description, so many of the words that tell most are looked for.
_MOST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Matches:
    """mask: the records found. scores: 0 where nothing matched by words."""

    mask: Mask
    scores: Scores


class Evaluation:
    """Reads query trees against one snapshot and the lossless index beside it."""

    def __init__(self, snapshot: Snapshot, exact: ExactIndex) -> None:
        self._snapshot = snapshot
        self._exact = exact

    def matches(self, node: Node) -> Matches:
        """The live records that a query finds."""
        found = self._read(node)
        return Matches(found.mask & self._snapshot.live, found.scores)

    def filed(self, facet_values: Filed) -> Mask:
        """The records filed under any of the values."""
        mask = self._none()
        filing = self._snapshot.filings[facet_values.facet]
        for value in facet_values.values:
            mask[filing.under(value)] = True
        return mask

    def _read(self, node: Node) -> Matches:
        match node:
            case Everything():
                return Matches(np.ones(self._snapshot.size, dtype=np.bool_), self._zero())
            case Words():
                return self._words(node)
            case Quoted(text):
                return self._quoted(text)
            case Filed():
                return Matches(self.filed(node), self._zero())
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return self._any(parts)
            case Not(part):
                return Matches(~self._read(part).mask, self._zero())

    def _all(self, parts: Iterable[Node]) -> Matches:
        mask, scores = np.ones(self._snapshot.size, dtype=np.bool_), self._zero()
        for part in parts:
            found = self._read(part)
            mask &= found.mask
            scores += found.scores
        return Matches(mask, scores)

    def _any(self, parts: Iterable[Node]) -> Matches:
        mask, scores = self._none(), self._zero()
        for part in parts:
            found = self._read(part)
            mask |= found.mask
            scores += found.scores
        return Matches(mask, scores)

    def _words(self, node: Words) -> Matches:
        scores = self._zero()
        standing = np.zeros(self._snapshot.size, dtype=np.int32)
        words: Sequence[str] = node.words
        if not node.every and len(words) > _MOST_WORDS:
            words = self._snapshot.rarest(words, _MOST_WORDS)
        for word in words:
            numbers, word_scores = self._snapshot.postings(word)
            standing[numbers] += 1
            scores[numbers] += word_scores
        for word in node.longer:
            numbers, word_scores = self._snapshot.postings(word)
            scores[numbers] += word_scores
        needed = len(node.words) if node.every else 1
        mask = standing >= max(needed, 1)
        if len(node.text) <= _LONGEST_RUN:
            typed = self._quoted(node.text)
            mask |= typed.mask
            scores += typed.scores
        for synonym in node.synonyms:
            found = self._quoted(synonym)
            mask |= found.mask
            scores += _SYNONYM_WEIGHT * found.scores
        return Matches(mask, scores)

    def _quoted(self, text: str) -> Matches:
        mask, scores = self._none(), self._zero()
        number = self._snapshot.number
        ids = self._exact.find(needle(text))
        numbers = [number[record_id] for record_id in ids if record_id in number]
        mask[numbers] = True
        # The rarer a quotation, the more it says.
        scores[numbers] = np.log1p(self._snapshot.size / (len(numbers) or 1))
        return Matches(mask, scores)

    def _none(self) -> Mask:
        return np.zeros(self._snapshot.size, dtype=np.bool_)

    def _zero(self) -> Scores:
        return np.zeros(self._snapshot.size, dtype=np.float64)
