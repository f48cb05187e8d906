"""The cartogram's tiles: each region of today once, the regions of the past where they lie now."""

from pathlib import Path

import pytest

from kb import places
from kb.errors import DataError
from kb.places.tiles import TILES, read


def test_every_region_of_today_has_one_tile() -> None:
    codes = [tile.code for tile in places.tiles()]
    assert sorted(codes) == sorted((*places.children("510000"), *places.children("500000")))
    assert len(codes) == 21 + 37


@pytest.mark.parametrize(
    ("west", "east"), [("513300", "511700"), ("513400", "510500"), ("500153", "500237")]
)
def test_what_lies_in_the_west_is_drawn_in_the_west(west: str, east: str) -> None:
    column = {tile.code: tile.column for tile in places.tiles()}
    assert column[west] < column[east]


@pytest.mark.parametrize(
    ("code", "tile"),
    [
        ("500112", "500157"),  # 渝北区 is in 两江新区 since 2025
        ("500105", "500157"),
        ("5000LJ", "500157"),
        ("510521", "510500"),  # 泸县 is in 泸州
        ("5101GX", "510100"),
        ("500234", "500154"),  # 开县 became 开州区
        ("510000", ""),
        ("110105", ""),
    ],
)
def test_a_region_lies_in_the_tile_of_today(code: str, tile: str) -> None:
    assert places.tile_of(code) == tile


@pytest.mark.parametrize(
    ("line", "with_", "said"),
    [
        ("500157,两江,3,3", "", "恰有"),
        ("500157,两江,3,3", "500157,渝北,3,3", "简称"),
        ("500157,两江,3,3", "500157,两江,2,3", "已有另一格"),
        ("500157,两江,3,3", "500157,两江,3", "四列"),
        ("code,short,column,row", "code,short", "列名"),
    ],
)
def test_a_slip_in_the_data_is_told(tmp_path: Path, line: str, with_: str, said: str) -> None:
    data = tmp_path / "tiles.csv"
    text = TILES.read_text("utf-8")
    assert line in text
    data.write_text(text.replace(f"{line}\n", f"{with_}\n" if with_ else ""), "utf-8")
    with pytest.raises(DataError, match=said):
        read(data)
