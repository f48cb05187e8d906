"""Numbers at the start of a line: those that name a case (案例一, CASE 01) and plain ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text.numerals import number

# What pages set around a heading or before a number for show: the inside of a class of characters.
SHOW = (
    r"\s\u200b\u200c\ufeff#*＊=_~～|｜丨┃▏▎▍▌▋▊▉█•·•‧∙●○◎◉⊙★☆※→➤➢➔►▶▷▸▹◆◇■□▪▫▲△▼▽◢◣◤◥♦♢✦✧❖✪✫✬✭✮✯"
    r"\u2190-\u21ff\u25a0-\u25ff\u2600-\u2767\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff〓§>»\-—–"
)
DECORATION = f"[{SHOW}]*"
_CHINESE = r"[〇零一二三四五六七八九十百]{1,4}"
_DIGITS = r"[0-9０-９]{1,3}"
_SHORT = r"[0-9０-９]{1,2}"
_ANY = rf"(?:{_CHINESE}|{_DIGITS})"
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_WORD = rf"(?:{_SHORT}|{'|'.join(_ENGLISH)})"
_OPEN, _CLOSE = r"[【\[［〖「『〔（(《<]", r"[】\]］〗」』〕）)》>]"
_STOP = r"(?:\s*[：:、.．。|｜丨·—–\-~～/，,]+\s*|\s+|$|(?=[《【“\"「]))"

_CASE_WORD = (
    r"(?:(?:行政复议|行政诉讼|行政审判|行政执法|行政|复议|涉企)?"
    r"(?:典型|参考|示范|优秀|精选)?(?:案例|事例)|案件)"
)
_STRONG: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "guiding",
        re.compile(rf"{_OPEN}?\s*指导性?案例\s*第?\s*({_DIGITS})\s*号\s*{_CLOSE}?{_STOP}?"),
    ),
    (
        "case",
        re.compile(
            rf"{_OPEN}?\s*{_CASE_WORD}\s*(?:之|第)?\s*{_OPEN}?\s*({_ANY})\s*"
            rf"(?:{_CLOSE}{{1,2}}{_STOP}?|{_STOP})"
        ),
    ),
    (
        "nth",
        re.compile(rf"{_OPEN}?\s*第\s*({_ANY})\s*(?:案例|[案例则])\s*(?:{_CLOSE}{_STOP}?|{_STOP})"),
    ),
    ("short", re.compile(rf"{_OPEN}?\s*案\s*({_ANY})\s*{_CLOSE}?(?:\s*[：:、|｜丨]\s*|\s+|$)")),
    ("english", re.compile(rf"case\s*(?:no\.?\s*)?({_WORD})\b{_CLOSE}?{_STOP}?", re.I)),
)
# 案例一 with its title right behind it, no mark between.
_JOINED = re.compile(rf"{_CASE_WORD}\s*({_ANY})(?=[\u3400-\u9fff])")
_NOT_A_TITLE = re.compile(
    r"[般定律些样直起个共方致旦经次度则例批期号览篇条件中的和与至及到里是系选大佳余多等、]"
)

_WEAK: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(rf"({_CHINESE})\s*[、.．：:]\s*")),
    ("（一）", re.compile(rf"[（(]\s*({_CHINESE})\s*[)）]\s*[、.．：:]?\s*")),
    ("（1）", re.compile(rf"(?:[（(]\s*({_SHORT})\s*[)）]|({_SHORT})\s*[)）])\s*[、.．：:]?\s*")),
    ("【一】", re.compile(rf"[【\[［〖]\s*({_CHINESE}|{_SHORT})\s*[】\]］〗]\s*")),
    ("1.", re.compile(rf"({_SHORT})\s*[.．、：:]\s*(?![0-9０-９])")),
    (
        "01",
        re.compile(rf"({_SHORT})(?:\s*[/|｜丨·—–\-]+\s*(?![0-9０-９])|\s+(?![0-9０-９年月日])|$)"),
    ),
    ("一", re.compile(rf"({_CHINESE})(?:\s*[/|｜丨]\s*|\s+|$)")),
    ("①", re.compile(r"([①-⑳㈠-㈩❶-❿])\s*")),
    ("PART", re.compile(rf"(?:part|no|top)\s*[.．]?\s*({_WORD})(?![a-z0-9]){_STOP}?", re.I)),
    ("第一部分", re.compile(rf"第\s*({_CHINESE}|{_SHORT})\s*(?:部分|篇|章|节|类){_STOP}")),
)
# What the patterns above begin with: nearly every line of text is told from a number by this alone.
_OPENS_STRONG = re.compile(rf"{_OPEN}|[行复涉典参示优精案事指第c]", re.I)
_OPENS_WEAK = re.compile(r"[〇零一二三四五六七八九十百0-9０-９（(【\[［〖①-⑳㈠-㈩❶-❿第pnt]", re.I)
_DECORATED = re.compile(DECORATION)
_LONGEST = 200  # characters that a number with all its marks and white space takes at most


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a line.

    style: the way it is written, the same for marks of one list. names_case: 案例一 and its like,
    which nothing but a case bears. rest_at: where the words after it begin, in the line.
    """

    style: str
    number: int
    rest_at: int
    names_case: bool

    def rest(self, line: str) -> str:
        return line[self.rest_at :].strip()


def mark(line: str) -> Mark | None:
    """The number a line starts with, marks of show before it aside; None if there is none."""
    return case_mark(line) or ordinal(line)


def case_mark(line: str) -> Mark | None:
    """A number that names a case."""
    start = _decoration(line)
    if start > _LONGEST or not _OPENS_STRONG.match(line, start):
        return None
    head = line[: start + _LONGEST]
    for style, pattern in _STRONG:
        if (match := pattern.match(head, start)) and not _counts_cases(line[match.end() :]):
            return _mark(style, match, names_case=True)
    if match := _JOINED.match(head, start):
        rest = line[match.end() :]
        case_like = re.search(r"不服|诉|案[。”\"）)]*$", rest.strip())
        if len(rest) <= 90 and case_like and not _NOT_A_TITLE.match(rest):
            return _mark("case", match, names_case=True)
    return None


def ordinal(line: str) -> Mark | None:
    """A plain ordinal: 一、 （一） 1. 01 ① PART 01 …, of a case, a section or a paragraph."""
    start = _decoration(line)
    if not _OPENS_WEAK.match(line, start):
        return None
    head = line[: start + _LONGEST]
    for style, pattern in _WEAK:
        if match := pattern.match(head, start):
            return _mark(style, match, names_case=False)
    return None


def _mark(style: str, match: re.Match[str], *, names_case: bool) -> Mark | None:
    word = next(group for group in match.groups() if group)
    value = _ENGLISH.get(word.lower()) or _circled(word) or number(word)
    return Mark(style, value, match.end(), names_case) if value else None


def _circled(word: str) -> int | None:
    for first in "①㈠❶":
        if len(word) == 1 and 0 <= ord(word) - ord(first) < 20:
            return ord(word) - ord(first) + 1
    return None


def _counts_cases(rest: str) -> bool:
    """案例一、案例二均…: a sentence about cases, not a case."""
    return bool(re.match(r"(?:典型)?案例|[一二三四五六七八九十\d]{1,3}[、和与及]", rest.strip()))


def _decoration(line: str) -> int:
    match = _DECORATED.match(line)
    return match.end() if match else 0
