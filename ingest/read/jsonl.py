"""JSON Lines: one record a line, our own export or simple objects with title and text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.document import Block, BlockKind, PageMeta, SourceDocument
from ingest.read import text as plain
from ingest.read.charset import decode
from ingest.read.raw import Raw
from kb.errors import BadSource

_EXPECTED = '每行应是一个 JSON 对象，至少有 "title" 和 "text"'


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore")

    heading: str = ""
    start: int = 0


class _Record(BaseModel):
    """What is read of a line; what an export has besides is worked out again from the text."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    title: str = Field(min_length=1)
    text: str = Field(min_length=1)
    subtitle: str = ""
    publisher: str = ""
    publishers: list[str] = []
    published: str | None = ""
    date: str | None = ""
    url: str | None = ""
    batch: str | None = ""
    region: str | None = ""
    sections: list[_Section] = []


def read_lines(raw: Raw) -> Iterator[SourceDocument | BadSource]:
    """Each line as a document of its own, with the origin "file.jsonl#12" and the hash of the line.

    A line that cannot be read is yielded as BadSource with its number; the others go on.
    Raises BadSource where the encoding of the whole cannot be told.
    """
    decoded = decode(raw.data, raw.origin)
    found = False
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if line.strip():
            found = True
            try:
                yield _document(line.strip(), raw, number, decoded.warnings)
            except BadSource as bad:
                yield bad
    if not found:
        yield BadSource(raw.origin, f"文件里没有记录。{_EXPECTED}")


def read(raw: Raw) -> SourceDocument:
    """The only record of a file. Raises BadSource where there are more, or none is readable."""
    records = list(read_lines(raw))
    if len(records) > 1:
        raise BadSource(raw.origin, f"文件有 {len(records)} 条记录，需要逐条读取")
    if isinstance(records[0], BadSource):
        raise records[0]
    return records[0]


def _document(line: str, raw: Raw, number: int, warnings: tuple[str, ...]) -> SourceDocument:
    place = f"第 {number} 行"
    record = _parsed(line, raw.origin, place)
    blocks = _blocks(record)
    if not blocks:
        raise BadSource(raw.origin, '"text" 里没有文字', place)
    return SourceDocument(
        origin=f"{raw.origin}#{number}",
        sha256=hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest(),
        media="jsonl",
        blocks=blocks,
        meta=_meta(record),
        warnings=warnings,
    )


def _parsed(line: str, origin: str, place: str) -> _Record:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", 0)
        raise BadSource(
            origin, f"不是完整的 JSON（第 {column} 列附近）。{_EXPECTED}", place
        ) from error
    if not isinstance(value, dict):
        raise BadSource(origin, f"这一行不是 JSON 对象。{_EXPECTED}", place)
    try:
        return _Record.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        reason = f'缺少 "{key}"' if first["type"] == "missing" else f'"{key}" 的值不对'
        raise BadSource(origin, f"{reason}。{_EXPECTED}", place) from error


def _blocks(record: _Record) -> tuple[Block, ...]:
    headings = {(section.heading.strip()) for section in record.sections if section.heading.strip()}
    blocks = [
        Block(block.text, BlockKind.HEADING, 2) if block.text in headings else Block(block.text)
        for block in plain.blocks_of(record.text)
    ]
    first = blocks[0].text if blocks else ""
    if blocks and first == record.title:
        blocks[0] = Block(first, BlockKind.HEADING, 1)
    elif blocks:
        blocks.insert(0, Block(record.title, BlockKind.HEADING, 1))
    return tuple(blocks)


def _meta(record: _Record) -> PageMeta:
    found = {
        "title": record.title,
        "publisher": record.publisher or "、".join(record.publishers),
        "published": record.published or record.date or "",
        "url": record.url or "",
        "batch": record.batch or "",
        "region": record.region or "",
    }
    said = {name: value for name, value in found.items() if value}
    return PageMeta(**said, where=tuple((name, f"JSON {name}") for name in said))
