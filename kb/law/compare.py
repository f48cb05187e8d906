"""Sets two versions of a statute side by side: which article became which, and what words changed.

Articles pair up one to one by their words, whatever their numbers; what is left over is a piece
split off, a piece merged in, an addition or an omission. Positions only decide between equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

import numpy as np

from kb.law.alike import Alike, Matrix, alike
from kb.law.crosswalk import Correspondence, Relation
from kb.law.provisions import Pinpoint
from kb.law.text import Article
from kb.model import Span
from kb.text.normalise import fold_text
from kb.text.segment import tokens

# Chosen on the hand-checked rows of kb/data/crosswalk.csv; see tests/kb/law/test_compare.py.
PAIRED = 0.30
PIECE = 0.45
COMPUTED = "computed"
_SAME_NUMBER, _SAME_PLACE = 0.03, 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """An article before and the one it became; None on one side for ADDED and DROPPED.

    score: how alike they are, from 0 to 1. Of a SPLIT or MERGED article each piece is a pair, and
    main tells the one that carries most of it; the score of a piece is how much of it is found.
    """

    old: Article | None
    new: Article | None
    relation: Relation
    score: float
    main: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with its changed words: spans in the text of the old and of the new article."""

    pair: Pair
    removed: tuple[Span, ...] = ()
    inserted: tuple[Span, ...] = ()


def compare(old: Sequence[Article], new: Sequence[Article]) -> tuple[Row, ...]:
    """Every article of both versions, in the order of the new one; what was dropped stands after
    the article that came before it. A piece (not main) shows one article beside one that another
    row has already."""
    return tuple(_row(pair) for pair in _in_order(old, pair_up(old, new)))


def pair_up(old: Sequence[Article], new: Sequence[Article]) -> tuple[Pair, ...]:
    """Which article became which, in the order of the new version, pieces after the main pair."""
    before, after = ([fold_text(article.text) for article in side] for side in (old, new))
    pairs, rest_old, rest_new = _unchanged(old, new, before, after)
    pairs += _changed(
        [old[i] for i in rest_old],
        [new[j] for j in rest_new],
        alike(
            [before[i] for i in rest_old],
            [after[j] for j in rest_new],
            [fold_text(pair.new.text) for pair in pairs if pair.new],
        ),
    )
    return tuple(sorted(_related(pairs), key=_place))


def correspondences(work: str, changed_on: date, pairs: Iterable[Pair]) -> Iterator[Correspondence]:
    """Pairs as rows of a crosswalk, marked as computed, with their scores."""
    for pair in pairs:
        yield Correspondence(
            work=work,
            changed_on=changed_on,
            old=Pinpoint(pair.old.number) if pair.old else None,
            new=Pinpoint(pair.new.number) if pair.new else None,
            relation=pair.relation,
            checked=COMPUTED,
            score=round(pair.score, 3),
        )


