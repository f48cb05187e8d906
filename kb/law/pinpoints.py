"""Reads 第…条第…款第…项 in a folded text, however written; lists and ranges are taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.law.provisions import Pinpoint
from kb.text.numerals import number

UNITS = "条款项目"
NUMERAL = "(?:[0-9]{1,4}|[〇零一二三四五六七八九十百千]{1,9})"
# Not 第三条大街, 第一项目部.
_UNIT = "(?:条(?!大街|街|巷|胡同|马路)|款|项(?!目)|目)"
_ONE = rf"第?\(?{NUMERAL}\)?"
_AND = "(?:以及|或者|并且|[、,和及与或])"
_TO = "(?:[至到]|[~-]{1,2})"
# 第二十七、二十八条; 第三至五条; 第(四)、(五)项; 第(一)(二)项; 第一百二十条之一
_GROUP = re.compile(
    rf"{_ONE}(?:(?:{_AND}|{_TO}){_ONE}|\({NUMERAL}\)){{0,30}}(?P<unit>{_UNIT})"
    rf"(?P<inserted>之{NUMERAL}(?![条款项目号]))?"
)
_SEPARATOR = re.compile(rf"(?P<to>{_TO})|{_AND}")
# 第三十三条的第一款, 第七十条中第(二)项
_NARROWER = re.compile(rf"(?:中的|[的中之])(?=第\(?{NUMERAL}\)?(?:款|项(?!目)))")
_PIECE = re.compile(rf"(?P<sep>{_TO}|{_AND})?第?\(?(?P<number>{NUMERAL})\)?")
# 第一百二十条之一、之二; 第一百二十条之一至之三
_MORE_INSERTED = re.compile(
    rf"(?:(?P<to>{_TO})|{_AND})之(?P<number>{NUMERAL})(?![条款项目号0-9〇零一二三四五六七八九十百千])"
)
_LONGEST_RANGE = 100


@dataclass(frozen=True, slots=True)
class Read:
    """A pinpoint read at start..end of a folded text. Those of one range share their stretch."""

    start: int
    end: int
    at: Pinpoint


def read_pinpoints(text: str, start: int, base: Pinpoint | None = None) -> list[Read]:
    """The pinpoints written from `start` of a folded text on: lists and ranges taken apart.

    base: what a text that starts with 款, 项 or 目 belongs to (该条第二款); without it the text
    must start with an article. Empty where nothing can be read.
    """
    reads: list[Read] = []
    position, level, joined_by = start, 0 if base is None else 1, ""
    current = base or Pinpoint()
    while match := _GROUP.match(text, position):
        unit = UNITS.index(match["unit"])
        if not _may_follow(unit, level, joined_by, first=not reads, rooted=base is not None):
            break
        group = _numbers(match, current, unit)
        if not group:
            break
        if joined_by == "to":
            group = _range(reads[-1], group[0], unit) + group[1:]
            reads.pop()
        elif reads and not joined_by:  # 第三条第二款: the narrower place replaces the wider
            group[0] = Read(reads.pop().start, group[0].end, group[0].at)
        reads += group
        position = (
            _read_more_inserted(text, match.end(), reads) if match["inserted"] else match.end()
        )
        current, level = reads[-1].at, unit
        joined_by = ""
        if narrower := _NARROWER.match(text, position):
            position = narrower.end()
            continue
        separator = _SEPARATOR.match(text, position)
        if separator and (following := _GROUP.match(text, separator.end())):
            if not _joins(following, current, level, bool(separator["to"])):
                break
            joined_by, position = "to" if separator["to"] else "and", separator.end()
    return reads


def places_before(at: Pinpoint, unit: str, count: str) -> list[Pinpoint]:
    """What 前款, 前两款, 前条, 前项 mean where `at` was cited last; empty where unknown."""
    back = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3}[count]
    if unit == "款" and at.paragraph is not None:
        if at.paragraph == 1 and back == 1:
            return [Pinpoint(at.article, 1)]  # a writer looks back at what he has just cited
        first = at.paragraph - back
        if first >= 1:
            return [Pinpoint(at.article, n) for n in range(first, at.paragraph)]
    if unit == "条" and isinstance(at.article, int) and at.article > back:
        return [Pinpoint(n) for n in range(at.article - back, at.article)]
    if unit == "项" and at.item is not None and at.item > back:
        items = range(at.item - back, at.item)
        return [Pinpoint(at.article, at.paragraph, n) for n in items]
    return []


def _may_follow(unit: int, level: int, joined_by: str, *, first: bool, rooted: bool) -> bool:
    if first:
        return unit == 0 if not rooted else unit >= level
    return bool(joined_by) or unit > level


def _joins(match: re.Match[str], current: Pinpoint, level: int, ranged: bool) -> bool:
    """Whether a group after 、 or 至 goes on with the list: not 第三条和两项要求."""
    unit = UNITS.index(match["unit"])
    if not ranged and unit == 0 < level and not match[0].startswith("第"):
        # 第三十三条第一款、三十四条 goes on; 第三十三条第一款和三条理由 does not.
        following, article = _numbers(match, current, 0), current.article
        last = int(str(article).partition("之")[0]) if article else 0
        return bool(following) and (_value(following[0].at, 0) or 0) > last > 0
    if ranged:
        return unit == level
    return match[0].startswith("第") or unit == level or (match[0][0] == "(" and unit > 0)


def _numbers(match: re.Match[str], current: Pinpoint, unit: int) -> list[Read]:
    """The members of one group, e.g. of 第(四)、(五)项."""
    offset, body = match.start(), match[0]
    end_of_numbers = match.start("unit") - offset
    reads: list[Read] = []
    position = 0
    while position < end_of_numbers and (piece := _PIECE.match(body, position)):
        value = number(piece["number"])
        if value is None or value == 0:
            return []
        start = offset + piece.end("sep") if piece["sep"] else offset + piece.start()
        read = Read(start, offset + piece.end(), _at(current, unit, value))
        if piece["sep"] and re.fullmatch(_TO, piece["sep"]) and reads:
            reads[-1:] = _range(reads[-1], read, unit)
        else:
            reads.append(read)
        position = piece.end()
    if not reads:
        return []
    last = reads[-1]
    if match["inserted"]:
        inserted = number(match["inserted"][1:])
        reads[-1] = replace(last, at=replace(last.at, article=f"{last.at.article}之{inserted}"))
    return [Read(r.start, match.end(), r.at) if r.end == last.end else r for r in reads]


def _read_more_inserted(text: str, position: int, reads: list[Read]) -> int:
    """Adds to an inserted article those named by 之 alone: 、之二, 至之三. Returns their end."""
    while match := _MORE_INSERTED.match(text, position):
        inserted, last = number(match["number"]), reads[-1]
        if not inserted:
            break
        main = str(last.at.article).partition("之")[0]
        read = Read(match.start("number") - 1, match.end(), Pinpoint(f"{main}之{inserted}"))
        reads[-1:] = _range(last, read, 0) if match["to"] else [last, read]
        position = match.end()
    return position


def _range(low: Read, high: Read, unit: int) -> list[Read]:
    """第三条至第五条: 3, 4, 5, each with the whole range as its stretch."""
    if unit == 0 and (inserted := _inserted_range(low, high)):
        return inserted
    first, last = _value(low.at, unit), _value(high.at, unit)
    if first is None or last is None or not first < last <= first + _LONGEST_RANGE:
        return [low, high]
    return [Read(low.start, high.end, _at(low.at, unit, value)) for value in range(first, last + 1)]


def _inserted_range(low: Read, high: Read) -> list[Read]:
    """第一百二十条之一至第一百二十条之三: 之一, 之二, 之三; empty where it is no such range."""
    main, _, first = str(low.at.article).partition("之")
    same, _, last = str(high.at.article).partition("之")
    if main != same or not last or not int(first or 0) < int(last) <= _LONGEST_RANGE:
        return []
    begun = [] if first else [Read(low.start, high.end, low.at)]
    inserted = range(int(first or 1), int(last) + 1)
    return begun + [Read(low.start, high.end, Pinpoint(f"{main}之{n}")) for n in inserted]


def _value(at: Pinpoint, unit: int) -> int | None:
    value = (at.article, at.paragraph, at.item, at.subitem)[unit]
    return value if isinstance(value, int) else None


def _at(current: Pinpoint, unit: int, value: int) -> Pinpoint:
    match unit:
        case 0:
            return Pinpoint(value)
        case 1:
            return Pinpoint(current.article, value)
        case 2:
            return Pinpoint(current.article, current.paragraph, value)
        case _:
            return replace(current, subitem=value)
