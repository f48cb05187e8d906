"""Spreadsheets (CSV, XLSX) as rows of words. Formulas are not computed; a cell that holds one says
so."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from ingest.read.charset import decode
from kb.errors import BadSource

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_000, 60, 4_000
"""Of a sheet: filled rows, columns; of a cell: characters."""
_MOST_VISITED = 50_000
"""Rows looked at, empty ones included: a sheet may be formatted down to its last row."""
_LARGEST = 100_000_000  # bytes, unpacked
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 后再导入"
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")
_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something. number: from 1, as the spreadsheet shows it. wrong: places (from
    0) of cells that cannot be read, with the reason."""

    number: int
    cells: tuple[str, ...]
    wrong: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """name: of the sheet, "" in a CSV file."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file that have anything on them. Days are given as 2024-05-06, whatever the
    cell shows. name: the file's, for messages.

    Raises BadSource for a file that is neither CSV nor XLSX, is damaged, or holds too much.
    """
    if not data.strip():
        raise BadSource(name, "文件是空的")
    if data.startswith(_OLE):
        raise BadSource(name, f"这是旧版表格（.xls、.et）或加了密码的表格，不能读取：{_SAVE_AS}")
    if data.startswith(b"PK\x03\x04"):
        return tuple(sheet for sheet in _xlsx(data, name) if sheet.rows)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(_MARKUP):
        raise BadSource(name, f"这是网页或 XML 格式的表格，不能读取：{_SAVE_AS}")
    if data.startswith(b"%PDF") or PurePath(name).suffix.lower() in (".pdf", ".doc", ".docx"):
        raise BadSource(name, "这不是表格：请导入 .xlsx 或 CSV 文件")
    return tuple(sheet for sheet in [_csv(data, name)] if sheet.rows)


def _csv(data: bytes, name: str) -> Sheet:
    text = decode(data, name).text
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text, above = first.strip()[4], rest, 1
    else:
        delimiter, above = max(_DELIMITERS, key=text[:5_000].count), 0
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [[(cell, "") for cell in line] for line in lines]
    except csv.Error as error:
        raise BadSource(name, f"不是合格的 CSV（{error}）", f"第 {lines.line_num} 行") from None
    return Sheet("", tuple(_rows(enumerate(rows, above + 1), name)))


def _xlsx(data: bytes, name: str) -> Iterator[Sheet]:
    import openpyxl  # takes a while to load

    _check_archive(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know: charts, styles, extensions
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    rows = ((n, [_cell(one) for one in row]) for n, row in _visited(sheet))
                    title = str(sheet.title)
                    yield Sheet(title, tuple(_rows(rows, f"{name}“{title}”")))
            book.close()
        except BadSource:
            raise
        except Exception as error:  # the library has no family of errors of its own
            raise BadSource(
                name, f"打不开这个表格，可能已损坏（{type(error).__name__}）：{_SAVE_AS}"
            ) from error


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            members = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise BadSource(name, f"文件已损坏，打不开：{_SAVE_AS}") from error
    if "xl/workbook.xml" not in members:
        raise BadSource(name, f"这不是 .xlsx 表格：{_SAVE_AS}")
    if size > _LARGEST:
        raise BadSource(name, f"解开后超过 {_LARGEST // 1_000_000} MB，不予读取")


def _visited(sheet: Any) -> Iterator[tuple[int, Any]]:
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _MOST_VISITED:
            return
        yield number, row


def _cell(cell: Any) -> tuple[str, str]:
    """The words of a cell, and why there are none."""
    value = cell.value
    if cell.data_type == "f":
        return "", "是公式，不作计算：请复制后“选择性粘贴”为数值"
    if cell.data_type == "e":
        return "", f"是错误值 {value}"
    match value:
        case None:
            return "", ""
        case bool():
            return "是" if value else "否", ""
        case datetime() | date():
            return value.strftime("%Y-%m-%d"), ""
        case time() | timedelta():
            return str(value), ""
        case float():
            return f"{value:.15g}", ""
    return str(value), ""


def _rows(rows: Iterable[tuple[int, list[tuple[str, str]]]], name: str) -> Iterator[Row]:
    found = 0
    for number, told in rows:
        cells = tuple(words.strip() for words, _ in told[:MOST_COLUMNS])
        wrong = tuple(
            (place, why or f"超过 {MOST_CHARACTERS} 字")
            for place, (words, why) in enumerate(told[:MOST_COLUMNS])
            if why or len(words) > MOST_CHARACTERS
        )
        if not any(cells) and not wrong:
            continue
        found += 1
        if found > MOST_ROWS:
            raise BadSource(name, f"超过 {MOST_ROWS} 行，请拆成几个文件")
        yield Row(number, cells, wrong)
