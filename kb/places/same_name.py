"""Which of several regions of one name a text means: by their history, by the names around it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kb.places.gazetteer import Place, gazetteer


def collapse(places: Iterable[Place], on: date | None) -> tuple[Place, ...]:
    """The regions less those that are one with another in time: of 简阳市 under 资阳 (until 2016)
    and under 成都 (since), the one of that day, or without a day the later. A city goes before its
    county of the same name (本溪)."""
    places = tuple(places)
    if len(places) < 2:
        return places
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (p.valid(on), p.valid_to or date.max), reverse=True):
        if not any(_one_in_time(place, other) for other in kept):
            kept.append(place)
    inside = [p for p in kept if any(gazetteer().is_under(p, other) for other in kept)]
    return tuple(place for place in kept if place not in inside)


def _one_in_time(one: Place, other: Place) -> bool:
    if one.code == other.code or other.code in _heirs(one) or one.code in _heirs(other):
        return True
    same_province = one.code[:2] == other.code[:2]
    return same_province and (_before(one, other) or _before(other, one))


def _before(one: Place, other: Place) -> bool:
    """Whether one had ended when the other began (铜仁市 the county, then the prefecture);
    dates known to the year may overlap by that year."""
    if one.valid_to is None or other.valid_from is None:
        return False
    return one.valid_to.year - 1 <= other.valid_from.year


def _heirs(place: Place) -> set[str]:
    """Codes of everything the region became, in the end."""
    heirs: set[str] = set()
    new = set(place.successors)
    while new:
        heirs |= new
        units = [unit for code in new for unit in gazetteer().all_with(code)]
        new = {code for unit in units for code in unit.successors} - heirs
    return heirs


@dataclass(frozen=True)
class Anchors:
    """The regions a text names beyond doubt, by where they stand."""

    _positions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, position: int, place: Place) -> None:
        for code in gazetteer().line(place):
            insort(self._positions[code], position)

    def choose(self, position: int, places: tuple[Place, ...]) -> tuple[Place, str] | None:
        """The region that the surroundings of the position speak for, with a note that names the
        others they also speak for; None where they speak for none."""
        if not places:
            return None
        lines = [gazetteer().line(place) for place in places]
        near: list[tuple[bool, int, Place]] = []
        for index, (place, line) in enumerate(zip(places, lines, strict=True)):
            own = line.difference(*(other for i, other in enumerate(lines) if i != index))
            # The region's own name elsewhere in the text outweighs a nearer neighbour.
            distance = self._distance(position, own)
            if distance is not None:
                near.append((place.code not in self._positions, distance, place))
        if not near:
            return None
        near.sort(key=lambda found: found[:2])
        others = "、".join(place.full_name for _, _, place in near[1:])
        return near[0][2], f"另有同名：{others}" if others else ""

    def _distance(self, position: int, codes: Iterable[str]) -> int | None:
        nearest: int | None = None
        for code in codes:
            positions = self._positions.get(code, [])
            index = bisect_left(positions, position)
            for other in positions[max(index - 1, 0) : index + 1]:
                if nearest is None or abs(other - position) < nearest:
                    nearest = abs(other - position)
        return nearest
