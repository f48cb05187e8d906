"""Statutes in Markdown: a title, lines of history, `<!-- INFO END -->`, headings and articles."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from ingest.statutes.lines import Line, parse
from kb.errors import BadSource
from kb.law.text import StatuteText

_HEAD_END = "<!-- INFO END -->"
_COMMENT = re.compile(r"<!--.*?-->")
_HEADING = re.compile(r"(#{1,6})\s*(.*)")
_FILE_DAY = re.compile(r"[（(](\d{4})-(\d{2})-(\d{2})[)）]$")


def read_markdown(path: Path) -> StatuteText:
    """Reads one file. Raises BadSource with the file and line where it breaks the form."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadSource(path.as_posix(), "应为 UTF-8 编码的文本", f"第 {line} 行") from error
    return parse(
        _lines(text),
        origin=path.as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
        file_day=_file_day(path.stem),
    )


def _lines(text: str) -> list[Line]:
    head_end = text.find(_HEAD_END)
    lines, at = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = _COMMENT.sub("", raw).strip("\u200b \t\r\u3000")
        heading = _HEADING.match(line)
        lines.append(
            Line(
                number,
                heading[2].strip() if heading else line,
                len(heading[1]) if heading else 0,
                at < head_end and not heading,
            )
        )
        at += len(raw) + 1
    return lines


def _file_day(stem: str) -> date | None:
    match = _FILE_DAY.search(stem)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
