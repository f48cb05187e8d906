"""The cartogram: a tile for each prefecture of Sichuan and each district or county of Chongqing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.errors import DataError
from kb.places.gazetteer import ancestors, children, place, short_name

TILES = Path(__file__).parent.parent / "data" / "tiles.csv"
SICHUAN, CHONGQING = "510000", "500000"
HEADER = ["code", "short", "column", "row"]


@dataclass(frozen=True, slots=True)
class Tile:
    """code: of a region that exists today. column, row: on its province's grid, from 0, counted
    from the west and from the north."""

    code: str
    column: int
    row: int


@lru_cache(maxsize=1)
def tiles() -> tuple[Tile, ...]:
    """Every tile, Sichuan's first. Raises DataError where the data breaks its form."""
    return read(TILES)


def tile_of(code: str) -> str:
    """The code of the tile in which a region lies today: its own, or that of what it is part of or
    has become (渝北区 lies in 两江新区); "" where it lies in none. Raises NotFound."""
    codes = {tile.code for tile in tiles()}
    for above in reversed(ancestors(code)):
        if above in codes:
            return above
        for later in place(above).successors:
            if found := tile_of(later) if later != above else "":
                return found
    return ""


def read(path: Path) -> tuple[Tile, ...]:
    """The tiles of a CSV file. Raises DataError."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.reader(lines))
    if not rows or rows[0] != HEADER:
        raise DataError(f"{path}：列名应为 {','.join(HEADER)}")
    found: dict[tuple[str, int, int], Tile] = {}
    for cells in rows[1:]:
        said = f"{path}：“{','.join(cells)}”"
        if len(cells) != len(HEADER) or not (cells[2].isdigit() and cells[3].isdigit()):
            raise DataError(f"{said}应为四列，后两列为整数")
        tile = Tile(cells[0], int(cells[2]), int(cells[3]))
        if short_name(tile.code) != cells[1]:
            raise DataError(f"{said}与区划表的简称“{short_name(tile.code)}”不符")
        if found.setdefault((tile.code[:2], tile.column, tile.row), tile) is not tile:
            raise DataError(f"{said}的位置已有另一格")
    drawn = sorted(tile.code for tile in found.values())
    wanted = sorted((*children(SICHUAN), *children(CHONGQING)))
    if drawn != wanted:
        raise DataError(f"{path}：应恰有川渝现有的 {len(wanted)} 个市州、区县各一格")
    return tuple(found.values())
