"""The lines a page is read by: its blocks, broken where a page ran several lines together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.document import Block, BlockKind, SourceDocument
from ingest.layout.vocabulary import is_heading
from kb.model import Span
from kb.text.normalise import fold_text

# A heading in its brackets stands in running text only where a page lost its line breaks.
_BRACKETED = re.compile(
    r"【[ \u3000]{0,4}([^【】\n]{2,14}?)[ \u3000]{0,4}】(?!部分|所述|所列|一节|中)"
)
_CASE_WORD = re.compile(
    r"(?:典型)?案例[ \u3000]{0,4}(?:[一二三四五六七八九十]{1,3}|\d{1,2})[ \u3000]{0,4}[：:]"
)
_AFTER_CASE = re.compile(r"案(?=[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))")
_SENTENCE_ENDS = "。！？；”）)】"
_RUN_TOGETHER = 200


@dataclass(frozen=True)
class Line:
    """One line of the main text. start, end: its place in the document's text, in code points."""

    text: str
    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    strong: bool = False
    place: str = ""

    @cached_property
    def folded(self) -> str:
        return fold_text(self.text)

    @property
    def blank(self) -> bool:
        return not self.folded

    @property
    def is_prose(self) -> bool:
        """A paragraph of sentences rather than a title, a heading or a name."""
        text = self.text.strip()
        if text.endswith("案") and "。" not in text:
            return False
        ended = text.endswith(("。", "；", "：", ":", "”", ".", ";", "，", ","))
        asked = text.endswith(("？", "！", "?", "!")) and len(text) > 60  # titles ask too
        return len(text) >= 25 and (ended or asked or "。" in text or len(text) > 90)


def lines(document: SourceDocument) -> tuple[Line, ...]:
    """The lines of a document that are not blank, in order, with their places in its text."""
    found: list[Line] = []
    for block, span in zip(document.blocks, document.block_spans, strict=True):
        found.extend(line for line in _of_block(block, span) if not line.blank)
    return tuple(found)


def _of_block(block: Block, span: Span) -> list[Line]:
    cuts = [0]
    for match in re.finditer(r"\n", block.text):
        cuts.append(match.end())
    for start, end in zip(cuts[:], [*cuts[1:], len(block.text)], strict=True):
        cuts.extend(start + cut for cut in _inner_cuts(block.text[start:end]))
    cuts = sorted(set(cuts))
    pieces = list(zip(cuts, [*cuts[1:], len(block.text)], strict=True))
    return [
        Line(
            text=block.text[start:end],
            start=span.start + start,
            end=span.start + end,
            kind=block.kind,
            level=block.level,
            strong=block.strong,
            place=block.place,
        )
        for start, end in pieces
    ]


def _inner_cuts(text: str) -> list[int]:
    """Where one line holds several: before 【known heading】, and in a page without line breaks
    before 案例二： and between the titles of its contents list."""
    cuts = [
        match.start()
        for match in _BRACKETED.finditer(text)
        if text[: match.start()].strip() and is_heading(match.group(1))
    ]
    if len(text) > _RUN_TOGETHER or cuts:
        cuts += [m.start() for m in _CASE_WORD.finditer(text) if _begins_anew(text, m.start())]
    if len(text) > _RUN_TOGETHER and len(titles := list(_AFTER_CASE.finditer(text))) >= 2:
        cuts += [match.end() for match in titles]
    return [cut for cut in cuts if cut]


def _begins_anew(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or before[-1] in _SENTENCE_ENDS or before.endswith("案")
