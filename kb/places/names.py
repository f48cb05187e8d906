"""The written forms of region names, and how much company each needs to be read as a region."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.places.areas import Group, areas
from kb.places.gazetteer import Gazetteer, Level, Place, gazetteer
from kb.text.normalise import fold_text

WORDS = Path(__file__).parent.parent / "data" / "place_words.toml"


class Strength(IntEnum):
    """How a form may be read where no unit above it stands right before.

    FULL: as a region. SHORT: as a region, but for streets and dishes (成都路, 重庆小面).
    WEAK: with words behind it that show a place (温江法院, 温江某公司). WORD: with an organ
    behind it. GENERIC: with an organ, and only where the text has settled which region is meant.
    """

    FULL = 5
    SHORT = 4
    WEAK = 3
    WORD = 2
    GENERIC = 1


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write one region."""

    place: Place
    strength: Strength


@dataclass(frozen=True)
class Names:
    """Every form by its folded spelling, and the words that tell names from other words.

    alone: what a spelling means without a unit above it: 吉林 the province before the city.
    starts: the first two characters of every spelling, with the lengths that occur, longest first.
    may_start: where such two may stand; it leaves out most of a text, and takes in a little more.
    phrases: spellings that are no region though they hold one.
    """

    forms: dict[str, tuple[Form, ...]]
    alone: dict[str, tuple[tuple[Place, ...], Strength]]
    groups: dict[str, Group]
    phrases: frozenset[str]
    starts: dict[str, tuple[int, ...]]
    may_start: re.Pattern[str]
    bounded: frozenset[str]
    before_bounded: frozenset[str]
    not_before: re.Pattern[str]
    not_before_direction: re.Pattern[str]
    shows_place: re.Pattern[str]


@lru_cache(maxsize=1)
def names() -> Names:
    """The forms of the project's own data, made once."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    forms = _forms(gazetteer(), words)
    groups = {
        fold_text(name): group for group in areas().groups if group.find for name in group.names
    }
    phrases = frozenset(map(fold_text, words["phrases"]))
    lengths: dict[str, set[int]] = defaultdict(set)
    for spelling in (*forms, *groups, *phrases):
        lengths[spelling[:2]].add(len(spelling))
    return Names(
        forms=forms,
        alone={spelling: _strongest(all_) for spelling, all_ in forms.items()},
        groups=groups,
        phrases=phrases,
        starts={start: tuple(sorted(all_, reverse=True)) for start, all_ in lengths.items()},
        may_start=re.compile(
            f"{_one_of(s[0] for s in lengths)}(?={_one_of(s[1] for s in lengths)})"
        ),
        bounded=frozenset(map(fold_text, words["bounded"])),
        before_bounded=frozenset(words["before_bounded"]),
        not_before=_any(words["not_before"]),
        not_before_direction=_any(words["not_before_direction"]),
        shows_place=_any(words["shows_place"]),
    )


def _forms(regions: Gazetteer, words: dict[str, Any]) -> dict[str, tuple[Form, ...]]:
    generic = frozenset(map(fold_text, words["generic"]))
    wordlike = frozenset(map(fold_text, words["wordlike"]))
    wordlike_county = frozenset(map(fold_text, words["wordlike_county"]))
    no_short = frozenset(words["no_short"])
    forms: dict[str, dict[tuple[str, str], Form]] = defaultdict(dict)

    def add(spelling: str, unit: Place, strength: Strength) -> None:
        spelling = fold_text(spelling)
        if len(spelling) < 2:  # 川 and 渝 are read in queries alone, see `widen`
            return
        known = forms[spelling].get((unit.code, unit.name))
        if known is None or known.strength < strength:
            forms[spelling][unit.code, unit.name] = Form(unit, strength)

    for unit in regions.units:
        if unit.level is Level.ZONE:
            continue
        is_generic = fold_text(unit.name) in generic
        add(unit.name, unit, Strength.GENERIC if is_generic else Strength.FULL)
        for alias in unit.aliases:
            # 内蒙 is a short name of its own; 彭水县 and 阿坝州 are as good as the full name.
            is_short = unit.level is Level.PROVINCE
            add(alias, unit, Strength.SHORT if is_short else Strength.FULL)
        if unit.short == unit.name or unit.name in no_short:
            continue
        short = fold_text(unit.short)
        if unit.level is Level.COUNTY:
            add(short, unit, Strength.WORD if short in wordlike_county else Strength.WEAK)
        else:
            add(short, unit, Strength.WORD if short in wordlike else Strength.SHORT)
    for zone in areas().zones:
        unit = regions.place(zone.code)
        for name in zone.names:
            add(name, unit, Strength.FULL)
        for name in zone.generic:
            add(name, unit, Strength.GENERIC)
    return {spelling: tuple(found.values()) for spelling, found in forms.items()}


def _strongest(forms: tuple[Form, ...]) -> tuple[tuple[Place, ...], Strength]:
    """The regions that need the least company, and of these those of the highest level."""
    strength = max(form.strength for form in forms)
    places = tuple(form.place for form in forms if form.strength is strength)
    if strength >= Strength.SHORT:
        level = min(map(_rank, places))
        places = tuple(place for place in places if _rank(place) == level)
    return places, strength


def _rank(place: Place) -> int:
    return {Level.PROVINCE: 0, Level.CITY: 1, Level.COUNTY: 2, Level.ZONE: 2}[place.level]


def _one_of(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(set(characters))))}]"


def _any(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))
