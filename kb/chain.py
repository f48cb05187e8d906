"""The chain of a dispute: act, review, first instance, second; records joined by their numbers.

A formal paper (a review decision, a judgment) bears a number of its own and mentions those of the
papers before it; a published case mentions the numbers of the proceedings that it tells of. Two
records are joined where one mentions the other's own number, or both mention one number. Nothing
more is claimed: a judgment may also mention the number of a case that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from kb.answers import CaseLink, Coded, RelatedRecord
from kb.labels import KIND_LABELS
from kb.law import dockets
from kb.law.dockets import Instance
from kb.model import Case, ClaimSource, Content, Docket, DocketKind, Kind, settled

OWN_RULE = "dockets.own"
"""The rule of a claim that a number is the paper's own (`ingest.extract.docket_numbers`)."""

_MOST_NUMBERS = 40
_MOST_BEARERS = 8
"""A number that more records bear is of a case that many follow, not of one dispute."""
_MOST_SHOWN = 20
_STEPS = 3


class Stage(StrEnum):
    """Where a record stands in a dispute, in order. ACCOUNT: it tells of the dispute."""

    REVIEW = "review"
    FIRST = "first"
    SECOND = "second"
    RETRIAL_REVIEW = "retrial_review"
    RETRIAL = "retrial"
    ENFORCEMENT = "enforcement"
    COURT = "court"
    ACCOUNT = "account"


class Relation(StrEnum):
    """What joins another record to the one at hand. MENTIONED: the other's own number stands in
    this one; MENTIONS: this one's in the other; SAME: one own number; SHARED: both mention it;
    CHAIN: through the papers between."""

    MENTIONED = "mentioned"
    MENTIONS = "mentions"
    SAME = "same"
    SHARED = "shared"
    CHAIN = "chain"


STAGE_LABELS = {
    Stage.REVIEW: "行政复议",
    Stage.FIRST: "一审",
    Stage.SECOND: "二审",
    Stage.RETRIAL_REVIEW: "再审审查",
    Stage.RETRIAL: "再审",
    Stage.ENFORCEMENT: "强制执行",
    Stage.COURT: "裁判文书",
    Stage.ACCOUNT: "案例",
}
RELATION_LABELS = {
    Relation.MENTIONED: "本件提到它的案号",
    Relation.MENTIONS: "它提到本件的案号",
    Relation.SAME: "案号相同",
    Relation.SHARED: "都提到这个文号",
    Relation.CHAIN: "经前后程序相连",
}
_INSTANCES = {
    Instance.FIRST: Stage.FIRST,
    Instance.SECOND: Stage.SECOND,
    Instance.RETRIAL_REVIEW: Stage.RETRIAL_REVIEW,
    Instance.RETRIAL: Stage.RETRIAL,
    Instance.ENFORCEMENT: Stage.ENFORCEMENT,
    Instance.NON_LITIGATION: Stage.ENFORCEMENT,
    Instance.OTHER: Stage.COURT,
}


class Shelf(Protocol):
    """Where public records are found, see `kb.store.repository.Repository`: the ids of those in
    which a number stands, and the records of some ids."""

    def by_docket(self, normalised: str) -> list[str]: ...

    def cases(self, ids: Iterable[str]) -> list[Case]: ...


def related(case: Case, shelf: Shelf) -> tuple[RelatedRecord, ...]:
    """The records joined to a record, in the order of the proceedings."""
    here, search = _Paper(case), _Search(shelf)
    found = {join.other.case.id: join for join in search.joins(here)}
    for join in [*search.further(here, back=True), *search.further(here, back=False)]:
        found.setdefault(join.other.case.id, join)
    ordered = sorted(found.values(), key=_order)
    return tuple(map(_answer, ordered[:_MOST_SHOWN]))


def stage(content: Content) -> Stage:
    """Where a record stands, from its kind and its own number."""
    if content.kind is Kind.REVIEW_DECISION:
        return Stage.REVIEW
    if content.kind is not Kind.JUDGMENT:
        return Stage.ACCOUNT
    for docket in own_numbers(content):
        if parsed := dockets.parse(docket.raw):
            return _INSTANCES[parsed.instance]
    return Stage.COURT


def own_numbers(content: Content) -> tuple[Docket, ...]:
    """The numbers that are a formal paper's own; those of a published case are never its own."""
    fitting = _OWN_KINDS.get(content.kind)
    holding = settled(content.dockets)
    claims = [claim for claim in content.dockets if claim.value in holding and not claim.rejected]
    own = [claim.value for claim in claims if claim.evidence.rule == OWN_RULE]
    if fitting and not own:
        # What a person, an import or a field of the page says begins with the paper's own.
        said = [claim.value for claim in claims if claim.evidence.source is not ClaimSource.RULE]
        own = [docket for docket in said if docket.kind is fitting][:1]
    return tuple(dict.fromkeys(own)) if fitting else ()


_OWN_KINDS = {Kind.REVIEW_DECISION: DocketKind.REVIEW, Kind.JUDGMENT: DocketKind.COURT}


