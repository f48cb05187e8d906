"""Chinese and Arabic numerals as one: what number a numeral says, and how Chinese writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Numeral = tuple[int, int, str]
"""Where a numeral begins and ends in a text, and its Arabic spelling."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
OF_NUMERALS = frozenset("零〇○一二三四五六七八九十两百千万亿0123456789.,")
"""What may be part of a numeral of a folded text."""

# Longer runs of digits are codes, not numbers.
_MOST_DIGITS = 24
LONGEST = _MOST_DIGITS + _MOST_DIGITS // 3
"""No numeral that says a number has more characters, commas between its digits included."""
# 两, 百, 千, 万, 亿 alone are words (两江, 百姓, 万某); they count only beside other numerals.
_CHINESE = re.compile(
    r"(?:[一二三四五六七八九两]?[百千][零〇一二三四五六七八九十百千万亿]+"
    r"|[一二三四五六七八九两][百千万亿][零〇一二三四五六七八九十百千万亿]*"
    r"|[零〇一二三四五六七八九十][零〇一二三四五六七八九十百千万亿]*)"
)
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?[万亿]?")
# Looking at one character first passes over the many that begin no numeral four times as fast.
NUMERAL = re.compile(
    rf"(?=[\d零〇一二三四五六七八九十两百千])(?:{_ARABIC.pattern}|{_CHINESE.pattern})"
)


# Texts say the same few numbers over and over.
@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """The whole number that text says ("六十四", "二〇二四", "64", "６４", "3万"), or None."""
    value = _value(text)
    return int(value) if value is not None and value == int(value) else None


@lru_cache(maxsize=4096)
def canonical(numeral: str) -> str:
    """The Arabic spelling of a numeral found by NUMERAL: 六十四 -> 64, 1.5万 -> 15000, 05 -> 5."""
    value = _value(numeral)
    if value is None:
        return numeral
    return str(int(value)) if value == int(value) else repr(value)


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of a folded text."""
    for match in NUMERAL.finditer(text):
        yield match.start(), match.end(), canonical(match.group())


def chinese(value: int) -> str:
    """How Chinese writes a whole number from 0 to 99,999,999: 64 -> 六十四, 105 -> 一百零五."""
    if not 0 <= value < 100_000_000:
        raise ValueError(f"no spelling for {value}")
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{chinese(high)}万{gap}{chinese(low) if low else ''}"
    if value < 10:
        return "零一二三四五六七八九"[value]
    written, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            written += ("零" if pending_zero else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        elif written:
            pending_zero = True
    return written[1:] if 10 <= value < 20 else written


def _value(text: str) -> float | int | None:
    text = "".join(
        str(int(c)) if c.isdigit() and not c.isascii() and c.isdecimal() else c for c in text
    )
    text = text.strip().replace(",", "").replace("，", "")
    if not 0 < len(text) <= _MOST_DIGITS:
        return None
    if text[0] in "0123456789":
        return _arabic(text)
    return _chinese(text) if any(c in _DIGITS or c in _UNITS for c in text) else None


def _arabic(text: str) -> float | int | None:
    factor = _MYRIADS.get(text[-1], 1)
    digits = text[:-1] if factor > 1 else text
    if digits.isascii() and digits.isdigit():
        return int(digits) * factor
    if re.fullmatch(r"\d+\.\d+", digits, re.ASCII):
        return round(float(digits) * factor, 6)
    return None


def _chinese(text: str) -> int | None:
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = digit * 10 + _DIGITS[c] if digit and section == 0 and total == 0 else _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _MYRIADS:
            total = (
                (total + section + digit) * _MYRIADS[c]
                if c == "亿"
                else total + (section + digit) * _MYRIADS[c]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit
