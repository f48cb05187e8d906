"""Whether a draft is a case that is there already: under the same number, in another layout, in
part, or told in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb.accounts import Actor, UserRole
from kb.chain import own_numbers
from kb.desk.gates import Message
from kb.errors import BadRequest, Forbidden
from kb.model import Content, DocketKind, Kind, Status, settled
from kb.store.alike import AlikeStore, Candidate, Distinct
from kb.store.desk import Draft
from kb.store.rows import fingerprint
from kb.text.shingles import Shingles, contained
from kb.text.sketch import FACTS, FACTS_SHARE, facts, stretches

DUPLICATES = "duplicates"
"""The gate."""
SAME_TEXT = 0.8
"""From this share of the shorter text in the longer on, it is one text in another layout, see
`kb.store.match.ALIKE`."""
MUCH = 0.5
"""From this share on, one was made from the other, or both from one model. Different cases of one
published set share 0.42 at most (1,326 pairs), nearly always less than 0.3."""
LEAST = 40
"""Different stretches that the shorter text must have: of a few words nearly all stand in any
case."""
_PAPERS = (Kind.REVIEW_DECISION, Kind.JUDGMENT)
_OF_PROCEEDINGS = (DocketKind.REVIEW, DocketKind.COURT)


class How(StrEnum):
    """How two records are the same. TEXT: to the letter; NUMBER: by number; LAYOUT: the text in
    another layout; PART: much of it; SPUN: the same facts in other words."""

    TEXT = "text"
    NUMBER = "number"
    LAYOUT = "layout"
    PART = "part"
    SPUN = "spun"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same case. share: of the shorter text that stands in the longer;
    said: how they are the same and how much."""

    id: str
    title: str
    stage: Status
    how: How
    share: float
    said: Message


class Duplicates:
    """Safe to share between threads. Methods that take a record raise NotFound; those that take an
    actor, Forbidden."""

    def __init__(self, store: AlikeStore) -> None:
        self._store = store

    def of(self, draft: Draft) -> tuple[Duplicate, ...]:
        """The drafts and public records that may be the same case, the likest first; without those
        that someone knows to be different."""
        content = draft.content
        found = self._store.candidates(draft.id, content, numbers(content))
        return duplicates(content, found)

    def distinct(self, record_id: str) -> tuple[Distinct, ...]:
        """The records that someone said to be different cases."""
        return self._store.distinct(record_id)

    def set_distinct(self, record_id: str, other: str, actor: Actor, reason: str) -> None:
        """That two records are different cases, once and for all. Raises BadRequest for no reason,
        or a record and itself."""
        _check_part(actor)
        if not reason.strip():
            raise BadRequest("reason", "请写明为什么是不同的案件")
        if record_id == other:
            raise BadRequest("other", "不能把一件案例与它自己相比")
        self._store.set_distinct(record_id, other, actor.who, reason.strip())

    def unset_distinct(self, record_id: str, other: str, actor: Actor) -> None:
        """Takes that back."""
        _check_part(actor)
        self._store.unset_distinct(record_id, other, actor.who)

    def unprepared(self) -> int:
        """How many records cannot be found by their text yet."""
        return self._store.unsketched()

    def prepare(self, most: int | None = None) -> None:
        """Makes every record findable by its text: a database from before may have some that are
        not. most: does nothing where there are more."""
        lacking = self._store.unsketched()
        if most is None or lacking <= most:
            while lacking and self._store.sketch_some():
                lacking = self._store.unsketched()


def _check_part(actor: Actor) -> None:
    if not actor.may(UserRole.EDITOR, UserRole.REVIEWER, UserRole.PUBLISHER):
        raise Forbidden("须有“编辑”“审核”或“发布”角色")


def numbers(content: Content) -> frozenset[str]:
    """The numbers that say which case it is: of a formal paper its own, of an account those of the
    proceedings that it tells of."""
    if content.kind in _PAPERS:
        held = own_numbers(content)
    else:
        held = tuple(one for one in settled(content.dockets) if one.kind in _OF_PROCEEDINGS)
    return frozenset(one.normalised for one in held if "*" not in one.normalised)


def duplicates(content: Content, candidates: Iterable[Candidate]) -> tuple[Duplicate, ...]:
    """Those among the candidates that are the same, the likest first."""
    found = [one for other in candidates for one in _told(content, other)]
    return tuple(sorted(found, key=lambda one: (list(How).index(one.how), -one.share, one.id)))


def _told(content: Content, candidate: Candidate) -> Iterator[Duplicate]:
    other = candidate.content
    mine, theirs = _words(content.text), _words(other.text)
    enough = min(mine.stretches.size, theirs.stretches.size) >= LEAST
    share = contained(mine.stretches, theirs.stretches) if enough else 0.0
    same = numbers(content) & numbers(other) if content.kind is other.kind else frozenset()
    how = _how(content, other, share, same)
    if how:
        said = _said(how, share, sorted(same), len(mine.facts & theirs.facts))
        yield Duplicate(candidate.id, other.title, candidate.stage, how, share, said)


def _how(content: Content, other: Content, share: float, same: frozenset[str]) -> How | None:
    if fingerprint(content.text) == fingerprint(other.text) is not None:
        return How.TEXT
    if same:
        return How.NUMBER
    if numbers(content) and numbers(other):
        return None  # a series: whatever the text, the numbers say that these are two
    if share >= SAME_TEXT:
        return How.LAYOUT
    mine, theirs = _words(content.text).facts, _words(other.text).facts
    named, fewer = len(mine & theirs), min(len(mine), len(theirs))
    if named >= FACTS and named >= FACTS_SHARE * fewer:
        return How.SPUN
    written_alike = content.kind in _PAPERS and other.kind in _PAPERS
    return How.PART if share >= MUCH and not written_alike else None


def _said(how: How, share: float, same: list[str], named: int) -> Message:
    n = round(100 * share)
    match how:
        case How.TEXT:
            return Message("文字完全相同")
        case How.NUMBER:
            number = tuple(same)
            return Message("案号相同（%(number)s），文字重合 %(n)s%%", number=number, n=n)
        case How.LAYOUT:
            return Message("文字基本相同，可能只是换了版式：文字重合 %(n)s%%", n=n)
        case How.PART:
            return Message("大段文字相同：文字重合 %(n)s%%", n=n)
        case How.SPUN:
            return Message(
                "日期、金额有 %(named)s 处相同而文字不同，可能是同一案件的改写：文字重合 %(n)s%%",
                named=named,
                n=n,
            )


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    stretches: Shingles
    facts: frozenset[str]


@lru_cache(maxsize=1024)
def _words(text: str) -> _Words:
    """The last texts looked at are kept: drafts are looked at again and again."""
    return _Words(stretches(text), facts(text))
