"""The numbers Word shows before paragraphs but keeps outside their text: 一、 （一） 1."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DECIMAL = ("decimal", "decimalHalfWidth", "numberInDash", "ordinal", "cardinalText")
_COUNTING = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTen", "taiwaneseDigital",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. form: Word's name for the kind of numeral; text: "（%1）"."""

    form: str
    text: str
    start: int
    legal: bool
    restart: int | None


class Numbering:
    """Counts a document's numbered paragraphs as Word does.

    numbering, styles: the roots of numbering.xml and styles.xml, None where absent.
    unknown: the kinds of numerals met that cannot be written out; decimal ones stand for them.
    """

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self.unknown: set[str] = set()
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()
        self._overrides: dict[tuple[str, int], int] = {}
        self._styles = _style_numbers(styles) if styles is not None else {}
        if numbering is not None:
            self._learn(numbering)

    def of(self, properties: Any | None, style: str) -> str:
        """The number of the next paragraph, "" where it has none.

        properties: its w:pPr; style: the id of its style. Call once per paragraph, in order.
        """
        number, level = self._styles.get(style, ("", 0))
        own = properties.find(f"{_W}numPr") if properties is not None else None
        if own is not None:
            number = _value(own.find(f"{_W}numId")) or number
            level = int(_value(own.find(f"{_W}ilvl")) or level)
        levels = self._levels.get(number)
        if number in ("", "0") or not levels or level not in levels:
            return ""
        self._count(number, level, levels)
        return self._written(number, level, levels)

    def _learn(self, root: Any) -> None:
        abstracts = {
            node.get(f"{_W}abstractNumId"): {
                int(found.get(f"{_W}ilvl")): _level(found) for found in node.findall(f"{_W}lvl")
            }
            for node in root.findall(f"{_W}abstractNum")
        }
        for node in root.findall(f"{_W}num"):
            number = node.get(f"{_W}numId")
            abstract = _value(node.find(f"{_W}abstractNumId"))
            levels = dict(abstracts.get(abstract, {}))
            for override in node.findall(f"{_W}lvlOverride"):
                level = int(override.get(f"{_W}ilvl"))
                start = _value(override.find(f"{_W}startOverride"))
                if start:
                    self._overrides[number, level] = int(start)
                if override.find(f"{_W}lvl") is not None:
                    levels[level] = _level(override.find(f"{_W}lvl"))
            self._levels[number] = levels
            self._abstract[number] = abstract

    def _count(self, number: str, level: int, levels: dict[int, _Level]) -> None:
        counters = self._counters[self._abstract[number]]
        restarted = (number, level) in self._overrides and (number, level) not in self._started
        self._started.add((number, level))
        if restarted:
            counters[level] = self._overrides[number, level]
        else:
            counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in counters if n > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and restart > level):
                del counters[deeper]

    def _written(self, number: str, level: int, levels: dict[int, _Level]) -> str:
        shown = levels[level]
        if shown.form == "bullet":
            return ""
        counters = self._counters[self._abstract[number]]
        text = shown.text
        for above in range(level + 1):
            mark = f"%{above + 1}"
            if mark in text:
                form = levels[above].form if above in levels else "decimal"
                count = counters.get(above, levels[above].start if above in levels else 1)
                written = str(count) if shown.legal else self._numeral(count, form)
                text = text.replace(mark, written)
        return text

    def _numeral(self, count: int, form: str) -> str:
        written = numeral(count, form)
        if written is None:
            self.unknown.add(form)
            return str(count)
        return written


def numeral(count: int, form: str) -> str | None:
    """A number in one of Word's forms (ST_NumberFormat of ECMA-376), None where it is not known."""
    if form in _DECIMAL:
        return str(count)
    if form in _COUNTING:
        if form in ("ideographDigital", "taiwaneseDigital"):
            return "".join(_DIGITS[int(digit)] for digit in str(count))
        return _counted(count, _DIGITS, "十百千")
    if form == "chineseLegalSimplified":
        return _counted(count, _LEGAL_DIGITS, "拾佰仟")
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(0x245F + count)
    if form == "decimalEnclosedParen" and 1 <= count <= 20:
        return chr(0x2473 + count)
    if form == "ideographTraditional" and 1 <= count <= 10:
        return _STEMS[count - 1]
    if form == "ideographZodiac" and 1 <= count <= 12:
        return _BRANCHES[count - 1]
    if form in ("lowerLetter", "upperLetter") and count >= 1:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return "" if form == "none" else None


def _counted(count: int, digits: str, units: str) -> str:
    if count <= 0 or count >= 10_000:
        return str(count)
    written, gap = "", False
    for power in range(3, -1, -1):
        digit = count // 10**power % 10
        if digit:
            zero = (digits[0] if digits is _LEGAL_DIGITS else "零") if gap and written else ""
            written += zero + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    if digits is _DIGITS and written.startswith("一十"):
        return written[1:]
    return written


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def _level(node: Any) -> _Level:
    restart = _value(node.find(f"{_W}lvlRestart"))
    form = node.find(f"{_W}numFmt")
    if form is None:  # newer Word wraps forms it thinks others may not know
        form = next(iter(node.iter(f"{_W}numFmt")), None)
    return _Level(
        form=_value(form) or "decimal",
        text=_value(node.find(f"{_W}lvlText")),
        start=int(_value(node.find(f"{_W}start")) or 1),
        legal=node.find(f"{_W}isLgl") is not None,
        restart=int(restart) if restart else None,
    )


def _style_numbers(styles: Any) -> dict[str, tuple[str, int]]:
    """The list and level that a style gives its paragraphs, its ancestors' where it has none."""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in styles.findall(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        parents[name] = _value(style.find(f"{_W}basedOn"))
        found = style.find(f"{_W}pPr/{_W}numPr")
        if found is not None:
            number = _value(found.find(f"{_W}numId"))
            own[name] = (number, int(_value(found.find(f"{_W}ilvl")) or 0))
    resolved = {}
    for name in parents:
        seen, at = set(), name
        while at and at not in own and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at in own:
            resolved[name] = own[at]
    return resolved


def _value(node: Any | None) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")
