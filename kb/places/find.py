"""Finds the regions that a text names: whole chains (四川省成都市温江区), short names before
organs (渝北区人社局, 温江法院), lists and zones; not streets, dishes or words that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.model import Span
from kb.places.areas import Group
from kb.places.gazetteer import Gazetteer, Level, Place, gazetteer
from kb.places.names import Form, Names, Strength, names
from kb.places.organs import organs
from kb.places.same_name import Anchors, collapse
from kb.text.normalise import fold

# What a name must not be followed by, by its last character: 合作市|场, 高县|级, 新兴区|域.
_CUT = {"市": "场级价值", "县": "级域", "区": "域间别", "旗": "帜舰袍"}
# Sichuan and Chongqing: what the knowledge base is about.
HOME = ("50", "51")
_DIRECTIONS = "东西南北"
_NATIVE = "籍"  # 泸县籍: what stands before it is a place, whatever runs into it
_COMMITTEE = ("管委会", "管理委员会")
_JOINERS = ("、", "和", "与", "及", "以及", "或", ",", "至", "到")


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named in a text.

    span: in the text as given. code: see `kb.places.Place`. name: full, from the province down,
    as the text means it: an abolished unit keeps its name. note: what a reader should know, in
    Chinese: 原渝北区 for a unit that was no more on the day asked about (or without a day, is no
    more), 时为郫县 for one that was not yet, 另有同名：… where the text names the surroundings of
    two regions of one name and the nearer one was taken, what a zone is; "" mostly.
    """

    span: Span
    code: str
    name: str
    note: str


def find(text: str, on: date | None = None) -> tuple[Mention, ...]:
    """The regions named in a text, in text order; the members of a group (川渝) share a span.

    on: the day the text speaks of; it tells 两江新区 the district from the older zone, and sets
    the notes. Names that several regions bear (朝阳区) are settled by the unit written before them,
    else by the nearest name in the text that only one of them goes with; unsettled ones are left
    out.
    """
    folded = fold(text)
    return tuple(
        Mention(folded.span(found.start, found.end), found.place.code, found.place.full_name, note)
        for found in locate(folded.text, on)
        for note in (found.note or _note(found.place, on),)
    )


@dataclass(frozen=True, slots=True)
class Located:
    """A region at a stretch of a folded text."""

    start: int
    end: int
    place: Place
    note: str = ""


@lru_cache(maxsize=4)
def locate(text: str, on: date | None = None) -> tuple[Located, ...]:
    """As `find`, in and for a text that is folded already. The last few are kept: the regions of a
    record and its organs are read from the same text."""
    matches = list(_scan(text, names()))
    anchors = Anchors()
    settled: list[tuple[Place, ...]] = []
    for match in matches:
        places = match.places if match.group else collapse(_run_by(text, match), on)
        settled.append(places)
        if match.group or _certain(match, places):
            for place in places:
                anchors.add(match.start, place)
    regions = gazetteer()
    found: list[Located] = []
    for match, places in zip(matches, settled, strict=True):
        if match.group:
            found += [
                Located(match.start, match.end, regions.place(member.code, on), match.group.name)
                for member in match.group.members
                if member.valid(on)
            ]
        elif _certain(match, places):
            found.append(Located(match.start, match.end, places[0]))
        elif choice := anchors.choose(match.start, places):
            found.append(Located(match.start, match.end, *choice))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Match:
    """A stretch that names a region, or one of several. chained: a unit above stands in it, too."""

    start: int
    end: int
    places: tuple[Place, ...]
    strength: Strength
    chained: bool = False
    group: Group | None = None


def _certain(match: _Match, places: tuple[Place, ...]) -> bool:
    """Whether a match needs no support from the names around it. A county's short name needs it
    (松山征收办 may be a zone of another province's), but for the counties this base is about."""
    if len(places) != 1 or match.strength is Strength.GENERIC:
        return False
    return match.strength >= Strength.SHORT or places[0].code.startswith(HOME)


def _scan(text: str, known: Names) -> Iterator[_Match]:
    """One pass from left to right; matches do not overlap."""
    end = 0
    last: _Match | None = None
    for start in map(re.Match.start, known.may_start.finditer(text)):
        if start < end or text[start : start + 2] not in known.starts:
            continue
        match = _read(text, start, known)
        if match is None:
            continue
        accepted = _accept(text, match, last, known)
        if accepted:
            yield accepted
            last = accepted
        if accepted or not match.places:  # a phrase hides the names inside it
            end = match.end


