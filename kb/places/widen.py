"""What a person means who types or chooses a region: every code that a record may bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.places.areas import Group, areas
from kb.places.find import HOME
from kb.places.gazetteer import Level, Place, ended, former_name, gazetteer
from kb.places.names import names
from kb.places.same_name import collapse
from kb.text.normalise import fold_text

_LONGEST = 40
_FORMER = re.compile("^(?:原|老)(?=.{2})")
_COMMITTEE = re.compile("(?:管委会|管理委员会)$")
_CODE = re.compile(r"\d{2}(?:\d{2}(?:\d{2})?)?|\d{4}[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Widened:
    """codes: every code a record may bear that the region stands for. notes: in Chinese, what the
    reader should know of it (含原渝北区的案例); empty where the region is just itself."""

    codes: frozenset[str]
    notes: tuple[str, ...]


def widen(query: str) -> Widened | None:
    """The region or area that the whole query names, with all below it and all it came from.

    Understands full, short and old names, chains (重庆渝北), 川 and 渝, codes of two, four and six
    digits, zones and named areas; None for anything else. An abolished unit stands for itself
    alone, with a note that says what it became, unless it only changed its name or its rank.
    """
    text = fold_text(query)
    return _widen(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _widen(text: str) -> Widened | None:
    if group := _groups().get(text):
        return _of_group(group)
    places = _named(text) or _named(_FORMER.sub("", text)) or _named(_COMMITTEE.sub("", text))
    if not places:
        return None
    codes: set[str] = set()
    notes: list[str] = []
    home = tuple(place for place in places if place.code.startswith(HOME))
    meant = home or places
    meant = tuple(place for place in meant if place.valid()) or meant
    for place in meant:
        more, said = _of_place(place)
        codes |= more
        notes += said
    if home and len(home) < len(places):
        others = "、".join(place.full_name for place in places if place not in home)
        notes.append(f"另有同名的{others}，未包括；要查请写全称")
    if len(meant) > 1:
        notes.append(f"同名区划均已包括：{'、'.join(place.full_name for place in meant)}")
    return Widened(frozenset(codes), tuple(dict.fromkeys(notes)))


@lru_cache(maxsize=1)
def _groups() -> dict[str, Group]:
    return {fold_text(name): group for group in areas().groups for name in group.names}


def _of_group(group: Group) -> Widened:
    codes = {code for member in group.members for code in _below(member.code)}
    for code in group.without:
        codes -= _below(code)
    return Widened(frozenset(codes | set(group.itself)), (group.note,))


def _below(code: str) -> set[str]:
    """The code, those below it, and those that went before any of them."""
    codes = {code} | {unit.code for unit in gazetteer().descendants(code)}
    return codes | {earlier for one in codes for earlier in _predecessors(one)}


def _predecessors(code: str) -> set[str]:
    found: set[str] = set()
    new = {code}
    while new:
        units = [unit for one in new for unit in gazetteer().all_with(one)]
        new = {earlier for unit in units for earlier in unit.predecessors} - found - {code}
        found |= new
    return found


def _named(text: str) -> tuple[Place, ...]:
    """The regions that the whole text names, those that are one in time taken as one."""
    if _CODE.fullmatch(text):
        units = gazetteer().all_with(text.upper() if text[-1].isalpha() else text.ljust(6, "0"))
        return units[-1:]
    places = _abbreviations().get(text) or _spelled(text, ())
    return collapse(places, None)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[Place, ...]]:
    """川, 渝 and the like, which are too short to be looked for in a text."""
    return {
        fold_text(alias): (unit,)
        for unit in gazetteer().units
        if unit.level is Level.PROVINCE
        for alias in unit.aliases
        if len(alias) == 1
    }


def _spelled(text: str, above: tuple[Place, ...]) -> tuple[Place, ...]:
    """The regions spelled by the text to its end, below those read so far."""
    for length in range(len(text), 1, -1):
        forms = names().forms.get(text[:length], ())
        if not above:
            forms = tuple(form for form in forms if length == len(text) or form.strength > 1)
        places = tuple(
            form.place
            for form in forms
            if not above or any(gazetteer().is_under(form.place, unit) for unit in above)
        )
        if not places:
            continue
        if length == len(text):
            return _highest(places)
        if further := _spelled(text[length:], places):
            return further
    return ()


def _highest(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Provinces before cities before counties: 吉林 is the province, which holds the city."""
    order = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.ZONE)
    level = min(order.index(place.level) for place in places)
    if level >= order.index(Level.COUNTY):
        return places
    return tuple(place for place in places if order.index(place.level) == level)


def _of_place(place: Place) -> tuple[set[str], list[str]]:
    """The codes and the notes of one region."""
    regions = gazetteer()
    codes = _below(place.code)
    notes: list[str] = []
    if place.level is Level.COUNTY:
        notes += _took_over(place)
    if place.valid_to is None or not place.successors:
        # Only notes that a reader of cases needs are kept in the data.
        return codes, [*notes, place.note] if place.note else notes
    heirs = [regions.place(code) for code in place.successors]
    if len(heirs) == 1 and _sole_heir(place, heirs[0]):
        codes |= _below(heirs[0].code)
        heir = heirs[0].full_name
        notes.append(f"{place.full_name}{ended(place)}改为{heir}，含改设后的案例")
        return codes, notes
    parts = [f"{regions.place(code).name}（部分）" for code in place.parts]
    became = "、".join([*(heir.name for heir in heirs), *parts])
    reused = any(heir.code == place.code for heir in heirs)
    scope = f"两者代码相同，含{became}的案例" if reused else f"只含原{place.name}的案例"
    notes.append(f"{place.name}已于{ended(place)}撤销，今为{became}；{scope}")
    return codes, notes


def _took_over(place: Place) -> Iterator[str]:
    """Notes on the units that are no more and whose records a county's search also finds."""
    earlier = [gazetteer().place(code) for code in sorted(_predecessors(place.code))]
    earlier += [unit for unit in gazetteer().all_with(place.code) if unit.name != place.name]
    gone = [unit for unit in earlier if unit.valid_to]
    if other := [former_name(unit) for unit in gone if unit.name != place.name]:
        yield f"含{'、'.join(dict.fromkeys(other))}的案例"
    yield from (f"含{unit.full_name}时期的案例" for unit in gone if unit.name == place.name)


def _sole_heir(place: Place, heir: Place) -> bool:
    """Whether the successor is the same unit under another name, rank or code."""
    return set(heir.predecessors) <= {place.code} and heir.code != place.code
