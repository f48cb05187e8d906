"""The lines a page is read by: its blocks, broken where a page ran several lines together."""

from __future__ import annotations

import re
from collections import Counter
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
# 二、某某不服某局处罚案【基本案情】: a number and a title that a heading closes.
_TITLED = re.compile(
    r"(?<![一二三四五六七八九十百〇零第\d.．])(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、](?!\d))"
    r"[^。；！？【】\n]{4,120}案(?:[（(][^（）()]{1,24}[)）])?[ \u3000]{0,4}(?=【)"
)
_NAMED_BEHIND = re.compile(r"[^。；！？【】\n]{4,120}案")
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
    before 案例二： and 二、某某案【…】 and between the titles of its contents list."""
    cuts = [
        match.start()
        for match in _BRACKETED.finditer(text)
        if text[: match.start()].strip() and is_heading(match.group(1))
    ]
    if len(text) > _RUN_TOGETHER or cuts:
        cuts += [match.start() for match in _CASE_WORD.finditer(text) if _begins_anew(text, match)]
    cuts += _titled_cuts(text, set(cuts))
    if len(text) > _RUN_TOGETHER and len(titles := list(_AFTER_CASE.finditer(text))) >= 2:
        cuts += [match.end() for match in titles]
    return [cut for cut in cuts if cut]


def _titled_cuts(text: str, headings: set[int]) -> list[int]:
    """Before the number of each case where two at least have a title and the same heading next."""
    found = [match for match in _TITLED.finditer(text) if match.end() in headings]
    # 典型案例一、: the page's title runs into the first number, unless all are 案例一、案例二、.
    named = [match for match in found if text[: match.start()].endswith("案例")]
    if len(named) > 1 or (named and named[0] is not found[0]):
        return []
    opened = [bracket.group(1) for m in found if (bracket := _BRACKETED.match(text, m.end()))]
    again = Counter(fold_text(words) for words in opened)
    if not again or again.most_common(1)[0][1] < 2:
        return []
    return [match.start() for match in found]


def _begins_anew(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip()
    if before.endswith("案例"):  # the page's title runs into the first case
        return bool(_NAMED_BEHIND.match(text, match.end()))
    return not before or before[-1] in _SENTENCE_ENDS or before.endswith("案")
