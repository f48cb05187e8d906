"""The authorities and courts that took part, under the region where they sit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb import places
from kb.search.request import FacetName
from web import links

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_HOME = ("510000", "500000")
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")


@dataclass(frozen=True, slots=True)
class Organ:
    """label: its name without those of the regions it is listed under."""

    label: str
    count: int
    href: str


@dataclass(slots=True)
class Seat:
    """The organs of one prefecture or district, or of the province itself (code that of the
    province)."""

    code: str
    label: str
    organs: list[Organ] = field(default_factory=list)


@dataclass(slots=True)
class Province:
    """seats: the province's own first, then by code."""

    code: str
    label: str
    seats: list[Seat]

    @property
    def home(self) -> bool:
        return self.code in _HOME

    @property
    def total(self) -> int:
        return sum(len(seat.organs) for seat in self.seats)


def provinces(kb: KnowledgeBase) -> list[Province]:
    """Every organ that a record names with its region; Sichuan and Chongqing come first. What a
    name's region became is where it is listed: 渝北区 under 两江新区."""
    seats: dict[tuple[str, str], Seat] = {}
    for row in kb.survey.rows(FacetName.AUTHORITY).values:
        at = _whereabouts(row.value)
        seat = seats.setdefault((at.province, at.seat), Seat(at.seat, _seat_label(at)))
        href = links.filtered(authority=row.value)
        seat.organs.append(Organ(_name(row.value, at), row.count, href))
    return [
        Province(code, _label(code), [seats[key] for key in sorted(seats) if key[0] == code])
        for code in places.tree_order(province for province, _ in seats)
    ]


@dataclass(frozen=True, slots=True)
class _At:
    """Codes of the province, of the seat within it and of the organ's own region."""

    province: str
    seat: str
    region: str


@lru_cache(maxsize=16_384)
def _whereabouts(name: str) -> _At:
    named = places.authorities(name)
    if not named:
        return _At("", "", "")
    line = places.ancestors(named[0].region_code)
    seat = places.tile_of(line[-1]) if line[0] in _HOME else ""
    return _At(line[0], seat or line[min(1, len(line) - 1)], line[-1])


def _seat_label(at: _At) -> str:
    if at.seat != at.province:
        return _label(at.seat)
    return gettext("市级") if at.province in _MUNICIPALITIES else gettext("省级")


def _name(full: str, at: _At) -> str:
    """Without what the headings say already; an organ of the region they name keeps its name."""
    if at.seat == at.province:
        return full
    name = full.removeprefix(_label(at.province))
    return name if at.seat == at.region else name.removeprefix(_label(at.seat))


def _label(code: str) -> str:
    return places.label(code) if code else gettext("其他机关")
