"""A text as sentences, folded, each character still knowing where it came from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.model import Span
from kb.text.normalise import Folded, fold

# A line break ends a sentence only where the line reads as ended: pages break lines anywhere.
# Some pages use a plain dot for 。. What an end begins with goes first: most characters begin none.
_END = re.compile(
    r"(?=[。！？!?\s.．])"
    r"(?:[。！？!?]+[”’」』）)]*|(?<=[：:；;])\s*\n|\n\s*\n|(?<=[\u4e00-\u9fff》”）)])[.．](?!\d))"
)
_ITEM = re.compile(
    r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)|[、.．])|第[一二三四五六七八九十]项"
)
_OPENING = re.compile(r"(?:判决|裁定|裁决|决定|如下|请求|要求)[^,。;:]{0,6}:")
_LABEL = re.compile(r"[^,。;:]{0,6}(?:结果|决定|办理|处理|裁判):?")
CHAIN = 400
# No sentence is as long; what is longer is a page without punctuation, taken piece by piece.
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Sentence:
    """whole: the text it stands in, from start on; folded: its folded form, offsets into the whole.

    chain: the folded words it continues, where it is an item of a list begun before or follows a
    sentence that announced one (判决：…。); else "".
    """

    whole: str
    start: int
    folded: Folded
    chain: str

    @property
    def text(self) -> str:
        return self.folded.text

    def span(self, start: int, end: int) -> Span:
        """The stretch of the whole text that folded characters start to end came from."""
        return self.folded.span(start, end)

    def quoted(self, at: int) -> bool:
        """Whether a folded character stands inside “…”, where a text cites rather than speaks."""
        stretch = self.start, self.folded.origin[at]
        return self.whole.rfind("“", *stretch) > self.whole.rfind("”", *stretch)

    def opens(self, at: int) -> bool:
        """Whether a character opens the sentence, or an item of a list in it, but for an item mark
        or a label like 复议结果：."""
        before = self.text[:at].rpartition(";")[2]
        if mark := _ITEM.match(before):
            before = before[mark.end() :]
        return not before or bool(_LABEL.fullmatch(before))

    def unmarked(self) -> str:
        """The folded words without the item mark they begin with."""
        mark = _ITEM.match(self.text)
        return self.text[mark.end() :] if mark else self.text


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order; empty ones are left out."""
    chain = previous = ""
    whole = fold(text)
    for start, end in _pieces(text):
        # Folding goes character by character: the folded text is cut where the text is.
        begin, stop = bisect_left(whole.origin, start), bisect_left(whole.origin, end)
        if begin == stop:
            continue
        origin = whole.origin[begin:stop]
        folded = Folded(whole.text[begin:stop], origin + array(origin.typecode, [end]))
        continues = bool(_ITEM.match(folded.text) or _OPENING.search(previous))
        chain = (chain + previous)[-CHAIN:] if continues else ""
        yield Sentence(text, start, folded, chain)
        previous = folded.text


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        for at in range(start, end, _LONGEST):
            yield at, min(at + _LONGEST, end)
        start = end


def last(
    patterns: Iterable[re.Pattern[str]], text: str, stop: int | None = None
) -> tuple[int, int] | None:
    """Start and end of the match that begins last, of any of the patterns; none beyond stop."""
    stop = len(text) if stop is None else stop
    found = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return max((span for span in found if span[1] <= stop), default=None)


def covered(unless: Iterable[re.Pattern[str]], text: str, start: int, end: int) -> bool:
    """Whether a longer phrase overlaps text[start:end] and so takes it another way."""
    return any(
        match.start() < end and start < match.end()
        for pattern in unless
        for match in pattern.finditer(text)
    )