class _Paper:
    """A record with its numbers by their common spelling; masked ones tell nothing apart."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.stage = stage(case.content)
        self.own = {docket.normalised for docket in own_numbers(case.content)}

    @cached_property
    def numbers(self) -> dict[str, Docket]:
        held = {docket.normalised: docket for docket in settled(self.case.content.dockets)}
        return {number: docket for number, docket in held.items() if "*" not in number}

    @property
    def place(self) -> int:
        return _place(self.stage)


def _place(stage: Stage) -> int:
    return list(Stage).index(stage)


@dataclass(frozen=True, slots=True)
class _Join:
    """Another record, what joins it, and the number that does, as it spells it."""

    other: _Paper
    relation: Relation
    docket: str


class _Search:
    """Asks the shelf for what is joined; nothing is asked for twice."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._bearers: dict[str, list[str]] = {}
        self._papers: dict[str, _Paper] = {}
        self._joined: dict[str, list[_Join]] = {}

    def joins(self, here: _Paper) -> list[_Join]:
        """The records that share a number with this one, each once."""
        if here.case.id not in self._joined:
            self._joined[here.case.id] = list(self._joins(here))
        return self._joined[here.case.id]

    def further(self, here: _Paper, *, back: bool) -> Iterator[_Join]:
        """What is joined through the papers between: on and on to earlier stages, or to later
        ones, never to and fro, since two judgments may mention one case that both follow."""
        wanted = Relation.MENTIONED if back else Relation.MENTIONS
        frontier, seen = [here], {here.case.id}
        for step in range(_STEPS):
            reached: list[_Paper] = []
            for paper in frontier:
                for join in self.joins(paper):
                    other = join.other
                    onward = other.place < paper.place if back else other.place > paper.place
                    if join.relation is wanted and onward and other.case.id not in seen:
                        seen.add(other.case.id)
                        reached.append(other)
                        if step:
                            own = next(iter(own_numbers(other.case.content)), None)
                            yield _Join(other, Relation.CHAIN, _spelt(own) if own else join.docket)
            frontier = reached

    def _joins(self, here: _Paper) -> Iterator[_Join]:
        own_first = sorted(here.numbers, key=lambda number: number not in here.own)
        bearers: dict[str, set[str]] = {}
        for number in own_first[:_MOST_NUMBERS]:
            others = set(self._bearing(number)) - {here.case.id}
            if len(others) <= _MOST_BEARERS:
                bearers[number] = others
        for other in self._read(sorted(set().union(*bearers.values()))):
            shared = [number for number, ids in bearers.items() if other.case.id in ids]
            joins = [join for number in shared if (join := _join(here, other, number))]
            if joins:
                yield min(joins, key=lambda join: list(Relation).index(join.relation))

    def _bearing(self, number: str) -> list[str]:
        if number not in self._bearers:
            self._bearers[number] = self._shelf.by_docket(number)
        return self._bearers[number]

    def _read(self, ids: list[str]) -> list[_Paper]:
        unread = [record for record in ids if record not in self._papers]
        if unread:
            self._papers.update((case.id, _Paper(case)) for case in self._shelf.cases(unread))
        return [self._papers[record] for record in ids if record in self._papers]


def _join(here: _Paper, other: _Paper, number: str) -> _Join | None:
    docket = other.numbers.get(number)
    if docket is None:
        return None
    spelt = _spelt(docket)
    if number in here.own and number in other.own:
        return _Join(other, Relation.SAME, spelt)
    if number in other.own:
        return _Join(other, Relation.MENTIONED, spelt)
    if number in here.own:
        return _Join(other, Relation.MENTIONS, spelt)
    return _Join(other, Relation.SHARED, spelt) if _came_before(docket, here, other) else None


def _spelt(docket: Docket) -> str:
    """A number as it is written, without the line ends that a narrow column puts into it."""
    return "".join(docket.raw.split())


def _came_before(docket: Docket, *papers: _Paper) -> bool:
    """Whether a number that is neither's own is of an act or a proceeding that both may have come
    from. A case of the same or a higher court is rather one that both follow."""
    if docket.kind is DocketKind.COURT:
        parsed = dockets.parse(docket.raw)
        place = _INSTANCES[parsed.instance] if parsed else Stage.COURT
        return all(_place(place) < paper.place for paper in papers)
    if docket.kind is DocketKind.DOCUMENT:
        return _ACT.search(docket.normalised.rpartition("(")[0]) is not None
    return docket.kind is DocketKind.REVIEW


# Marks of papers that decide on one person's matter. Rules and notices (…发, …办, …令, 公告) bear
# numbers too, which join nothing.
_ACT = re.compile(r"(?<![公通])告|[罚处认许征补强扣封裁登责受核撤注决]")


def _order(join: _Join) -> tuple[int, str, str]:
    case = join.other.case
    decided = next(iter(settled(case.content.decided)), None)
    return join.other.place, str(decided or ""), case.id


def _answer(join: _Join) -> RelatedRecord:
    content = join.other.case.content
    place = join.other.stage
    told = KIND_LABELS[content.kind] if place is Stage.ACCOUNT else STAGE_LABELS[place]
    return RelatedRecord(
        link=CaseLink(id=join.other.case.id, title=content.title),
        stage=Coded(code=place.value, label=told),
        relation=Coded(code=join.relation.value, label=RELATION_LABELS[join.relation]),
        docket=join.docket,
        decided=next(iter(settled(content.decided)), None),
    )
