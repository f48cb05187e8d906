"""Similar cases of a record or of a pasted text, kept until the index changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Generic, Protocol, TypeVar

from kb.answers import RelatedRecord, SameCase, SimilarAnswer, SimilarCase
from kb.law.statutes import Registry
from kb.model import Case
from kb.search.engine import Engine
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
_ANSWERS, _MATTERS = 1_000, 4_000

T = TypeVar("T")


class Shelf(Protocol):
    """Where public records are found, see `kb.store.repository.Repository`."""

    def by_docket(self, normalised: str) -> list[str]: ...

    def cases(self, ids: Iterable[str]) -> list[Case]: ...


class SimilarCases:
    """Answers which cases are similar. Safe to share between threads.

    registry: gives the statutes by which a pasted text is read.
    """

    def __init__(self, engine: Engine, shelf: Shelf, registry: Callable[[], Registry]) -> None:
        self._engine = engine
        self._shelf = shelf
        self._registry = registry
        self._lock = threading.Lock()
        self._kept = _Kept("")

    def to_case(self, case: Case, related: Callable[[], Sequence[RelatedRecord]]) -> SimilarAnswer:
        """The cases similar to a record. related: gives those of the same dispute (`kb.chain`).
        Raises IndexUnavailable."""
        kept = self._current()
        key = f"{case.id} {case.revision}"
        answer = kept.answers.get(key)
        if answer is None:
            asked, paper = matters.of_content(case.content), twins.paper(case.content)
            joined = {record.link.id: record.docket for record in related()}
            answer = self._answer(kept, asked, paper, joined, case.id)
            kept.answers.put(key, answer)
        return answer

    def to_text(self, text: str) -> SimilarAnswer:
        """The cases similar to a text. Nothing of it is kept. Raises IndexUnavailable."""
        asked, paper = matters.of_text(text, self._registry()), twins.pasted(text)
        bearers = {
            record: number
            for number in sorted(paper.numbers)
            for record in self._shelf.by_docket(number)
        }
        return self._answer(self._current(), asked, paper, bearers, "")

    def between(self, case: Case, other: Case) -> SimilarCase:
        """How alike two records are, similar or not. Raises IndexUnavailable."""
        matter = matters.of_content(case.content)
        comparison = Comparison(matter, self._current().rarity(self._engine), filed=True)
        return similar_case(other, comparison.explained(matters.of_content(other.content)), ())

    def _answer(
        self, kept: _Kept, asked: Matter, paper: Paper, joined: Mapping[str, str], itself: str
    ) -> SimilarAnswer:
        """joined: the records of the same dispute, and the number that says so."""
        comparison = Comparison(asked, kept.rarity(self._engine), filed=bool(itself))
        own = [by_number(case, joined[case.id]) for case in self._shelf.cases(joined)]
        apart = {itself, *joined}
        found = [i for i in candidates(self._engine, comparison) if i not in apart]
        others = self._matters(kept, found)
        told = self._twins(lambda: paper, asked, others)
        series = [one for one in told.values() if one.how.code == Same.SERIES]
        same = [*own, *(one for one in told.values() if one.how.code != Same.SERIES)]
        likenesses = {i: comparison.likeness(other) for i, other in others.items() if i not in told}
        heads = self._gathered(_ranked(likenesses), others)
        return SimilarAnswer(
            read=understanding(comparison, paper),
            similar=[
                similar_case(case, comparison.explained(others[case.id]), also)
                for case, also in sorted(heads, key=lambda head: tier_rank(head[0].content.kind))
            ],
            same=same[:MOST],
            series=series[:MOST],
            least=round(100 * LEAST),
            compared=len(found),
        )

    def _gathered(
        self, ranked: Sequence[str], others: dict[str, Matter]
    ) -> list[tuple[Case, list[SameCase]]]:
        """The best cases in their order, each with the twins of it that rank below it."""
        heads: list[tuple[Case, list[SameCase]]] = []
        cases = {case.id: case for case in self._shelf.cases(ranked[:_RANKED])}
        left = list(cases)
        while left and len(heads) < MOST:
            head, rest = left[0], left[1:]
            near = {i: others[i] for i in rest}
            paper = cache(partial(twins.paper, cases[head].content))
            also = self._twins(paper, others[head], near)
            heads.append((cases[head], list(also.values())))
            left = [i for i in rest if i not in also]
        return heads

    def _twins(
        self, paper: Callable[[], Paper], asked: Matter, others: Mapping[str, Matter]
    ) -> dict[str, SameCase]:
        """Those of the others whose texts are nearly the same, the nearest first. paper: gives what
        they are told from, asked for only where one is near."""
        near = {i: cosine(asked.facts.pairs, other.facts.pairs) for i, other in others.items()}
        suspects = [i for i, alike in near.items() if alike >= twins.SUSPECT]
        told = {}
        for case in self._shelf.cases(sorted(suspects, key=lambda i: (-near[i], i))):
            kind, overlap = twins.tell(paper(), twins.paper(case.content))
            if kind:
                told[case.id] = by_text(case, kind, overlap)
        return told

    def _matters(self, kept: _Kept, ids: Sequence[str]) -> dict[str, Matter]:
        """What the records are compared by, in the order of the ids; what is gone is left out."""
        held = {i: matter for i in ids if (matter := kept.matters.get(i))}
        for case in self._shelf.cases([i for i in ids if i not in held]):
            held[case.id] = matters.of_content(case.content)
            kept.matters.put(case.id, held[case.id])
        return {i: held[i] for i in ids if i in held}

    def _current(self) -> _Kept:
        """What is kept of the present state of the index."""
        state = self._engine.state()
        with self._lock:
            if self._kept.state != state:
                self._kept = _Kept(state)
            return self._kept


class _Kept:
    """What holds in one state of the index."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.answers: _Newest[SimilarAnswer] = _Newest(_ANSWERS)
        self.matters: _Newest[Matter] = _Newest(_MATTERS)
        self._rarity: Rarity | None = None

    def rarity(self, engine: Engine) -> Rarity:
        if self._rarity is None:
            self._rarity = Rarity(engine)
        return self._rarity


class _Newest(Generic[T]):
    """Keeps so many values, those asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: str, value: T) -> None:
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)


def _ranked(likenesses: Mapping[str, Likeness]) -> list[str]:
    """Those that are similar at all, the most similar first."""
    near = [i for i, likeness in likenesses.items() if likeness.total >= LEAST]
    return sorted(near, key=lambda i: (-likenesses[i].total, i))
