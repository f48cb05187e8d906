"""What a reader hands to the layouts: the words of a page as blocks, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kb.model import Beside, Source, Span


class BlockKind(StrEnum):
    """HEADING: marked as one by the format itself (h1–h6, Word style, Markdown #)."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table of the main text.

    text: without line breaks, but for tables (a row a line, cells parted by " | ").
    level: of a heading, 1 to 6. place: where it stands in the source, for messages ("第 3 页").
    strong: the whole block is set in bold, as headings often are without being marked as such.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    place: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What the page says of itself outside its main text; "" where it is silent.

    published: as printed or in the meta tag ("2024-05-06 10:00"). region: only from an option.
    Each value was seen; where names the place, e.g. "meta[name=ContentSource]".
    """

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    batch: str = ""
    region: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SourceDocument:
    """One source as read. text: the blocks joined with line breaks; block_spans: where each is."""

    origin: str
    sha256: str
    media: str
    blocks: tuple[Block, ...]
    meta: PageMeta = PageMeta()
    attachments: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def block_spans(self) -> tuple[Span, ...]:
        spans, start = [], 0
        for block in self.blocks:
            spans.append(Span(start, start + len(block.text)))
            start += len(block.text) + 1
        return tuple(spans)

    def as_source(self) -> Source:
        """What the store keeps of it."""
        return Source(
            origin=self.origin,
            sha256=self.sha256,
            media=self.media,
            text=self.text,
            url=self.meta.url,
            attachments=self.attachments,
            beside=self.beside,
        )
