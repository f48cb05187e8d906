"""Tables that hold data, told from tables that only lay out a page."""

from __future__ import annotations

import re

from bs4 import Tag

from ingest.read.lines import clean

_LONG_CELL = 200
_SHORT_ROW = 120
_SHORT_CELL = 60
_SHORT_NAME = 10
_BLOCKS_IN_CELL = ("p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "br")


def is_data_table(table: Tag) -> bool:
    """Two rows and two columns at least, no table inside, and cells as short as data are."""
    if table.find("table"):
        return False
    rows = rows_of(table)
    filled = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    if len(filled) < 2 or len(filled) * 2 < len(rows):
        return False
    cells = [cell for row in rows for cell in row]
    if max(map(len, cells)) > _LONG_CELL:
        return _is_grid(table, rows)
    links = sum(len(a.get_text().strip()) for a in table.find_all("a"))
    return links * 2 < sum(map(len, cells))


def _is_grid(table: Tag, rows: list[list[str]]) -> bool:
    """A table of long texts is data too where every row has the same three columns or more under
    short names: 序号, 案例名称, 基本案情, 复议结果."""
    if len(rows[0]) == 1 and table.find("caption"):
        rows = rows[1:]
    names, *below = rows or [[]]
    named = len(names) >= 3 and all(names) and max(map(len, names)) <= _SHORT_NAME
    short = named and not any(re.search(r"[。；：:]", name) for name in names)
    return short and bool(below) and all(len(row) == len(names) for row in below)


def rows_of(table: Tag) -> list[list[str]]:
    """The words of a table, rows that are empty left out."""
    rows = [
        [cell_text(cell) for cell in row.find_all(["td", "th"], recursive=False)]
        for row in table.find_all("tr")
    ]
    caption = table.find("caption")
    if caption and cell_text(caption):
        rows.insert(0, [cell_text(caption)])
    return [row for row in rows if any(row)]


def cell_text(cell: Tag) -> str:
    """The words of a cell on one line."""
    parts = [
        str(text)
        for text in cell.find_all(string=True)
        if text.parent
        and text.parent.name not in ("script", "style")
        and type(text).__name__ == "NavigableString"
    ]
    if cell.find(["p", "br", "div", "li"]):
        return clean(" ".join(part.strip() for part in parts if part.strip()))
    return clean("".join(parts))


def is_short_row(row: Tag) -> bool:
    """A row of a layout table that a reader sees as one line: several short cells, no blocks."""
    cells = row.find_all(["td", "th"], recursive=False)
    if len(cells) < 2 or row.find(_BLOCKS_IN_CELL):
        return False
    lengths = [len(cell.get_text().strip()) for cell in cells]
    return sum(lengths) <= _SHORT_ROW and max(lengths) <= _SHORT_CELL
