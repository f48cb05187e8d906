"""The records shown last, ready to be shown again: what a hit says whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from cachetools import LRUCache

from kb import law
from kb.answers import Coded, Hit
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, coded, region_answer
from kb.model import Case, settled
from kb.search.document import statute_values

_MOST_STATUTES = 6
_MOST_CHARACTERS = 4_000_000
"""Of the texts of the records kept: some two thousand, as cases go."""

Edition = tuple[int, str]
"""The revision of a record, and the address it was published at: these decide what is shown."""


class Records(Protocol):
    """Where records are read from."""

    def editions(self, ids: Sequence[str]) -> Mapping[str, Edition]:
        """What is public of these records now, by id."""

    def cases(self, ids: Iterable[str]) -> list[Case]:
        """The public ones among these records."""


@dataclass(frozen=True, slots=True)
class Card:
    """A record, and the hit that it is for someone who asked for nothing."""

    case: Case
    hit: Hit

    @property
    def edition(self) -> Edition:
        return self.case.revision, self.case.url


class Cards:
    """Reads records to be shown. Safe to share between threads; never gives one that is not public
    any more, nor an older revision."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._kept: LRUCache[str, Card] = LRUCache(_MOST_CHARACTERS, _characters)
        self._lock = Lock()

    def of(self, ids: Sequence[str]) -> list[Card]:
        """The public ones among these records, in this order."""
        with self._lock:
            kept = {i: card for i in ids if (card := self._kept.get(i))}
        editions = self._records.editions([*kept]) if kept else {}
        cards = {i: card for i, card in kept.items() if card.edition == editions.get(i)}
        if missing := [i for i in ids if i not in cards]:
            read = {case.id: Card(case, _hit(case)) for case in self._records.cases(missing)}
            cards |= read
            with self._lock:
                for record_id, card in read.items():
                    if _characters(card) < _MOST_CHARACTERS:
                        self._kept[record_id] = card
        return [cards[i] for i in ids if i in cards]


def _characters(card: Card) -> int:
    return len(card.case.content.text) + 1


def _hit(case: Case) -> Hit:
    content = case.content
    published, decided = settled(content.published), settled(content.decided)
    citations = (c for c in settled(content.citations) if statute_values(c))
    return Hit(
        id=case.id,
        path=f"/cases/{case.id}",
        kind=Coded(code=content.kind.value, label=KIND_LABELS[content.kind]),
        title=content.title,
        title_marks=[],
        subtitle=content.subtitle,
        score=0.0,
        passages=[],
        why=[],
        matches=[],
        score_parts=[],
        regions=[region_answer(region) for region in settled(content.regions)],
        acts=coded(acts(), settled(content.acts)),
        issues=coded(issues(), settled(content.issues)),
        outcomes=coded(outcomes(), settled(content.outcomes)),
        statutes=list(dict.fromkeys(map(law.label, citations)))[:_MOST_STATUTES],
        dockets=[docket.raw for docket in settled(content.dockets)],
        batch=next(iter(settled(content.batch)), ""),
        publishers=list(settled(content.publishers)),
        decided=decided[0] if decided else None,
        published=published[0] if published else None,
        url=case.url,
    )
