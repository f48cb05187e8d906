"""The regions: a cartogram of Sichuan and of Chongqing, and the same numbers as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import format_date, gettext

from kb import places
from kb.answers import FacetValue
from kb.search.request import FacetName
from web import links
from web.pages.browse.shades import Scale, scale

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

PROVINCES = ("510000", "500000")
# In units of the drawing, which are pixels where there is room for them.
WIDE, HIGH, GAP = 64, 54, 4


@dataclass(frozen=True, slots=True)
class Part:
    """A region inside a tile, or one that the tile's region came from (原渝北区)."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region of today with all that is in it and was before it. x, y: of its tile's corner.
    shade: 0 to 5. href: the search for its records, "" where none. note: of what it came from."""

    code: str
    short: str
    label: str
    count: int
    shade: int
    href: str
    x: int
    y: int
    parts: tuple[Part, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Province:
    """width, height: of its drawing. regions: by row and column of their tiles. rest: records of
    the province that are filed under none of them; rest_parts: zones that lie in none."""

    code: str
    label: str
    count: int
    href: str
    width: int
    height: int
    regions: tuple[Region, ...]
    rest: int
    rest_parts: tuple[Part, ...]

    @property
    def ranked(self) -> list[Region]:
        """Those with most records first."""
        return sorted(self.regions, key=lambda region: -region.count)

    @property
    def empty(self) -> int:
        """How many of its regions have no record."""
        return sum(not region.count for region in self.regions)


@dataclass(frozen=True, slots=True)
class Atlas:
    """scale: of the shades, one for both provinces. elsewhere: other provinces. nowhere: records
    filed under no region. total: all records."""

    provinces: tuple[Province, ...]
    scale: Scale
    elsewhere: tuple[Part, ...]
    nowhere: int
    total: int


def atlas(kb: KnowledgeBase) -> Atlas:
    """Where the records are from."""
    rows = kb.survey.rows(FacetName.REGION).values
    counts = {tile.code: found(kb, tile.code) for tile in places.tiles()}
    shades = scale(max(counts.values(), default=0))
    top = [row for row in rows if not row.depth]
    return Atlas(
        provinces=tuple(_province(kb, code, rows, counts, shades) for code in PROVINCES),
        scale=shades,
        elsewhere=tuple(_part(row) for row in top if row.value not in PROVINCES),
        nowhere=kb.survey.beside((), FacetName.REGION, [row.value for row in top]),
        total=kb.survey.found(()),
    )


def found(kb: KnowledgeBase, code: str) -> int:
    """The records that a search for the region finds."""
    return kb.survey.found(((FacetName.REGION, _asked(code)),))


def _asked(code: str) -> str:
    """What to search for: a region by its name, which means what it came from as well, where it
    took over others; else by its code, whose row the search then shows as chosen."""
    unit = places.place(code)
    return unit.full_name if unit.predecessors else code


def _province(
    kb: KnowledgeBase, code: str, rows: list[FacetValue], counts: dict[str, int], shades: Scale
) -> Province:
    drawn = [tile for tile in places.tiles() if tile.code[:2] == code[:2]]
    parts: dict[str, list[Part]] = {}
    for row in rows:
        if row.value[:2] == code[:2] and row.value not in (code, *(tile.code for tile in drawn)):
            parts.setdefault(places.tile_of(row.value), []).append(_part(row))
    return Province(
        code=code,
        label=places.label(code),
        count=found(kb, code),
        href=_href(code, found(kb, code)),
        width=max(tile.column + 1 for tile in drawn) * (WIDE + GAP) - GAP,
        height=max(tile.row + 1 for tile in drawn) * (HIGH + GAP) - GAP,
        regions=tuple(
            _region(tile, counts[tile.code], shades, tuple(parts.get(tile.code, ())))
            for tile in sorted(drawn, key=lambda tile: (tile.row, tile.column))
        ),
        rest=kb.survey.beside(
            ((FacetName.REGION, code),), FacetName.REGION, [_asked(tile.code) for tile in drawn]
        ),
        rest_parts=tuple(parts.get("", ())),
    )


def _region(tile: places.Tile, count: int, shades: Scale, parts: tuple[Part, ...]) -> Region:
    place = places.place(tile.code)
    was = [places.place(code) for code in place.predecessors]
    abolished = [unit.name for unit in was if unit.level is places.Level.COUNTY]
    note = ""
    if abolished and place.valid_from and place.valid_from.year >= 2025:
        note = gettext(
            "%(day)s由%(units)s等设立，原区的案例计入本格。",
            day=format_date(place.valid_from, "long"),
            units="、".join(f"原{name}" for name in abolished),
        )
    return Region(
        code=tile.code,
        short=place.short,
        label=place.name,
        count=count,
        shade=shades.shade(count),
        href=_href(tile.code, count),
        x=tile.column * (WIDE + GAP),
        y=tile.row * (HIGH + GAP),
        parts=parts,
        note=note,
    )


def _part(row: FacetValue) -> Part:
    return Part(row.label, row.count, _href(row.value, row.count))


def _href(code: str, count: int) -> str:
    return links.filtered(region=_asked(code)) if count else ""
