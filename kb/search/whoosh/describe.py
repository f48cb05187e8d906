"""How well records match a description: a question, or the facts of a case.

What a description says is seldom said in the same words, so words and pairs of characters count
together, and the best are compared once more by single characters. The weights were chosen on the
questions of STARD (docs/benchmarks.md says what each part gives).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.search.query import Words
from kb.search.whoosh.arrays.loops import Mask, Scores
from kb.search.whoosh.arrays.pairs import rows
from kb.search.whoosh.arrays.snapshot import Found, Snapshot
from kb.search.whoosh.schema import BODY, TITLE
from kb.text.normalise import fold_text
from kb.text.segment import words

WEIGHTS = {TITLE: 1.0, BODY: 0.5}
_PAIRS = 1.0
_CHARACTERS = 1.5
# Of terms that a description's words lead to, compared with what it says itself.
_RELATED = 0.35
RELATED = {field: _RELATED * weight for field, weight in WEIGHTS.items()}
# The best so many are compared by characters.
_COMPARED = 200
# Of a long description, so many of the rarest pairs count.
_MOST_PAIRS = 160
_K1, _B = 1.2, 0.75
# Characters beyond the first plane of Unicode are too rare to compare by.
_PLANE = 0xFFFF


def add_description(snapshot: Snapshot, node: Words, sought: Sequence[str], scores: Scores) -> None:
    """Adds what words and pairs say. sought: the words of the description that are looked for."""
    snapshot.add_scores(sought, scores, WEIGHTS)
    own = _pairs(node.text)
    snapshot.add_pairs(_rarest(snapshot, own), scores, _PAIRS)
    if node.synonyms:
        pairs = dict.fromkeys(key for term in node.synonyms for key in _pairs(term))
        snapshot.add_scores(related_words(node), scores, RELATED)
        snapshot.add_pairs([key for key in pairs if key not in own], scores, _RELATED * _PAIRS)


def related_words(node: Words) -> list[str]:
    """The words of the terms that a description leads to, without those it says itself."""
    found = dict.fromkeys(word for term in node.synonyms for word in words(fold_text(term)))
    return [word for word in found if word not in node.words]


def add_characters(snapshot: Snapshot, text: str, mask: Mask, scores: Scores) -> None:
    """Adds to the best of the masked records what single characters say: BM25, with how often each
    stands there. They stay before the others, since nothing is taken away."""
    best = _best(mask, scores)
    characters = {ord(c) for c in fold_text(text) if c.isalnum()}
    asked = np.array(sorted(code for code in characters if code < _PLANE), dtype=np.int64)
    if not (best.size and asked.size):
        return
    place = np.full(_PLANE + 1, -1, dtype=np.int32)
    place[asked] = np.arange(asked.size)
    texts = [text.encode("utf-32-le", "surrogatepass") for text in snapshot.texts(best)]
    lengths = np.array([len(text) // 4 for text in texts])
    standing = place[np.minimum(np.frombuffer(b"".join(texts), np.uint32), _PLANE)]
    record = np.repeat(np.arange(best.size), lengths)[standing >= 0]
    cells = record * asked.size + standing[standing >= 0]
    often = np.bincount(cells, minlength=best.size * asked.size).reshape(best.size, asked.size)
    rarity = np.array([snapshot.rarity(int(n)) for n in snapshot.characters[asked]])
    norm = _K1 * (1 - _B + _B * lengths / snapshot.average_length)
    scores[best] += (
        snapshot.priors[best]
        * _CHARACTERS
        * ((often * (_K1 + 1) / (often + norm[:, None])) @ rarity)
    )


def _best(mask: Mask, scores: Scores) -> Found:
    """The records to compare by characters, with all that tie with the last of them."""
    numbers = np.flatnonzero(mask)
    if numbers.size <= _COMPARED:
        return numbers
    own = scores[numbers]
    last = np.partition(own, numbers.size - _COMPARED)[numbers.size - _COMPARED]
    best: Found = numbers[own >= last]
    return best


def _pairs(text: str) -> list[int]:
    """The pairs of neighbouring letters and digits, punctuation left out."""
    letters = "".join(c for c in fold_text(text) if c.isalnum())
    return list(dict.fromkeys(rows(letters)[0])) if len(letters) > 1 else []


def _rarest(snapshot: Snapshot, keys: Sequence[int]) -> Sequence[int]:
    if len(keys) <= _MOST_PAIRS:
        return keys
    frequency = {key: snapshot.pair_frequency(key) for key in keys}
    return sorted((key for key in keys if frequency[key]), key=frequency.__getitem__)[:_MOST_PAIRS]
