"""Text that was decoded with the wrong encoding somewhere on its way: found and told apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

_LOOK = 200_000
_LINE_LETTERS = 4
_ENOUGH = 12
_FOREIGN = 0.3
_UNNATURAL = 0.25
_NATURAL = 0.45
_SHARE_REFUSED = 0.2
_LOSS_REFUSED = 0.005

_HANZI_OR_LETTER = re.compile(r"[^\x00-\x7f\s　-〿＀-￯‐-…]+")
_QUESTION_MARKS = re.compile(r"\?{4,}")


def naturalness(text: str) -> float:
    """The share of everyday hanzi among all that is neither ASCII nor punctuation, 0 to 1.

    Real Chinese lies above 0.6, the same bytes wrongly decoded below 0.25. 0 where no letters are.
    """
    letters = "".join(_HANZI_OR_LETTER.findall(text))
    if not letters:
        return 0.0
    return 1 - len(letters.translate(_everyday())) / len(letters)


def diagnose(text: str) -> str:
    """What is wrong with the text, for a message; "" where it reads as it should.

    Looks at the first 200,000 characters. A few damaged characters in a long text pass.
    """
    text = text[:_LOOK]
    letters = len("".join(_HANZI_OR_LETTER.findall(text)))
    lost = text.count("�") + 3 * text.count("锟斤拷")
    if lost > 4 and lost > _LOSS_REFUSED * max(letters, 1):
        return f"有 {lost} 个字已在来源处丢失（显示为“�”或“锟斤拷”，是转码出错留下的），无法恢复"
    asked = sum(len(run) for run in _QUESTION_MARKS.findall(text))
    if asked > 12 and asked > _SHARE_REFUSED * (letters + asked):
        return "大量文字已变成问号，是转码时丢失的，无法恢复"
    return _wrongly_decoded(text, letters)


def few_lost(text: str) -> int:
    """How many characters were lost, where `diagnose` let them pass."""
    return text.count("�") + text.count("锟斤拷")


def _wrongly_decoded(text: str, letters: int) -> str:
    bad: dict[str, list[str]] = {}
    count = 0
    for line in text.splitlines():
        own = len("".join(_HANZI_OR_LETTER.findall(line)))
        if own < max(_LINE_LETTERS, len(line) * _FOREIGN) or naturalness(line) >= _UNNATURAL:
            continue
        name, repaired = _repair(line)
        if name:
            count += own
            bad.setdefault(name, []).append(f"“{_cut(line)}”原应为“{_cut(repaired)}”")
    if count < _ENOUGH or count <= _SHARE_REFUSED * letters:
        return ""
    name = max(bad, key=lambda key: len(bad[key]))
    return f"文字是乱码（{name}），例如{bad[name][0]}"


def _repair(line: str) -> tuple[str, str]:
    """The mistake that made this line, and the line without it; ("", "") where none explains it."""
    best, best_score = ("", ""), _NATURAL
    for name, back, encoding in _MISTAKES:
        try:
            text = back(line).decode(encoding, errors="ignore")
        except UnicodeEncodeError:
            continue
        kept = len("".join(_HANZI_OR_LETTER.findall(text)))
        score = naturalness(text)
        if kept >= 2 and score > best_score:
            best, best_score = (name, text), score
    return best


def _as_latin(line: str) -> bytes:
    return b"".join(
        char.encode("cp1252") if char in _CP1252 else char.encode("latin-1", "ignore")
        for char in line
    )


_CP1252 = frozenset(bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)) - {""}
_Back = Callable[[str], bytes]
_MISTAKES: tuple[tuple[str, _Back, str], ...] = (
    ("UTF-8 文字被当作 GBK 转存", lambda line: line.encode("gb18030"), "utf-8"),
    ("UTF-8 文字被当作 Latin-1 转存", _as_latin, "utf-8"),
    ("GBK 文字被当作 Latin-1 转存", _as_latin, "gb18030"),
    ("GBK 文字被当作 Big5 转存", lambda line: line.encode("big5hkscs", "ignore"), "gb18030"),
    ("Big5 文字被当作 GBK 转存", lambda line: line.encode("gb18030"), "big5hkscs"),
)


@cache
def _everyday() -> dict[int, None]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return dict.fromkeys(map(ord, "".join(data["everyday"].split())))


def _cut(text: str) -> str:
    return text.strip()[:16]
