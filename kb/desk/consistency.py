"""What in a case contradicts something else in it: days out of order, an outcome that the result
does not state, a region that is not the authority's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from kb import places
from kb.desk.gates import Failure, Label, Message
from kb.desk.rulebook import Step, rulebook
from kb.errors import NotFound
from kb.issues import find_outcomes, outcomes
from kb.model import Content, Kind, PartyRole, RegionRole, Role, Section, Span, settled
from kb.store.desk import Draft
from kb.text.normalise import Folded, fold
from kb.text.numerals import number

GATE = "consistent"
_SENTENCE = re.compile(r"[^。;]+")
_DAY = re.compile(
    r"(?:(?P<year>\d{4}|[〇零一二三四五六七八九]{4})年)?"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_EAST = timedelta(hours=8)
_DAYS = {"decided": Label("决定日期"), "published": Label("发布日期")}


@dataclass(frozen=True, slots=True)
class Dated:
    """A step that the text tells of, and its day; span: of the day in the text."""

    step: str
    day: date
    span: Span


def gate(draft: Draft) -> tuple[Failure, ...]:
    """Every contradiction. Today is today in China."""
    return _failures(draft.content, (datetime.now(UTC) + _EAST).date())


@lru_cache(maxsize=256)
def _failures(content: Content, today: date) -> tuple[Failure, ...]:
    """Kept for the drafts looked at last: they are looked at again and again."""
    found = (*_order(content), *_future(content, today), *_outcome(content), *_authority(content))
    return tuple({failure.key: failure for failure in found}.values())


def dated(content: Content) -> tuple[Dated, ...]:
    """The steps of the dispute that the text gives days of, in text order."""
    folded, year = fold(content.text), None
    found: list[Dated] = []
    for sentence in _SENTENCE.finditer(folded.text):
        days = list(_DAY.finditer(folded.text, *sentence.span()))
        for at, match in enumerate(days):
            year = number(match["year"]) if match["year"] else year
            end = days[at + 1].start() if at + 1 < len(days) else sentence.end()
            step = _step(folded.text[match.end() : end], sentence.group())
            day = _day(year, match)
            if step and day:
                found.append(Dated(step.code, day, folded.span(*match.span())))
    return tuple(found)


def _step(clause: str, sentence: str) -> Step | None:
    for step in rulebook().steps:
        if step.clause.search(clause) and not (step.unless and step.unless.search(sentence)):
            return step
    return None


def _day(year: int | None, match: re.Match[str]) -> date | None:
    try:
        return date(year or 0, number(match["month"]) or 0, number(match["day"]) or 0)
    except ValueError:
        return None


def _order(content: Content) -> Iterator[Failure]:
    """Each step's first day against the first day of the next one known, and the fields' days."""
    first: dict[str, Dated] = {}
    for one in dated(content):
        if one.step not in first or one.day < first[one.step].day:
            first[one.step] = one
    labels = {step.code: Label(step.label) for step in rulebook().steps}
    decided = next(iter(settled(content.decided)), None)
    known = [first[step] for step in rulebook().sequence if step in first]
    known = [one for one in known if not (one.step == "decision" and decided)]
    for before, after in pairwise(known):
        if before.day > after.day:
            said = _late(labels[before.step], before.day, labels[after.step], after.day)
            yield _dates(f"{before.step}-{after.step}", said, "", before.span)
    for one in known if decided else ():
        if decided and one.day > decided:
            said = _late(labels[one.step], one.day, _DAYS["decided"], decided)
            yield _dates(f"{one.step}-decided", said, "decided", one.span)
    published = next(iter(settled(content.published)), None)
    if decided and published and decided > published:
        said = _late(_DAYS["decided"], decided, _DAYS["published"], published)
        yield _dates("decided-published", said, "decided", None)


def _future(content: Content, today: date) -> Iterator[Failure]:
    for field, name in _DAYS.items():
        days: tuple[date, ...] = settled(getattr(content, field))
        if days and days[0] > today:
            said = Message("%(what)s（%(day)s）还没有到：请核对日期", what=name, day=days[0])
            yield _dates(f"{field}-future", said, field, None)
    for one in dated(content):
        if one.day > today:
            said = Message("正文中的日期（%(day)s）还没有到：请核对日期", day=one.day)
            yield _dates(f"{one.step}-future", said, "", one.span)


def _late(what: Label, day: date, than: Label, other: date) -> Message:
    return Message(
        "%(what)s（%(day)s）晚于%(than)s（%(other)s）：请核对日期",
        what=what,
        day=day,
        than=than,
        other=other,
    )


def _dates(key: str, said: Message, field: str, span: Span | None) -> Failure:
    return Failure(GATE, f"dates-{key}", said, field, span)


def _outcome(content: Content) -> Iterator[Failure]:
    """None of the outcomes chosen is stated where the result is told, and another one is."""
    chosen = settled(content.outcomes)
    terms = [term for code in chosen if (term := outcomes().get(code))]
    if not terms:
        return
    court = content.kind is Kind.JUDGMENT or any(term.forum == "court" for term in terms)
    stated: dict[str, Span | None] = {}
    for part in _result(content):
        for code, span, _ in find_outcomes(part.body.of(content.text), court=court):
            stated.setdefault(code, span and _moved(span, part.body.start))
    related = {above for code in chosen for above in (code, *outcomes().lineage(code))}
    if stated and not any({code, *outcomes().lineage(code)} & related for code in stated):
        read = tuple(term for code in stated if (term := outcomes().get(code)))
        said = Message(
            "处理结果选的是“%(chosen)s”，正文写的是“%(read)s”：请核对",
            chosen=tuple(terms),
            read=read,
        )
        yield Failure(GATE, "outcome", said, "outcomes", next(iter(stated.values())))


def _result(content: Content) -> list[Section]:
    """The sections that tell how the dispute ended."""
    for role in (Role.RESULT, Role.REVIEW, Role.REASONS):
        if found := [part for part in content.sections if part.role is role]:
            return found
    return []


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _authority(content: Content) -> Iterator[Failure]:
    """The region of the authority is neither the one of whoever was asked for review, nor above it,
    nor below."""
    regions = [one for one in settled(content.regions) if one.role is RegionRole.AUTHORITY]
    if not regions:
        return
    day = next(iter(settled(content.decided)), None)
    for name, span in _asked(content):
        for organ in places.authorities(name, day):
            if not _related(organ.region_code, (one.code for one in regions), day):
                said = Message(
                    "复议机关是“%(name)s”，地区填的是“%(chosen)s”：请核对",
                    name=name,
                    chosen=tuple(one.name for one in regions),
                )
                yield Failure(GATE, "region", said, "regions", span)


def _asked(content: Content) -> Iterator[tuple[str, Span | None]]:
    """Names of those who were asked for review."""
    for claim in content.parties:
        if claim.value.role is PartyRole.REVIEW_AUTHORITY and not claim.rejected:
            yield claim.value.name, claim.evidence.span
    folded: Folded = fold(content.text)
    for match in rulebook().authority.finditer(folded.text):
        yield match[1], folded.span(*match.span(1))


def _related(code: str, others: Iterable[str], day: date | None) -> bool:
    mine = _above(code, day)
    return any(other in mine or code in _above(other, day) for other in others)


def _above(code: str, day: date | None) -> tuple[str, ...]:
    """The region with those above it; of one that was not there on the day, as it is or was."""
    for on in (day, None):
        try:
            return places.ancestors(code, on)
        except NotFound:
            continue
    return (code,)
