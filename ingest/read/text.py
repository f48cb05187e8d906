"""Plain text: paragraphs by empty lines, indents and line ends; run-on text parted."""

from __future__ import annotations

from ingest.document import Block, PageMeta, SourceDocument
from ingest.read import masthead
from ingest.read.charset import decode
from ingest.read.lines import clean, split_run_on, unwrap
from ingest.read.raw import Raw
from kb.errors import BadSource

_HEAD = 8
_TITLE = 60


def read(raw: Raw) -> SourceDocument:
    """The paragraphs of a text file; its first lines may name title, source and date.

    Raises BadSource where the encoding cannot be told or there is not one word.
    """
    decoded = decode(raw.data, raw.origin, content_type=raw.content_type)
    blocks = blocks_of(decoded.text)
    if not blocks:
        raise BadSource(raw.origin, "文件里没有文字")
    return SourceDocument(
        origin=raw.origin,
        sha256=raw.sha256,
        media="text",
        blocks=blocks,
        meta=meta_of(blocks, url=raw.url),
        warnings=decoded.warnings,
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs, each with the number of its line: no character of them is lost."""
    blocks: list[Block] = []
    number = 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    for paragraph in unwrap(lines):
        while number <= len(lines) and not lines[number - 1].strip():
            number += 1
        place = f"第 {number} 行"
        number += paragraph.count("\n") + 1
        for part in split_run_on(paragraph):
            if shown := clean(part):
                blocks.append(Block(shown, place=place))
    return tuple(blocks)


def meta_of(blocks: tuple[Block, ...], *, url: str = "") -> PageMeta:
    """What the first lines of a document say of it; the lines stay where they are."""
    found: dict[str, tuple[str, str]] = {"url": (url, "网址")} if url else {}
    first = blocks[0] if blocks else None
    if first and len(first.text) <= _TITLE and first.text[-1] not in "。；，：、":
        found["title"] = (first.text, first.place or "文首")
    for block in blocks[:_HEAD]:
        said = masthead.parse(block.text)
        if said and said.complete:
            if said.publisher:
                found.setdefault("publisher", (said.publisher, block.place or "文首"))
            if said.published:
                found.setdefault("published", (said.published, block.place or "文首"))
    return PageMeta(
        **{name: value for name, (value, _) in found.items()},
        where=tuple((name, where) for name, (_, where) in found.items()),
    )
