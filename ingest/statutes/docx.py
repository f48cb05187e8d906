"""Statutes in DOCX as the national database of laws (flk.npc.gov.cn) publishes them.

The title is centred, over one or more lines; a paragraph in brackets tells the history; a list of
contents (目录) may follow; then chapters and articles, 第一条 and its words parted by wide spaces.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from ingest.statutes.lines import Line, is_article, is_heading, parse, tells_of_adoption
from kb.errors import BadSource
from kb.law.text import StatuteText

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, PackageNotFoundError, KeyError, ValueError, SyntaxError,
    AttributeError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
_LIMIT = 100_000_000
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u3000]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_ORGAN = re.compile(
    r"(?:最高人民法院|最高人民检察院|国务院|[委部局署院厅]|人民政府|银行)[、,，\s]*$"
)
_NUMBER = re.compile(
    r"^[（(]?(?:法释|高检发|国发|国办发)?[〔\[［(（]\d{4}[〕\]］)）]\s*第?\d+号[）)]?$|令第?\s*\d+\s*号$"
)
_EVENT = re.compile(
    r"[，,；;]\s*(?=自\d{4}年)|(?<=\S)\s*(?=根据\d{4}年\d)|[ \u3000]+(?=\d{4}年\d{1,2}月)"
)
_FILE_DAY = re.compile(r"(?:_(\d{4})(\d{2})(\d{2})|[（(](\d{4})-(\d{2})-(\d{2})[)）])$")


def read_docx(path: Path) -> StatuteText:
    """Reads one file. Lines are paragraphs, counted from 1, tables' rows included. Raises
    BadSource for a damaged file and for what `parse` cannot read."""
    data = path.read_bytes()
    origin = path.as_posix()
    try:
        _check_size(data, origin)
        paragraphs = list(_paragraphs(Document(io.BytesIO(data))))
    except _DAMAGE as error:
        raise BadSource(origin, "文件已损坏，不是完整的 Word 文档（.docx），请重新下载") from error
    return parse(
        _lines([Line(n, text) for n, text in enumerate(paragraphs, 1) if text]),
        origin=origin,
        sha256=hashlib.sha256(data).hexdigest(),
        file_day=_file_day(path.stem),
    )


def _check_size(data: bytes, origin: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LIMIT:
        raise BadSource(origin, f"解开后有 {size // 1_000_000} MB，超过 100 MB，不予读取")


def _paragraphs(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield _clean(" | ".join(cell for cell in cells if cell))
        else:
            for line in block.text.split("\n"):
                yield _clean(line)


def _clean(text: str) -> str:
    """One space where there were some, wide if one of them was."""
    text = _SPACES.sub(
        lambda run: "\u3000" if "\u3000" in run.group() else " ", _INVISIBLE.sub("", text)
    )
    return text.strip(" \u3000\r")


def _lines(lines: list[Line]) -> list[Line]:
    """The lines with title and history marked: what stands above the contents and articles."""
    body = next(
        (
            n
            for n, line in enumerate(lines)
            if is_article(line.text) or is_heading(line.text) or _is_contents(line.text)
        ),
        len(lines),
    )
    if body == len(lines):  # a reply without articles: its head ends with its history
        told = [n for n, line in enumerate(lines[:6]) if _is_history(line.text)]
        body = told[-1] + 1 if told else min(1, len(lines))
    head, rest = lines[:body], lines[body:]
    title, others = _title(head)
    history = [
        Line(line.number, event.strip("（）() \u3000"), head=True)
        for line in others
        for event in _EVENT.split(line.text)
        if _is_history(line.text) and event.strip("（）() \u3000")
    ]
    preamble = [
        line for line in others if not _is_history(line.text) and line.number > title.number
    ]
    return [title, *history, *preamble, *rest] if title.text else lines


def _title(head: list[Line]) -> tuple[Line, list[Line]]:
    """The title, its lines joined, and the rest of the head. Below it stand only history and an
    opening sentence; above it may stand an order of promulgation, or the names of its makers."""
    titles = [n for n, line in enumerate(head) if _may_be_title(line.text)]
    if not titles:
        return Line(0, ""), head
    start = last = titles[-1]
    while start and _belongs_above(head[start - 1].text, head[start].text):
        start -= 1
    text = "".join(re.sub(r"\s+", "", line.text) for line in head[start : last + 1])
    return Line(head[start].number, text, level=1), [*head[:start], *head[last + 1 :]]


def _may_be_title(text: str) -> bool:
    return len(text) <= 100 and not text.endswith(("。", "：", ":")) and not _is_history(text)


def _belongs_above(above: str, below: str) -> bool:
    """Whether a line of the head begins the title that the next one goes on with."""
    if not _may_be_title(above):
        return False
    return (
        bool(_ORGAN.search(above))
        or above.endswith(("的", "《", "和", "及", "与", "、", "关于"))
        or below.startswith(("若干", "的"))
    )


def _is_history(text: str) -> bool:
    return (
        bool(_NUMBER.search(text))
        or (text[:1] in "（(" and tells_of_adoption(text))
        or (tells_of_adoption(text) and len(text) < 200 and not text.endswith("。"))
    )


def _is_contents(text: str) -> bool:
    return re.sub(r"\s+", "", text) in ("目录", "目次")


def _file_day(stem: str) -> date | None:
    match = _FILE_DAY.search(stem)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        return None
