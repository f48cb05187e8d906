"""The numbers behind a chart, to read beside it and to take away."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from flask import Response

FEW = 30
"""A share of fewer cases than these says little; charts and tables mark it."""


@dataclass(frozen=True, slots=True)
class Table:
    """head: of the columns; rows: a heading, then numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def csv_file(name: str, table: Table) -> Response:
    """A table as a file that spreadsheets open with its Chinese whole."""
    text = StringIO()
    csv.writer(text).writerows((table.head, *table.rows))
    answer = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
