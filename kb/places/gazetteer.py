"""The regions there are and were: units of GB/T 2260 with their dates, and zones inside them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from kb.errors import DataError, NotFound
from kb.places.areas import Zone, areas
from kb.text.dates import written

REGIONS = Path(__file__).parent.parent / "data" / "regions.csv"
HEADER = "code,level,parent,name,short,aliases,valid_from,valid_to,successors,note"


class Level(StrEnum):
    """ZONE: an area run by an administrative committee (管委会); not a unit of GB/T 2260."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as it was between two days.

    code: six digits of GB/T 2260, or a zone's code (`kb/data/areas.toml`), which has letters. Codes
    are used again (500110: 万盛区 until 2011, 綦江区 since), so code and name together are the key.
    name: its own (渝北区); full_name: from the province down (重庆市渝北区); short: 渝北, or the
    name where there is no shorter. valid_from: first day, None where older than the data;
    valid_to: first day no longer, None while it lasts. Both are known to the year only for most
    units: then the longest time it may have lasted is meant.
    successors: codes it became; parts: codes that got only a part of it. predecessors: codes
    whose territory it took over whole.
    """

    code: str
    name: str
    full_name: str
    level: Level
    parent: str
    short: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    note: str = ""

    def valid(self, on: date | None = None) -> bool:
        """Whether it exists on that day; without a day, whether it exists still."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


def place(code: str, on: date | None = None) -> Place:
    """The region that bears the code, on that day if several have; without a day, the latest.

    Raises NotFound for a code that no region has borne.
    """
    return gazetteer().place(code, on)


def ancestors(code: str, on: date | None = None) -> tuple[str, ...]:
    """Codes from the province down to the region itself. Raises NotFound."""
    return tuple(unit.code for unit in gazetteer().chain(place(code, on)))


def children(code: str = "") -> tuple[str, ...]:
    """Codes of the units directly below that exist today, without zones; "" gives the provinces."""
    return tuple(
        unit.code
        for unit in gazetteer().below(code)
        if unit.valid() and unit.level is not Level.ZONE
    )


def tree_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes, each once, as a facet tree lists them: parents before children, siblings by code.

    Sichuan and Chongqing come first, unknown codes last.
    """
    return tuple(sorted(dict.fromkeys(codes), key=_tree_key))


def short_name(code: str) -> str:
    """What to call a region where its place is plain: 渝北, 成都; an unknown code itself."""
    unit = gazetteer().get(code)
    return unit.short if unit else code


def label(code: str) -> str:
    """A region's own name, 原 before it if it is no more (原渝北区); an unknown code itself."""
    unit = gazetteer().get(code)
    return former_name(unit) if unit else code


def former_name(unit: Place) -> str:
    """A region's own name, with 原 before it if it is no more. A zone's name says what it was."""
    return unit.name if unit.valid() or unit.level is Level.ZONE else f"原{unit.name}"


def lasted(unit: Place) -> str:
    """From when to when a region that is no more was there, as far as is known:
    1997年—2025年11月6日; "" while it lasts."""
    if unit.valid_to is None:
        return ""
    since = f"{unit.valid_from.year}年" if unit.valid_from else ""
    return f"{since}—{ended(unit)}"


def ended(unit: Place) -> str:
    """When a region ended, as exactly as the data has it: 2025年11月6日, or 2016年."""
    day = unit.valid_to or date.max
    if (day.month, day.day) == (1, 1):
        return f"{day.year - 1}年"
    return written(day)


