"""Which records of a snapshot a query finds, how well each matches, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from kb.search.engine import Key, ScorePart
from kb.search.query import (
    And,
    Everything,
    Filed,
    InSection,
    Node,
    Not,
    Or,
    Quoted,
    Words,
    descriptions,
)
from kb.search.whoosh.arrays.loops import Mask, Scores, add_where
from kb.search.whoosh.arrays.snapshot import Found, Snapshot
from kb.search.whoosh.describe import RELATED, add_characters, add_description, related_words
from kb.search.whoosh.describe import WEIGHTS as DESCRIBED
from kb.search.whoosh.schema import WEIGHTS
from kb.search.within import stands_within
from kb.text.exact import needle

# A synonym serves, but what was typed counts for more.
_SYNONYM_WEIGHT = 0.5
# A run of words longer than this is a description, never a quotation.
_LONGEST_RUN = 60
# Of a long description, so many of the words that tell most are looked for.
_MOST_WORDS = 80
# Less than this is but the rounding of numbers.
_NOTHING = 1e-9
# If more than one in so many records is found, scoring all is quicker than scoring those.
_MANY = 16


@dataclass(frozen=True, slots=True)
class Matches:
    """mask: the records found. scores: of those, 0 where nothing matched by words; of the others
    they say nothing."""

    mask: Mask
    scores: Scores


class Evaluation:
    """Reads query trees against one snapshot, in one thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._quotations: dict[str, tuple[Mask, float]] = {}

    def matches(self, node: Node) -> Matches:
        """The live records that a query finds."""
        scores = np.zeros(self._snapshot.size, dtype=np.float64)
        mask = self._read(node, scores) & self._snapshot.live
        scores *= self._snapshot.priors
        for description in descriptions(node):
            add_characters(self._snapshot, description.text, mask, scores)
        return Matches(mask, scores)

    def mask(self, node: Node) -> Mask:
        """The live records that a query finds, without their scores."""
        return self._read(node, None) & self._snapshot.live

    def filed(self, facet_values: Filed) -> Mask:
        """The records filed under any of the values."""
        return self._snapshot.filed(facet_values.facet, facet_values.values)

    def score_parts(
        self, node: Node, matches: Matches, hits: Sequence[Key]
    ) -> tuple[tuple[ScorePart, ...], ...]:
        """What the score of each hit is the sum of. matches: of the same query."""
        if not hits:  # an empty index has no frequencies to weigh by
            return ()
        numbers = np.array([self._snapshot.number(hit.id) for hit in hits], dtype=np.int64)
        order = np.argsort(numbers)
        numbers = numbers[order]
        parts: list[list[ScorePart]] = [[] for _ in hits]
        told = np.zeros(numbers.size, dtype=np.float64)
        for kind, text, scores in self._parts(node, numbers):
            scores = scores * self._snapshot.priors[numbers]
            told += scores
            for at in np.flatnonzero(scores):
                parts[order[at]].append(ScorePart(kind, text, float(scores[at])))
        if descriptions(node):  # what its characters say, alone and in pairs, is told in one
            rest = matches.scores[numbers] - told
            for at in np.flatnonzero(rest > _NOTHING):
                parts[order[at]].append(ScorePart("characters", "", float(rest[at])))
        return tuple(map(tuple, parts))

    def _read(self, node: Node, scores: Scores | None) -> Mask:
        """The records found, dead ones among them; adds to the scores of these and others."""
        match node:
            case Everything():
                return np.ones(self._snapshot.size, dtype=np.bool_)
            case Words():
                return self._words(node, scores)
            case Quoted(text):
                return self._quoted(text, scores)
            case Filed():
                return self.filed(node)
            case InSection():
                return self._in_section(node, scores)
            case And(parts):
                return reduce(np.logical_and, (self._read(part, scores) for part in parts))
            case Or(parts):
                return reduce(np.logical_or, (self._read(part, scores) for part in parts))
            case Not(part):
                return ~self._read(part, None)

    def _words(self, node: Words, scores: Scores | None) -> Mask:
        sought = self._sought(node)
        mask = self._with_all(sought) if node.every else self._with_any(sought)
        for text, weight in _runs(node):
            mask |= self._quoted(text, scores, weight)
        if scores is not None and node.every:
            self._score((*sought, *node.longer), mask, scores)
        elif scores is not None:
            add_description(self._snapshot, node, sought, scores)
        return mask

    def _sought(self, node: Words) -> Sequence[str]:
        if not node.every and len(node.words) > _MOST_WORDS:
            return self._snapshot.rarest(node.words, _MOST_WORDS)
        return node.words

    def _with_all(self, words: Sequence[str]) -> Mask:
        return (
            reduce(np.logical_and, (self._with_any((word,)) for word in words))
            if words
            else np.zeros(self._snapshot.size, dtype=np.bool_)
        )

    def _with_any(self, words: Sequence[str]) -> Mask:
        mask = np.zeros(self._snapshot.size, dtype=np.bool_)
        for word in words:
            self._snapshot.mark_word(word, mask)
        return mask

    def _score(self, words: Sequence[str], mask: Mask, scores: Scores) -> None:
        if len(words) == 1 or np.count_nonzero(mask) * _MANY > mask.size:
            self._snapshot.add_scores(words, scores)
        else:
            found = np.flatnonzero(mask)
            for word in words if found.size else ():
                scores[found] += self._snapshot.scores_at(word, found)

    def _quoted(self, text: str, scores: Scores | None, weight: float = 1.0) -> Mask:
        mask, says = self._found(text)
        if scores is not None:
            add_where(mask, weight * says, scores)
        return mask

    def _found(self, text: str) -> tuple[Mask, float]:
        """The records in which a quotation stands, and what that adds to their scores: the rarer it
        is, the more it says. A query may ask, and ask why, more than once."""
        if text not in self._quotations:
            mask = self._snapshot.quoted(needle(text))
            frequency = int(np.count_nonzero(mask)) or 1
            self._quotations[text] = mask, float(np.log1p(self._snapshot.size / frequency))
        return self._quotations[text]

    def _in_section(self, node: InSection, scores: Scores | None) -> Mask:
        mask = self._may_hold(node.part, scores) & self._snapshot.live
        holds = stands_within(node.part)
        for number in np.flatnonzero(mask):
            sections = self._snapshot.sections(int(number), node.roles)
            mask[number] = any(holds(text) for text in sections)
        return mask

    def _may_hold(self, node: Node, scores: Scores | None) -> Mask:
        """The records in a part of which a query might be found; adds to scores as `_read` does."""
        match node:
            case And(parts):
                return reduce(np.logical_and, (self._may_hold(part, scores) for part in parts))
            case Or(parts):
                return reduce(np.logical_or, (self._may_hold(part, scores) for part in parts))
            case Not():
                return np.ones(self._snapshot.size, dtype=np.bool_)
            case _:
                return self._read(node, scores)

    def _parts(self, node: Node, numbers: Found) -> Iterator[tuple[str, str, Scores]]:
        """The parts of the scores of some records that `_read` adds: their kind, what was found,
        and how much it adds to each."""
        match node:
            case Words():
                weights = WEIGHTS if node.every else DESCRIBED
                for word in self._sought(node):
                    yield "word", word, self._snapshot.scores_at(word, numbers, weights)
                for word in node.longer if node.every else ():
                    yield "longer", word, self._snapshot.scores_at(word, numbers)
                for word in () if node.every else related_words(node):
                    yield "synonym", word, self._snapshot.scores_at(word, numbers, RELATED)
                for text, weight in _runs(node):
                    kind = "quotation" if weight == 1.0 else "synonym"
                    yield kind, text, weight * self._quotation_scores_at(text, numbers)
            case Quoted(text):
                yield "quotation", text, self._quotation_scores_at(text, numbers)
            case InSection(_, part):
                yield from self._parts(part, numbers)
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self._parts(part, numbers)

    def _quotation_scores_at(self, text: str, numbers: Found) -> Scores:
        mask, says = self._found(text)
        return np.where(mask[numbers], says, 0.0)


def _runs(node: Words) -> Iterator[tuple[str, float]]:
    """The expressions that serve where they stand as they are: what was typed, and synonyms."""
    if 0 < len(node.text) <= _LONGEST_RUN:
        yield node.text, 1.0
    for synonym in node.synonyms if node.every else ():
        yield synonym, _SYNONYM_WEIGHT
