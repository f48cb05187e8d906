"""A text with full-width signs made plain and every character still at its place."""

from __future__ import annotations

import re
import unicodedata

# What people put between the groups of a number; line breaks part numbers.
GAP = r"[ \-\u200b\u2060\ufeff]"
HAN = r"\u4e00-\u9fff"
# What layout puts between the characters of a word: 张　伟, or the end of a full line.
GAPS = r"(?: {1,3}| ?\n ?)?"
_SPACED = re.compile(rf"(?<![{HAN}])(?:[{HAN}] {{1,6}})+[{HAN}](?![{HAN}])")
_BROKEN = re.compile(rf"(?<=[{HAN}])[ ]?\n[ ]?(?=[{HAN}])")
_FULL = 16  # characters of a line that may have been broken for want of room


class _Plain(dict[int, str]):
    """A translation table worked out on first sight; characters that would become several stay."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        wide = unicodedata.normalize("NFKC", sign)
        if len(wide) != 1:
            wide = sign
        elif sign in "\u3000\u00a0\t":
            wide = " "
        elif sign in "‐‑‒–—―－─━−":
            wide = "-"
        elif sign in "•・‧∙⋅●":
            wide = "·"
        self[code] = wide
        return wide


_TABLE = _Plain()


def plain(text: str) -> str:
    """Half-width digits, letters, brackets and punctuation, one kind of dash and of blank; as many
    code points as before, so that offsets hold in both."""
    return text.translate(_TABLE)


def closed(text: str) -> tuple[str, list[int]]:
    """A text made plain without blanks between single characters and without line breaks that may
    part a word, and of each character left its offset in the text."""
    gaps = {
        at for match in _SPACED.finditer(text) for at in range(*match.span()) if text[at] == " "
    }
    for match in _BROKEN.finditer(text):
        if match.start() - text.rfind("\n", 0, match.start()) > _FULL:
            gaps.update(range(*match.span()))
    offsets = [at for at in range(len(text)) if at not in gaps]
    return "".join(text[at] for at in offsets), offsets
