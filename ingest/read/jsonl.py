"""JSON Lines: one record a line, our own export or simple objects with title and text."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.document import Block, BlockKind, PageMeta, SourceDocument
from ingest.read import text as plain
from ingest.read.charset import decode
from ingest.read.raw import Raw
from kb.errors import BadSource
from kb.law import dockets

_SIMPLE = re.compile(r"[\w.-]{1,64}")
_OPENING = 300  # characters in which a paper states its number
_EXPECTED = '每行应是一个 JSON 对象，至少有 "title" 和 "text"'


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore")

    heading: str = ""
    start: int = 0


class _Record(BaseModel):
    """What is read of a line; what an export has besides is worked out again from the text."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    id: Any = None
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
    """Each line as a document of its own, with the hash of the line and an origin that stays where
    lines come before it: "file.jsonl#<key>".

    The key is the object's own "id"; where it has none, a hash of its "url", or of its title and
    number. Records that would share a key take a hash of more, down to their text; those that are
    the same in all this are numbered -2, -3. The number of the line is the place of its blocks.
    A line that cannot be read is yielded as BadSource with its number; the others go on.
    Raises BadSource where the encoding of the whole cannot be told.
    """
    decoded = decode(raw.data, raw.origin)
    read: list[tuple[int, str, _Record | BadSource]] = []
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if line := line.strip():
            try:
                read.append((number, line, _parsed(line, raw.origin, _place(number))))
            except BadSource as bad:
                read.append((number, line, bad))
    if not read:
        yield BadSource(raw.origin, f"文件里没有记录。{_EXPECTED}")
    keys = iter(_keys([record for *_, record in read if isinstance(record, _Record)]))
    for number, line, record in read:
        if isinstance(record, BadSource):
            yield record
            continue
        key = next(keys)
        try:
            yield _document(record, line, raw.origin, number, key, decoded.warnings)
        except BadSource as bad:
            yield bad


def read(raw: Raw) -> SourceDocument:
    """The only record of a file. Raises BadSource where there are more, or none is readable."""
    records = list(read_lines(raw))
    if len(records) > 1:
        raise BadSource(raw.origin, f"文件有 {len(records)} 条记录，需要逐条读取")
    if isinstance(records[0], BadSource):
        raise records[0]
    return records[0]


def _keys(records: list[_Record]) -> list[str]:
    """What each record is called within its file; none twice."""
    keys = [""] * len(records)
    left = list(range(len(records)))
    for depth in range(4):
        for place in left:
            keys[place] = _key(records[place], depth)
        counts = Counter(keys)
        left = [place for place in left if counts[keys[place]] > 1]
    seen: Counter[str] = Counter()
    for place in left:
        seen[keys[place]] += 1
        if (nth := seen[keys[place]]) > 1:
            keys[place] = f"{keys[place]}-{nth}"
    return keys


def _key(record: _Record, depth: int) -> str:
    """The key of a record by its own id, its address, its title and number, and its text: by the
    first of these that it has, and by as many more as the depth says."""
    number = "".join(docket.normalised for _, docket in dockets.find(record.text[:_OPENING])[:1])
    said = [_own_id(record), record.url or "", f"{record.title} {number}", record.text]
    first = next(at for at, value in enumerate(said) if value)
    taken = said[first : first + depth + 1]
    if depth == 0 and first == 0 and _SIMPLE.fullmatch(said[0]):
        return said[0]
    return hashlib.sha256("\n".join(taken).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _own_id(record: _Record) -> str:
    """The id that the object gives itself; what is neither a word nor a number is none."""
    given = record.id
    return str(given).strip() if isinstance(given, str | int) else ""


def _place(number: int) -> str:
    return f"第 {number} 行"


def _document(
    record: _Record, line: str, origin: str, number: int, key: str, warnings: tuple[str, ...]
) -> SourceDocument:
    blocks = _blocks(record, _place(number))
    if not blocks:
        raise BadSource(origin, '"text" 里没有文字', _place(number))
    return SourceDocument(
        origin=f"{origin}#{key}",
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


def _blocks(record: _Record, place: str) -> tuple[Block, ...]:
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
    return tuple(replace(block, place=place) for block in blocks)


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
