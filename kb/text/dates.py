"""Days as Chinese pages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kb.model import Span
from kb.text.normalise import fold
from kb.text.numerals import number

_CHINESE = "〇零一二三四五六七八九十"
_DAY = re.compile(
    rf"(?<!\d)(?<!\d\.)(?P<year>(?:19|20)\d\d|[{_CHINESE}]{{4}})年"
    rf"(?P<month>\d{{1,2}}|[{_CHINESE}]{{1,2}})月(?P<day>\d{{1,2}}|[{_CHINESE}]{{1,3}})日"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d\.)(?P<year>(?:19|20)\d\d)[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})(?!\d)"
)


def days(text: str) -> Iterator[tuple[date, Span]]:
    """The full days that a text writes in words (2024年5月6日, 二〇二四年五月六日), in order."""
    folded = fold(text)
    for match in _DAY.finditer(folded.text):
        if day := _date(match):
            yield day, folded.span(match.start(), match.end())


def any_day(text: str) -> date | None:
    """The first day in words or digits (2024-05-06 10:00), for lines known to hold one."""
    spaced = re.sub(r"(?<=[-./年月])\s+|\s+(?=[-./年月日])", "", text)
    match = _DAY.search(spaced) or _NUMERIC.search(spaced)
    return _date(match) if match else None


def written(day: date) -> str:
    """A day in words: 2024年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _date(match: re.Match[str]) -> date | None:
    year, month, day = (number(match[part]) for part in ("year", "month", "day"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
