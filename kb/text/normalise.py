"""One reading of characters for index, query and highlight: spellings that mean the same, folded.

Folding works character by character, so every folded character knows where it came from.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import opencc
from numpy.typing import NDArray

from kb.model import Span

FOLDING_VERSION = 1
_BASIC, _UNSEEN = 0x10000, 255
_LONG = 120  # shorter texts fold faster one character after another

# Brackets of numbers and dates are typed in any of these (domain facts, section 4).
_BRACKETS = {
    **dict.fromkeys("〔﹝［[（【〖｛{⟨", "("),
    **dict.fromkeys("〕﹞］]）】〗｝}⟩", ")"),
    **dict.fromkeys("〈‹«", "《"),
    **dict.fromkeys("〉›»", "》"),
}
_QUOTES = {**dict.fromkeys("“”„‟＂「」『』〝〞", '"'), **dict.fromkeys("‘’‚‛＇`´", "'")}
_DASHES = dict.fromkeys("‐‑‒–—―－─━−﹣ー", "-")
_DOTS = dict.fromkeys("·•・‧∙⋅●", "·")
_STARS = dict.fromkeys("＊✱﹡", "*")
_CIRCLE = dict.fromkeys("○◯", "〇")
# Radicals that some fonts leave in the text layer of a PDF for the characters they look like; NFKC
# folds Kangxi radicals but not these (Unicode block CJK Radicals Supplement).
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺌⺎⺟⺠⺩⺫⺮⺶⺷⺼⻁⻄⻅⻆⻇⻉⻊⻋⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂乙几小兀母民王罒竹羊羊肉虎西见角角贝足车长长长门阝雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_ALIKE = _RADICALS | _BRACKETS | _QUOTES | _DASHES | _DOTS | _STARS | _CIRCLE

_HAN = [
    chr(code) for start, end in ((0x3400, 0xA000), (0xF900, 0xFB00)) for code in range(start, end)
]
_SIMPLIFIED = dict(
    zip(_HAN, opencc.OpenCC("t2s").convert("\n".join(_HAN)).split("\n"), strict=True)
)


class _Table(dict[int, str]):
    """A translation table that works each character out once, on first sight.

    one: the folded code of each character of the basic plane that becomes just one, else 0;
    sizes: how many characters it becomes, _UNSEEN before it is worked out.
    """

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule
        self.one = np.zeros(_BASIC, dtype="<u4")
        self.sizes = np.full(_BASIC, _UNSEEN, dtype=np.uint8)

    def __missing__(self, code: int) -> str:
        return self.put(code, self._rule(chr(code)))

    def put(self, code: int, folded: str) -> str:
        if code < _BASIC:
            self.one[code] = ord(folded) if len(folded) == 1 else 0
            self.sizes[code] = len(folded)  # last, as another thread may be reading
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    wide = _ALIKE.get(character) or unicodedata.normalize("NFKC", character)
    alike = "".join(_ALIKE.get(c, c) for c in wide).lower()
    return "".join(
        _SIMPLIFIED.get(c, c)
        for c in alike
        # White space, and format characters such as zero-width spaces, say nothing.
        if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")
    )


_TABLE = _Table(_fold_character)
# Chinese characters, most of any text, need not be worked out one by one; compatibility ideographs
# (from U+F900) become others first.
for _character, _simplified in _SIMPLIFIED.items():
    if _character < "\uf900":
        _TABLE.put(ord(_character), _simplified)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the offset each of its characters has in the original.

    origin has one entry more than text: the length of the original.
    """

    text: str
    origin: array[int]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that text[start:end] was folded from."""
        if start >= end:
            return Span(self.origin[start], self.origin[start])
        return Span(self.origin[start], self.origin[end - 1] + 1)


def fold_text(text: str) -> str:
    """The text as it is compared: NFKC, lower case, simplified, without white space,
    with brackets, quotes and dashes of every kind made one."""
    return text.translate(_TABLE) if len(text) < _LONG else _folded(text)[0]


@lru_cache(maxsize=32)
def fold(text: str) -> Folded:
    """`fold_text` that remembers offsets. The last few are kept: all readers of a text fold it."""
    kind = "H" if len(text) < 1 << 16 else "i"  # as many bytes as the largest offset needs
    if len(text) < _LONG:
        pieces = [_TABLE[ord(character)] for character in text]
        origin = array(kind, [at for at, piece in enumerate(pieces) for _ in piece])
        folded = "".join(pieces)
    else:
        folded, sizes = _folded(text)
        origin = array(kind, np.repeat(np.arange(len(text), dtype=kind), sizes).tobytes())
    origin.append(len(text))
    return Folded(folded, origin)


def _folded(text: str) -> tuple[str, NDArray[np.uint8]]:
    """The folded text, and how many of its characters each character of the text became."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    try:
        sizes = _TABLE.sizes.take(codes)
    except IndexError:  # beyond the basic plane
        pieces = [_TABLE[ord(character)] for character in text]
        return "".join(pieces), np.array(list(map(len, pieces)), dtype=np.uint8)
    largest = sizes.max(initial=0)
    if largest == _UNSEEN:
        for code in np.unique(codes[sizes == _UNSEEN]):
            _TABLE[int(code)]
        return _folded(text)
    if largest > 1:
        return text.translate(_TABLE), sizes
    kept = _TABLE.one.take(codes[sizes.view(np.bool_)])
    return kept.tobytes().decode("utf-32-le", "surrogatepass"), sizes
