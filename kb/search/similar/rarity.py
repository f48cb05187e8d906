"""How rare words and provisions are in a base, asked of its index and kept until it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

from kb.search.engine import Engine
from kb.search.query import Everything
from kb.search.request import FacetName, Sort
from kb.search.similar.provisions import Cited


class Rarity:
    """Of one state of an index. What tells is the logarithm of how many records there are for each
    that has it.

    worth_telling: from here on something is a reason worth showing: one record in four has it, or
    fewer; in a base of a few records, one in two or three.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        found = engine.search(
            Everything(),
            {},
            sort=Sort.NEWEST,
            start=0,
            after=None,
            size=0,
            facets=(FacetName.STATUTE,),
        )
        self._records = found.total
        self._filed = found.counts[FacetName.STATUTE]
        self._counts: dict[str, int] = {}
        self._provisions: dict[Cited, float] = {}
        self.worth_telling = min(log(5), log(1 + self._records) / 2)

    def words(self, wanted: Iterable[str]) -> Mapping[str, float]:
        """How much each word tells."""
        return {word: self._tells(count) for word, count in self.counts(wanted).items()}

    def counts(self, wanted: Iterable[str]) -> Mapping[str, int]:
        """In how many records each word stands."""
        counts = {word: self._counts.get(word, 0) for word in wanted}
        asked = [word for word, count in counts.items() if not count]
        for word, count in zip(asked, self._engine.standing(asked), strict=True):
            counts[word] = count
            if count:  # of a pasted text nothing is kept but what public records say too
                self._counts[word] = count
        return counts

    def provision(self, cited: Cited) -> float:
        """How much it tells that a case cites a provision."""
        tells = self._provisions.get(cited)
        if tells is None:
            count = max(self._filed.get(value, 0) for value in cited.values or (cited.work,))
            tells = self._tells(count)
            if count:
                self._provisions[cited] = tells
        return tells

    def _tells(self, count: int) -> float:
        return log(1 + self._records / max(count, 1))