def changed_words(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of two texts that differ, word by word; what is not in them is the same on
    both sides. A letter that alone stands unchanged between two replaced words is taken in."""
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, _texts(old, before), _texts(new, after), autojunk=False)
    removed: list[Span] = []
    inserted: list[Span] = []
    joins = False
    steps = matcher.get_opcodes()
    for n, (tag, i1, i2, j1, j2) in enumerate(steps):
        if tag != "equal":
            _extend(removed, before[i1:i2], joins)
            _extend(inserted, after[j1:j2], joins)
            joins = False
        elif 0 < n < len(steps) - 1 and steps[n - 1][0] == steps[n + 1][0] == "replace":
            between = old[before[i1].start : before[i2 - 1].end]
            joins = len(between) == 1 and between != "\n"
        else:
            joins = False
    return tuple(removed), tuple(inserted)


def _row(pair: Pair) -> Row:
    """Of a piece only its own side is marked: what the other article has besides says nothing."""
    if pair.old is None or pair.new is None or pair.relation is Relation.SAME:
        return Row(pair)
    removed, inserted = changed_words(pair.old.text, pair.new.text)
    if pair.main:
        return Row(pair, removed, inserted)
    return Row(pair, removed if _of_old(pair) else (), () if _of_old(pair) else inserted)


def _of_old(pair: Pair) -> bool:
    return pair.relation in (Relation.MERGED, Relation.DROPPED)


def _in_order(old: Sequence[Article], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """New articles in their order, each followed by the dropped ones that stood behind its old."""
    dropped = {p.old.number: p for p in pairs if p.old and p.new is None}
    followers: dict[int | str | None, list[Pair]] = {}
    last: int | str | None = None
    for article in old:
        if article.number in dropped:
            followers.setdefault(last, []).append(dropped[article.number])
        else:
            last = article.number
    yield from followers.pop(None, ())
    for pair in pairs:
        if pair.new is not None:
            yield pair
            if pair.old is not None and (pair.main or _of_old(pair)):
                yield from followers.pop(pair.old.number, ())


def _unchanged(
    old: Sequence[Article], new: Sequence[Article], before: Sequence[str], after: Sequence[str]
) -> tuple[list[Pair], list[int], list[int]]:
    """Articles that read the same, of the same number first; and the places of all others."""
    places: dict[str, list[int]] = {}
    for j, text in enumerate(after):
        places.setdefault(text, []).append(j)
    taken: dict[int, int] = {}
    free: set[int] = set(range(len(new)))
    for same_number in (True, False):
        for i, text in enumerate(before):
            for j in places.get(text, ()):
                fits = not same_number or old[i].number == new[j].number
                if i not in taken and j in free and fits:
                    taken[i] = j
                    free.remove(j)
    pairs = [Pair(old[i], new[j], Relation.SAME, 1.0) for i, j in taken.items()]
    return pairs, [i for i in range(len(old)) if i not in taken], sorted(free)


def _changed(old: Sequence[Article], new: Sequence[Article], measured: Alike) -> list[Pair]:
    scores = {
        (i, j): float(measured.whole[i, j])
        for i, j in _one_to_one(_ranked(old, new, measured.whole))
    }
    rest_old = set(range(len(old))) - {i for i, _ in scores}
    rest_new = set(range(len(new))) - {j for _, j in scores}
    split = _pieces_of(measured.of_new.T, rest_new)
    merged = _pieces_of(measured.of_old, rest_old)
    scores |= _promoted({(i, j): score for j, (i, score) in split.items()}, rest_old, rest_new)
    scores |= _promoted({(i, j): score for i, (j, score) in merged.items()}, rest_old, rest_new)
    pairs = [_pair(old[i], new[j], Relation.REVISED, score) for (i, j), score in scores.items()]
    for j in rest_new:
        pairs.append(
            _pair(old[split[j][0]], new[j], Relation.SPLIT, split[j][1], main=False)
            if j in split
            else Pair(None, new[j], Relation.ADDED, 0.0)
        )
    for i in rest_old:
        pairs.append(
            _pair(old[i], new[merged[i][0]], Relation.MERGED, merged[i][1], main=False)
            if i in merged
            else Pair(old[i], None, Relation.DROPPED, 0.0)
        )
    return pairs


def _pair(
    old: Article, new: Article, relation: Relation, score: float, *, main: bool = True
) -> Pair:
    """A score of 1 is kept for articles that read the same."""
    return Pair(old, new, relation, min(score, 0.999), main)


def _pieces_of(found: Matrix, rows: set[int]) -> dict[int, tuple[int, float]]:
    """The article that most of each left-over one stands in, and how much of it, if enough."""
    if not found.shape[1]:
        return {}
    best = {row: int(np.argmax(found[row])) for row in rows}
    return {
        row: (column, float(found[row, column]))
        for row, column in best.items()
        if found[row, column] >= PIECE
    }


def _promoted(
    pieces: dict[tuple[int, int], float], rest_old: set[int], rest_new: set[int]
) -> dict[tuple[int, int], float]:
    """Pieces of an article that has no other counterpart: the best is its main pair after all."""
    scores: dict[tuple[int, int], float] = {}
    for (i, j), score in sorted(pieces.items(), key=lambda piece: -piece[1]):
        if i in rest_old and j in rest_new:
            scores[i, j] = score
            rest_old.remove(i)
            rest_new.remove(j)
    return scores


def _ranked(
    old: Sequence[Article], new: Sequence[Article], whole: Matrix
) -> list[tuple[float, int, int]]:
    """Possible pairs, best first."""
    score = whole.copy()
    place = np.abs(
        np.linspace(0, 1, len(old))[:, None] - np.linspace(0, 1, len(new))[None, :]
    ).astype(np.float32)
    score += _SAME_PLACE * (1 - place)
    numbers = {article.number: i for i, article in enumerate(old)}
    for j, article in enumerate(new):
        if (i := numbers.get(article.number)) is not None:
            score[i, j] += _SAME_NUMBER
    rows, columns = np.nonzero(whole >= PAIRED)
    order = np.lexsort((columns, rows, -score[rows, columns]))
    return [(float(whole[rows[k], columns[k]]), int(rows[k]), int(columns[k])) for k in order]


def _one_to_one(ranked: Sequence[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    for _, i, j in ranked:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            yield i, j


def _related(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The main pair of an article that has other pieces too is a piece itself."""
    split = {p.old.number for p in pairs if p.relation is Relation.SPLIT and p.old}
    merged = {p.new.number for p in pairs if p.relation is Relation.MERGED and p.new}
    for pair in pairs:
        if not (pair.main and pair.old and pair.new):
            yield pair
        elif pair.old.number in split:
            yield replace(pair, relation=Relation.SPLIT)
        elif pair.new.number in merged:
            yield replace(pair, relation=Relation.MERGED)
        else:
            yield pair


def _place(pair: Pair) -> tuple[int, int, int, bool]:
    """By the new number; those without one at the end, by the old."""
    article = pair.new or pair.old
    assert article is not None
    main, _, inserted = str(article.number).partition("之")
    return (pair.new is None, int(main), int(inserted or 0), not pair.main)


def _pieces(text: str) -> list[Span]:
    """A text cut into words, and single characters between them."""
    words = sorted((token.start, -token.end) for token in tokens(text))
    pieces: list[Span] = []
    position = 0
    for start, end in words:
        if start < position:
            continue  # a word within a word
        pieces += [Span(n, n + 1) for n in range(position, start)]
        pieces.append(Span(start, -end))
        position = -end
    return pieces + [Span(n, n + 1) for n in range(position, len(text))]


def _texts(text: str, pieces: Sequence[Span]) -> list[str]:
    return [piece.of(text) for piece in pieces]


def _extend(spans: list[Span], pieces: Sequence[Span], joins: bool) -> None:
    """Adds a stretch; one that joins reaches back to the one before."""
    if pieces:
        start = spans.pop().start if joins else pieces[0].start
        spans.append(Span(start, pieces[-1].end))