@dataclass(frozen=True)
class Gazetteer:
    """All regions, as rows of the data; use the module's functions or `gazetteer()`."""

    units: tuple[Place, ...]
    _by_code: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _below: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for unit in self.units:
            self._by_code[unit.code].append(unit)
            self._below[unit.parent].append(unit)

    def all_with(self, code: str) -> tuple[Place, ...]:
        """Every region that has borne the code, oldest first."""
        return tuple(self._by_code.get(code, ()))

    def get(self, code: str, on: date | None = None) -> Place | None:
        """As `place`, None for an unknown code."""
        units = self._by_code.get(code)
        if not units:
            return None
        return next((unit for unit in units if on and unit.valid(on)), units[-1])

    def place(self, code: str, on: date | None = None) -> Place:
        unit = self.get(code, on)
        if unit is None:
            raise NotFound(f"没有代码为“{code[:20]}”的行政区划")
        return unit

    def below(self, code: str) -> tuple[Place, ...]:
        """Every region ever directly below, by code."""
        return tuple(self._below.get(code, ()))

    def descendants(self, code: str) -> Iterator[Place]:
        """Every region ever below, at any depth."""
        for unit in self._below.get(code, ()):
            yield unit
            if unit.code != code:
                yield from self.descendants(unit.code)

    def chain(self, unit: Place) -> tuple[Place, ...]:
        """The region with those above it, province first."""
        if not unit.parent:
            return (unit,)
        return (*self.chain(self.place(unit.parent, unit.valid_from)), unit)

    def line(self, unit: Place) -> frozenset[str]:
        """The codes of the region and of those above it."""
        return self._lines[unit.code, unit.name]

    def is_under(self, unit: Place, above: Place) -> bool:
        return unit.code != above.code and above.code in self.line(unit)

    @cached_property
    def _lines(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (unit.code, unit.name): frozenset(part.code for part in self.chain(unit))
            for unit in self.units
        }


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The project's own data, read once. Raises DataError where it breaks its form."""
    return Gazetteer(tuple(read(REGIONS, areas().zones)))


def read(path: Path, zones: Iterable[Zone] = ()) -> list[Place]:
    """The regions of a CSV file and the zones, by code and date. Raises DataError."""
    rows = list(_rows(path))
    names = {(row["code"], not row["valid_to"]): row["name"] for _, row in rows}
    parents = {row["code"]: row["parent"] for _, row in rows}
    took: dict[str, list[str]] = defaultdict(list)
    for _, row in rows:
        for code in row["successors"].split():
            if not code.startswith("~") and code != row["code"]:
                took[code].append(row["code"])

    def full(code: str, name: str) -> str:
        if not (parent := parents.get(code, "")):
            return name
        return full(parent, names.get((parent, True)) or names[parent, False]) + name

    units: list[Place] = []
    for line, row in rows:
        try:
            units.append(_unit(row, full(row["code"], row["name"]), tuple(took[row["code"]])))
        except (KeyError, ValueError) as error:
            raise DataError(f"{path} 第 {line} 行：{error} 不合格式或没有对应的行") from error
    for zone in zones:
        units.append(_of_zone(zone))
        units = [_with_predecessor(unit, zone) for unit in units]
    return sorted(units, key=lambda unit: (unit.code, unit.valid_to or date.max))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers. Lines that begin with # are remarks."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header: list[str] | None = None
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = cells
                if ",".join(header) != HEADER:
                    raise DataError(f"{path} 第 {reader.line_num} 行：列名应为 {HEADER}")
            elif len(cells) != len(header):
                raise DataError(f"{path} 第 {reader.line_num} 行：应有 {len(header)} 列")
            else:
                yield reader.line_num, dict(zip(header, cells, strict=True))


def _unit(row: dict[str, str], full_name: str, took: tuple[str, ...]) -> Place:
    successors = row["successors"].split()
    return Place(
        code=row["code"],
        name=row["name"],
        full_name=full_name,
        level=Level(row["level"]),
        parent=row["parent"],
        short=row["short"] or row["name"],
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"], end=True),
        successors=tuple(code for code in successors if not code.startswith("~")),
        parts=tuple(code[1:] for code in successors if code.startswith("~")),
        predecessors=took,
        note=row["note"],
    )


def _day(text: str, end: bool = False) -> date | None:
    """A day, or a year: its first day, or for an end the first day after it."""
    if not text:
        return None
    if len(text) == 4:
        return date(int(text), 12, 31) + timedelta(days=1) if end else date(int(text), 1, 1)
    return date.fromisoformat(text)


def _of_zone(zone: Zone) -> Place:
    return Place(
        code=zone.code,
        name=zone.name,
        full_name=zone.full_name,
        level=Level.ZONE,
        parent=zone.parent,
        short=zone.name,
        valid_from=zone.valid_from,
        valid_to=zone.valid_to,
        successors=zone.successors,
        note=zone.note,
    )


def _with_predecessor(unit: Place, zone: Zone) -> Place:
    if unit.code not in zone.successors:
        return unit
    return replace(unit, predecessors=(*unit.predecessors, zone.code))


def _tree_key(code: str) -> tuple[object, ...]:
    unit = gazetteer().get(code)
    if unit is None:
        return (2, code)
    above = tuple(part.code for part in gazetteer().chain(unit))
    return (0 if above[0] in ("500000", "510000") else 1, *above)
