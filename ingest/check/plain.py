"""A text with full-width signs made plain and every character still at its place."""

from __future__ import annotations

import unicodedata

# What people put between the groups of a number; line breaks part numbers.
GAP = r"[ \-\u200b\u2060\ufeff]"
HAN = r"\u4e00-\u9fff"


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
