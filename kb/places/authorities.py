"""Finds organs of state in a text and gives each its full name, whichever way it is shortened:
渝北区人社局 is 重庆市渝北区人力资源和社会保障局."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.model import Span
from kb.places.find import Located, locate
from kb.places.gazetteer import Level, Place, gazetteer
from kb.places.organs import Organ, organs
from kb.text.normalise import fold

_GOVERNMENT = re.compile("人民政府")
_BRANCH = re.compile("分局")
_SHORT_BRANCH = re.compile("([\u4e00-\u9fff]{2,4}?)[区县]?分局")
# The level's word is said again before a numbered court: 重庆市市一中法院.
_LEVEL_WORD = re.compile("[市区县州](?=第?[一二三四五]中)")
# Families of `kb/data/organs.toml` whose names are built in their own way.
_POLICE, _STATION, _RAILWAY = "police", "police_station", "railway_court"
# What stands between a region and 街道办事处 when it is no name of its own.
_NO_NAME = re.compile("[局委院府的和与及向]|某某")


@dataclass(frozen=True, slots=True)
class Authority:
    """An organ of state named in a text.

    span, raw: the stretch of the text and its words. full_name: region from the province down (for
    zones their own full name) and the organ's official name; two spellings of one organ have one
    full name. region_code: the region whose organ it is, see `kb.places.Place`. organ: the code of
    its family (market, police, …) in `kb/data/organs.toml`. court: whether it is a court.
    """

    span: Span
    raw: str
    full_name: str
    region_code: str
    organ: str
    court: bool = False


def authorities(text: str, on: date | None = None) -> tuple[Authority, ...]:
    """The organs of state named with their region, in text order; 市人社局 without a region, and
    regions that are masked (某区), are left out: whose they are is not said.

    on: as for `kb.places.find`.
    """
    folded = fold(text)
    found: list[Authority] = []
    regions = locate(folded.text, on)
    end = 0
    for index, region in enumerate(regions):
        following = regions[index + 1] if index + 1 < len(regions) else None
        if region.start < end or (following and following.start == region.start):
            continue  # inside the organ before (…公安局渝北区分局), or a group of regions
        read = _read(folded.text, region, following)
        if read is None:
            continue
        name, organ, place, end = read
        span = folded.span(region.start, end)
        found.append(Authority(span, span.of(text), name, place.code, organ.code, organ.court))
    return tuple(found)


def _read(
    text: str, region: Located, following: Located | None
) -> tuple[str, Organ, Place, int] | None:
    """The organ right behind a region: its full name, itself, whose it is and where it ends."""
    place, known = region.place, organs()
    start = region.end
    if match := _LEVEL_WORD.match(text, start):
        start = match.end()
    # 渝北区人民政府龙山街道办事处 is the office of 龙山 in 渝北区.
    government = _GOVERNMENT.match(text, start)
    own = known.own_name.match(text, government.end() if government else start)
    plain = known.pattern.match(text, start)
    if own and (government or not plain) and not _NO_NAME.search(own.group(1)):
        organ = known.by_spelling[own.group(2)]
        return place.full_name + own.group(1) + organ.name, organ, place, own.end()
    if plain is None:
        return None
    organ, end = known.by_spelling[plain.group()], plain.end()
    if organ.code == _RAILWAY:
        return place.short + organ.name, organ, place, end
    name = place.full_name + organ.name
    if organ.code != _POLICE:
        return name, organ, place, end
    if branch := _branch(text, end, place, following):
        place, end = branch
        name += place.name + "分局"
    station = known.own_name.match(text, end)
    if station and known.by_spelling[station.group(2)].code == _STATION:
        return name + station.group(), known.by_spelling[station.group(2)], place, station.end()
    return name, organ, place, end


def _branch(
    text: str, end: int, place: Place, following: Located | None
) -> tuple[Place, int] | None:
    """The district whose branch it is: 重庆市公安局 + 渝北区分局, 成都市公安局 + 锦江分局."""
    if following and following.start == end and (match := _BRANCH.match(text, following.end)):
        return following.place, match.end()
    match = _SHORT_BRANCH.match(text, end)
    if match is None:
        return None
    for unit in gazetteer().below(place.code):
        if unit.level is Level.COUNTY and match.group(1) in (unit.short, unit.name):
            return unit, match.end()
    return None
