"""Several segments' contents made one, without the records that are dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.build import (
    characters,
    filing,
    joined_by_key,
    order,
    sections,
    term_stretches,
)
from kb.search.whoosh.arrays.contents import Contents, FieldWords, Filing, Sections, Stretches
from kb.search.whoosh.arrays.postings import joined


class Source(NamedTuple):
    """One of the segments to merge. live: a mask over its records."""

    contents: Contents
    live: NDArray[np.bool_]


def merged(sources: Sequence[Source]) -> Contents:
    """The live records of all sources, in their order. They must be few enough for a segment."""
    moves = _moves([source.live for source in sources])
    contents = [source.contents for source in sources]
    kept = [np.flatnonzero(source.live) for source in sources]
    ids = [c.ids[n] for c, numbers in zip(contents, kept, strict=True) for n in numbers]
    runs = [c.pairs.run().moved(to) for c, to in zip(contents, moves, strict=True)]
    pair_keys, pairs = joined_by_key(
        [replace(run, keys=c.pair_keys[run.keys]) for c, run in zip(contents, runs, strict=True)]
    )
    plain = _stretches([c.plain for c in contents], kept)
    return Contents(
        ids=ids,
        days=_kept([c.days for c in contents], kept),
        revisions=_kept([c.revisions for c in contents], kept),
        priors=_kept([c.priors for c in contents], kept),
        characters=characters(plain.of(number) for number in range(len(ids))),
        order=order(ids),
        fields={
            name: _fields([c.fields[name] for c in contents], moves, kept)
            for name in contents[0].fields
        },
        pair_keys=pair_keys,
        pairs=pairs,
        plain=plain,
        numbered=_stretches([c.numbered for c in contents], kept),
        filings={name: _filings([c.filings[name] for c in contents], moves) for name in FacetName},
        sections=_sections([c.sections for c in contents], kept),
    )


def _moves(lives: Sequence[NDArray[np.bool_]]) -> list[NDArray[np.int32]]:
    """The new number of each record, -1 for the dead."""
    moves, base = [], 0
    for live in lives:
        to = np.where(live, base + np.cumsum(live) - 1, -1).astype(np.int32)
        moves.append(to)
        base += int(live.sum())
    return moves


def _kept(arrays: Sequence[NDArray[Any]], kept: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([array[k] for array, k in zip(arrays, kept, strict=True)])


def _fields(
    fields: Sequence[FieldWords], moves: Sequence[NDArray[np.int32]], kept: Sequence[NDArray[Any]]
) -> FieldWords:
    """A word that only dead records held is gone, as if it had never been written."""
    runs = [f.postings.run().moved(to) for f, to in zip(fields, moves, strict=True)]
    terms = [_terms(f, run.keys) for f, run in zip(fields, runs, strict=True)]
    every = sorted(set().union(*terms))
    place = {term: number for number, term in enumerate(every)}
    numbered = [
        (np.array([place[term] for term in own], dtype=np.int64), run)
        for own, run in zip(terms, runs, strict=True)
    ]
    lengths = _kept([f.lengths for f in fields], kept)
    return FieldWords(term_stretches(every), joined(numbered, len(every)), lengths)


def _terms(words: FieldWords, keys: NDArray[Any]) -> list[str]:
    every = words.lines().split("\n")
    return [every[key] for key in keys]


def _stretches(parts: Sequence[Stretches], kept: Sequence[NDArray[Any]]) -> Stretches:
    sizes = [np.diff(p.starts)[k] for p, k in zip(parts, kept, strict=True)]
    data = [
        p.data if k.size == p.starts.size - 1 else _only(p, k)
        for p, k in zip(parts, kept, strict=True)
    ]
    starts = np.concatenate(([0], np.cumsum(np.concatenate(sizes))))
    return Stretches(np.concatenate(data), starts.astype(np.int64))


def _only(part: Stretches, numbers: NDArray[Any]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(part.of(n) for n in numbers), np.uint8)


def _filings(filings: Sequence[Filing], moves: Sequence[NDArray[np.int32]]) -> Filing:
    filed: dict[str, list[int]] = {}
    for one, to in zip(filings, moves, strict=True):
        for number, value in enumerate(one.values):
            records = to[one.of(number)]
            alive = records[records >= 0].tolist()
            if alive:
                filed.setdefault(value, []).extend(alive)
    return filing(filed)


def _sections(parts: Sequence[Sections], kept: Sequence[NDArray[Any]]) -> Sections:
    found = []
    for part, numbers in zip(parts, kept, strict=True):
        for n in numbers:
            places = range(part.starts[n], part.starts[n + 1])
            found.append(
                [
                    (part.role_names[part.roles[at]], int(part.begins[at]), int(part.ends[at]))
                    for at in places
                ]
            )
    return sections(found)
