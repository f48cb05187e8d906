"""The day a formal paper closes with: 二〇二四年五月六日 under the seal."""

from __future__ import annotations

import re
from datetime import date

from ingest.extract.evidence import quoted
from ingest.extract.parts import bodies, is_paper
from kb.model import Claim, Content, Role, Span
from kb.text.normalise import fold
from kb.text.numerals import number

_DIGIT = "〇零一二三四五六七八九"
_ZERO = str.maketrans("o0", "〇〇")
_WORDS = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[{_DIGIT}o0]{{4}})年(?P<month>\d{{1,2}}|[{_DIGIT}十]{{1,2}})月"
    rf"(?P<day>\d{{1,2}}|[{_DIGIT}十]{{1,3}})日"
)
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})")
# 20221110日: 年 and 月 were lost on the way to the page; two digits each leave no doubt.
_LOST = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)日")
_FORMS = {
    "decided.closing": _WORDS,
    "decided.closing.digits": _DIGITS,
    "decided.closing.lost": _LOST,
}
_OPENS_TERM = re.compile("[起前后内之至的作向,]|以前|以后")
_BEFORE = 40  # of a line: the organ may stand before the day


def closing_day(content: Content) -> Claim[date] | None:
    """The first line of the closing that ends in a day, and the day it says; None where there is
    none, or it is no day of the calendar."""
    if not is_paper(content):
        return None
    for body in bodies(content, Role.TAIL):
        for line in re.finditer(r"[^\n]+", body.of(content.text)):
            folded = fold(line.group())
            for rule, form in _FORMS.items():
                for match in form.finditer(folded.text):
                    behind = folded.text[match.end() :]
                    if match.start() > _BEFORE or len(behind) > 1 or "," in folded.text:
                        continue
                    if day := _date(match):
                        span = folded.span(match.start(), match.end())
                        start = body.start + line.start()
                        place = Span(start + span.start, start + span.end)
                        return Claim(day, quoted(rule, content.text, place))
        if last := _last_day(content, body):
            return last
    return None


def _last_day(content: Content, body: Span) -> Claim[date] | None:
    """Of a closing that lost its line breaks: the last day that opens no term (自…起)."""
    folded = fold(body.of(content.text))
    for match in reversed(list(_WORDS.finditer(folded.text))):
        behind = folded.text[match.end() : match.end() + 4]
        if not _OPENS_TERM.match(behind) and (day := _date(match)):
            span = folded.span(match.start(), match.end())
            place = Span(body.start + span.start, body.start + span.end)
            return Claim(day, quoted("decided.closing.run_on", content.text, place))
    return None


def _date(match: re.Match[str]) -> date | None:
    year = match["year"]
    if not year.isdigit() or not year.isascii():
        year = year.translate(_ZERO)
    try:
        return date(number(year) or 0, number(match["month"]) or 0, number(match["day"]) or 0)
    except ValueError:
        return None
