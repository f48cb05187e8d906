"""Similar cases of a record or of a pasted text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Protocol

from cachetools import LRUCache

from kb.answers import RelatedRecord, SameCase, SimilarAnswer, SimilarCase
from kb.law.statutes import Registry
from kb.model import Case
from kb.search.engine import Engine
from kb.search.kept import Kept, Records
from kb.search.similar import matter as matters
from kb.search.similar import twins
from kb.search.similar.candidates import candidates
from kb.search.similar.legs import Comparison, Likeness
from kb.search.similar.matter import Matter
from kb.search.similar.rarity import Rarity
from kb.search.similar.show import by_number, by_text, similar_case, understanding
from kb.search.similar.twins import Paper, Same
from kb.search.similar.weights import LEAST, tier_rank
from kb.text.shingles import cosine

MAX_TEXT = 20_000
"""So many characters of a pasted text are read."""
MOST = 20
"""So many similar cases are given, and so many of each kind that are none."""
_RANKED = 60
_ANSWERS = 1_000
_MOST_CHARACTERS = 4_000_000  # some two thousand records, as cases go


class Shelf(Records, Protocol):
    """Where public records are found, see `kb.store.repository.Repository`."""

    def by_docket(self, normalised: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class _Other:
    """A record to compare with."""

    case: Case
    matter: Matter


class SimilarCases:
    """Answers which cases are similar. Safe to share between threads.

    registry: gives the statutes by which a pasted text is read.
    """

    def __init__(self, engine: Engine, shelf: Shelf, registry: Callable[[], Registry]) -> None:
        self._engine = engine
        self._shelf = shelf
        self._registry = registry
        self._others = Kept(
            shelf, lambda case: _Other(case, matters.of_content(case.content)), _MOST_CHARACTERS
        )
        self._lock = threading.Lock()
        self._state = _State("", engine)

    def to_case(self, case: Case, related: Callable[[], Sequence[RelatedRecord]]) -> SimilarAnswer:
        """The cases similar to a record. related: gives those of the same dispute (`kb.chain`).
        Raises IndexUnavailable."""
        state = self._current()
        key = f"{case.id} {case.revision}"
        with self._lock:
            answer = state.answers.get(key)
        if answer is None:
            asked, paper = matters.of_content(case.content), twins.paper(case.content)
            joined = {record.link.id: record.docket for record in related()}
            answer = self._answer(state.rarity, asked, paper, joined, case.id)
            with self._lock:
                state.answers[key] = answer
        return answer

    def to_text(self, text: str) -> SimilarAnswer:
        """The cases similar to a text. Nothing of it is kept. Raises IndexUnavailable."""
        asked, paper = matters.of_text(text, self._registry()), twins.pasted(text)
        bearers = {
            record: number
            for number in sorted(paper.numbers)
            for record in self._shelf.by_docket(number)
        }
        return self._answer(self._current().rarity, asked, paper, bearers, "")

    def between(self, case: Case, other: Case) -> SimilarCase:
        """How alike two records are, similar or not. Raises IndexUnavailable."""
        matter = matters.of_content(case.content)
        comparison = Comparison(matter, self._current().rarity, filed=True)
        return similar_case(other, comparison.explained(matters.of_content(other.content)), ())

    def _answer(
        self, rarity: Rarity, asked: Matter, paper: Paper, joined: Mapping[str, str], itself: str
    ) -> SimilarAnswer:
        """joined: the records of the same dispute, and the number that says so."""
        comparison = Comparison(asked, rarity, filed=bool(itself))
        own = [by_number(case, joined[case.id]) for case in self._shelf.cases(joined)]
        apart = {itself, *joined}
        found = [i for i in candidates(self._engine, comparison) if i not in apart]
        others = self._others.of(found)
        told = self._twins(lambda: paper, asked, others)
        series = [one for one in told.values() if one.how.code == Same.SERIES]
        same = [*own, *(one for one in told.values() if one.how.code != Same.SERIES)]
        likenesses = {
            i: comparison.likeness(other.matter) for i, other in others.items() if i not in told
        }
        heads = self._gathered(_ranked(likenesses), others)
        return SimilarAnswer(
            read=understanding(comparison, paper),
            similar=[
                similar_case(case, comparison.explained(others[case.id].matter), also)
                for case, also in sorted(heads, key=lambda head: tier_rank(head[0].content.kind))
            ],
            same=same[:MOST],
            series=series[:MOST],
            least=round(100 * LEAST),
            compared=len(found),
        )

    def _gathered(
        self, ranked: Sequence[str], others: Mapping[str, _Other]
    ) -> list[tuple[Case, list[SameCase]]]:
        """The best cases in their order, each with the twins of it that rank below it."""
        heads: list[tuple[Case, list[SameCase]]] = []
        left = list(ranked[:_RANKED])
        while left and len(heads) < MOST:
            head, rest = others[left[0]], left[1:]
            paper = cache(partial(twins.paper, head.case.content))
            also = self._twins(paper, head.matter, {i: others[i] for i in rest})
            heads.append((head.case, list(also.values())))
            left = [i for i in rest if i not in also]
        return heads

    def _twins(
        self, paper: Callable[[], Paper], asked: Matter, others: Mapping[str, _Other]
    ) -> dict[str, SameCase]:
        """Those of the others whose texts are nearly the same, the nearest first. paper: gives what
        they are told from, asked for only where one is near."""
        pairs = asked.facts.pairs
        near = {i: cosine(pairs, other.matter.facts.pairs) for i, other in others.items()}
        suspects = [i for i, alike in near.items() if alike >= twins.SUSPECT]
        told = {}
        for suspect in sorted(suspects, key=lambda i: (-near[i], i)):
            case = others[suspect].case
            kind, overlap = twins.tell(paper(), twins.paper(case.content))
            if kind:
                told[case.id] = by_text(case, kind, overlap)
        return told

    def _current(self) -> _State:
        """What holds in the present state of the index."""
        name = self._engine.state()
        with self._lock:
            if self._state.name != name:
                self._state = _State(name, self._engine)
            return self._state


class _State:
    """What holds in one state of the index."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self.answers: LRUCache[str, SimilarAnswer] = LRUCache(_ANSWERS)
        self._engine = engine

    @cached_property
    def rarity(self) -> Rarity:
        return Rarity(self._engine)


def _ranked(likenesses: Mapping[str, Likeness]) -> list[str]:
    """Those that are similar at all, the most similar first."""
    near = [i for i, likeness in likenesses.items() if likeness.total >= LEAST]
    return sorted(near, key=lambda i: (-likenesses[i].total, i))