def _read(
    text: str, start: int, known: Names, above: tuple[Place, ...] | None = None
) -> _Match | None:
    """The longest reading that begins here: a phrase, a group, or a region with those below it.

    A phrase has no places. above: only regions below one of these.
    """
    best: _Match | None = None
    for length in known.starts.get(text[start : start + 2], ()):
        spelling = text[start : start + length]
        end = start + len(spelling)
        if above is None and spelling in known.phrases:
            best = _longer(best, _Match(start, end, (), Strength.FULL))
        if above is None and (group := known.groups.get(spelling)):
            places = tuple(gazetteer().place(member.code) for member in group.members)
            best = _longer(best, _Match(start, end, places, Strength.FULL, group=group))
        forms = known.forms.get(spelling, ())
        if above is not None:
            forms = tuple(form for form in forms if _below(form.place, above))
        if not forms or _runs_on(text, end):
            continue
        everything = tuple(form.place for form in forms)
        places, strength = known.alone[spelling] if above is None else (everything, Strength.FULL)
        further = _read(text, end, known, everything)
        if further:
            best = _longer(
                best, _Match(start, further.end, further.places, further.strength, chained=True)
            )
        elif _whole(forms) or not _cut_off(text, spelling, end, known):
            best = _longer(best, _Match(start, end, places, strength))
    return best


def _runs_on(text: str, end: int) -> bool:
    """Whether the last character of a name belongs to the word behind it (合作市场)."""
    return end < len(text) and text[end] in _CUT.get(text[end - 1], "")


def _longer(one: _Match | None, other: _Match) -> _Match:
    return other if one is None or other.end > one.end else one


def _below(place: Place, above: tuple[Place, ...]) -> bool:
    regions: Gazetteer = gazetteer()
    return any(regions.is_under(place, unit) for unit in above)


def _whole(forms: tuple[Form, ...]) -> bool:
    """Whether a spelling is an official name, 区, 县 or 市 included."""
    return any(form.strength in (Strength.FULL, Strength.GENERIC) for form in forms)


def _cut_off(text: str, spelling: str, end: int, known: Names) -> bool:
    """Whether the words behind a short name make it part of something else (成都路, 重庆小面)."""
    if known.not_before.match(text, end):
        return True
    return spelling[-1] in _DIRECTIONS and bool(known.not_before_direction.match(text, end))


def _accept(text: str, match: _Match, last: _Match | None, known: Names) -> _Match | None:
    """The match, if its surroundings let it be read as a region."""
    if not match.places:
        return None
    if match.chained or match.group:
        return match
    spelling = text[match.start : match.end]
    if match.strength is Strength.FULL:
        native = text.startswith(_NATIVE, match.end)
        return match if native or _may_begin(text, match.start, spelling, last, known) else None
    if match.strength is Strength.SHORT:
        return match
    if match.strength is Strength.GENERIC and last and last.end == match.start:
        return None  # 济南高新区 is no 高新区 of ours
    if last and (listed := _listed(text, match, last)):
        return listed
    if organs().pattern.match(text, match.end):
        return match
    if match.strength is Strength.WEAK and known.shows_place.match(text, match.end):
        return match
    return None


def _may_begin(text: str, start: int, spelling: str, last: _Match | None, known: Names) -> bool:
    """Whether nothing runs into the name from the left, for names where that happens (到达县城)."""
    if start == 0 or (len(spelling) > 2 and spelling not in known.bounded):
        return True
    before = text[start - 1]
    is_han = "\u4e00" <= before <= "\u9fff"
    return not is_han or before in known.before_bounded or bool(last and last.end == start)


def _listed(text: str, match: _Match, last: _Match) -> _Match | None:
    """The match as the next of a list (成都市锦江、青羊): beside or below the region before it."""
    if match.start - last.end > 2 or text[last.end : match.start] not in _JOINERS:
        return None
    parents = {place.code for place in last.places} | {place.parent for place in last.places}
    places = tuple(place for place in match.places if place.parent in parents)
    return _Match(match.start, match.end, places, Strength.FULL) if places else None


def _run_by(text: str, match: _Match) -> tuple[Place, ...]:
    """The regions a match may mean; before 管委会 zones go first: districts have a government."""
    zones = tuple(place for place in match.places if place.level is Level.ZONE)
    return zones if zones and text.startswith(_COMMITTEE, match.end) else match.places


def _note(place: Place, on: date | None) -> str:
    regions = gazetteer()
    if place.level is Level.ZONE:
        return place.note
    if place.valid_to and (on is None or on >= place.valid_to):
        heirs = [regions.place(code, on) for code in place.successors if code != place.code]
        if any(heir.name == place.name for heir in heirs):
            return f"今{heirs[0].full_name}"
        return f"原{place.name}"
    if on and place.valid_from and on < place.valid_from:
        earlier = [unit for unit in regions.all_with(place.code) if unit.valid(on)]
        earlier += [regions.place(code, on) for code in place.predecessors]
        if then := [unit.name for unit in earlier if unit.valid(on) and unit.name != place.name]:
            return f"时为{'、'.join(then)}"
    return ""
