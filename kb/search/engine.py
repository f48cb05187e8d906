"""What an engine must do, and what it is given and gives back. Engines know no law and no pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kb.search.query import Node
from kb.search.request import FacetName, Sort

Filters = Mapping[FacetName, frozenset[str]]


CatchUp = Callable[[Mapping[str, int]], tuple[list["IndexDocument"], list[str]]]
"""Given the revisions of the records in an index, the documents to put in and the ids to remove."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A record as an engine indexes it.

    words: by field, in order (`kb.text.segment`); those of the body that hold no Arabic digit stand
    in the texts as they are. texts: folded stretches in which a quotation may stand. sections:
    role, begin and end of stretches that may be asked for alone, in characters of the texts joined
    by `kb.text.exact.BREAK`. filed: the values of each facet, those above them in a tree included.
    day: ordinal of the date it is sorted by, 0 where it has none. revision: of the record, to tell
    a stale one. prior: how much more than others it counts for wherever found.
    """

    id: str
    words: Mapping[str, Sequence[str]]
    texts: Sequence[str]
    filed: Mapping[FacetName, Sequence[str]]
    day: int
    revision: int = 0
    sections: Sequence[tuple[str, int, int]] = ()
    prior: float = 1.0


@dataclass(frozen=True, slots=True)
class Key:
    """A place in a ranking. Every order ends with the id, so no two records share a place."""

    score: float
    day: int
    id: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One of the summands of a hit's score. kind: word, longer (a word made of words asked for),
    quotation, synonym, characters, or feedback. text: what was found."""

    kind: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives. total: exact. before: how many precede the first hit.
    counts: by facet and value, each facet counted as if its own filter were off. parts: of each
    hit what its score is the sum of, none where that was not asked."""

    total: int
    before: int
    hits: tuple[Key, ...]
    counts: Mapping[FacetName, Mapping[str, int]]
    parts: tuple[tuple[ScorePart, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """documents: live ones. generation: the one being read. analysis, schema: the versions that
    it was made with, as it says itself."""

    documents: int
    generation: str
    analysis: str
    schema: str
    updated: datetime | None


class Engine(Protocol):
    """Finds records. Reads may come from many threads; one writer at a time, others wait."""

    def writing(self) -> AbstractContextManager[object]:
        """Held while changes are read from the store and written, so that an older state of a
        record never overwrites a newer one. The methods that write take it themselves too."""

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Adds or replaces records; they are found as soon as this returns."""

    def remove(self, ids: Sequence[str]) -> None:
        """Forgets records; unknown ids are passed over."""

    def search(
        self,
        query: Node,
        filters: Filters,
        *,
        sort: Sort,
        start: int,
        after: Key | None,
        size: int,
        facets: Sequence[FacetName],
        explained: bool = False,
    ) -> Found:
        """Hits from the given start, or after a place in the ranking, which wins. explained:
        whether to say what the scores are made of."""

    def count(self, query: Node, filters: Filters) -> int:
        """How many records a search finds."""

    def standing(self, words: Sequence[str]) -> list[int]:
        """In how many records each of these words of the index stands."""

    def similar_words(self, word: str) -> list[str]:
        """Words of the index written nearly like this one, commonest first."""

    def rebuild(
        self,
        documents: Iterable[IndexDocument],
        progress: Callable[[int], None] | None = None,
        catch_up: CatchUp | None = None,
    ) -> None:
        """Makes the index anew beside the one being read, which is read and written meanwhile,
        then swaps them. catch_up: what must still be changed before that."""

    def ids(self) -> set[str]:
        """Every record in the index."""

    def revisions(self) -> dict[str, int]:
        """Every record in the index -> the revision it holds. Raises IndexUnavailable where the
        index cannot be read."""

    def damaged(self) -> list[str]:
        """The files that do not hold what was written. Reads all of them; raises IndexUnavailable
        where there is no index that can be read."""

    def stats(self) -> Stats:
        """Raises IndexUnavailable where there is no index that can be read."""

    def state(self) -> str:
        """Changes whenever a search could give another answer."""
