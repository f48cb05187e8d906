"""The questions, the same for every engine, drawn from the documents themselves."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from kb.text.normalise import fold_text
from kb.text.segment import words
from tests.bench.filing import REGIONS
from tests.bench.search.peer import Question
from tests.bench.words import Corpus

Make = Callable[[Corpus, random.Random], Question]


def questions(corpus: Corpus, count: int) -> dict[str, list[Question]]:
    """So many of each row of the table."""
    return {
        row: [make(corpus, draw) for _ in range(count)]
        for row, make in _ROWS.items()
        for draw in [random.Random(f"11 {row}")]
    }


def _some(number: int, corpus: Corpus, draw: random.Random, **more: bool) -> Question:
    return Question(tuple(corpus.telling(draw, number)), **more)


def _filtered(corpus: Corpus, draw: random.Random) -> Question:
    return Question(tuple(corpus.telling(draw, 5)), region=draw.choice(REGIONS))


def _phrase(corpus: Corpus, draw: random.Random) -> Question:
    """Four to eleven characters of a clause that engines of words can find too: segmented by
    themselves they give words that stand in a row in the document."""
    while True:
        number = draw.randrange(len(corpus))
        text = corpus.text(number)
        start = draw.randrange(len(text) - 12)
        quoted = text[start : start + draw.randrange(4, 12)]
        found = words(fold_text(quoted))
        if quoted.isalnum() and len(found) > 1 and _row(found, corpus.words(number)):
            return Question(tuple(found), quoted=quoted)


def _row(part: list[str], whole: list[str]) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at, word in enumerate(whole) if word == part[0])


_ROWS: dict[str, Make] = {
    "single word": partial(_some, 1),
    "OR of 5": partial(_some, 5),
    "AND of 3": partial(_some, 3, every=True),
    "quoted phrase": _phrase,
    "OR + filter": _filtered,
    "OR + 4 facets": partial(_some, 5, facets=True),
    "page": partial(_some, 5, facets=True, passages=True),
}
