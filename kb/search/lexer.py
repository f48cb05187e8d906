"""A typed query cut into signs: quotations, words, brackets, operators, field names.

Nothing a person types is an error: whatever is not a sign is a word, and what was read otherwise
than it may have been meant is said in a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from kb.law import dockets
from kb.search.fields import FIELDS, MINUS, Field, provision
from kb.search.request import FacetName
from kb.search.sections import SECTION_FIELDS, Sections, section, section_fields
from kb.text.normalise import fold_text

# Input methods give any of these for either end of a quotation.
_DOUBLE = '"“”„‟＂〝〞'
_PARTNERS = {"“": "”", "「": "」", "『": "』", "‘": "’", "〝": "〞"}
QUOTATION_MARKS = frozenset(_DOUBLE) | _PARTNERS.keys()
"""What a quotation may begin with."""
_OR = frozenset(("or", "|", "或", "或者", "||"))
_AND = frozenset(("and", "&", "与", "且", "并且", "&&", "+", "和", "及", "以及", "、", ","))
_NOT = frozenset(("not", "非", "不含", "不包含", "排除", "!"))
_MINUS = MINUS + "!！"
_BARS = "|｜"
_COLONS = ":：﹕︓∶"
_FIELD_NAMES = FIELDS.keys() | section_fields().keys() | set(SECTION_FIELDS)
_DEEPEST = 16
_LONGEST_NAME = 20
_TYPED = 200  # a longer query was pasted: its colons are not slips of the hand
_NAME = re.compile(r"[^\W\d_]{2,10}")
_VALUE = re.compile(r"\s*(?!//)\S")
_YEARS = re.compile(
    r"\s*(?:[.…]{1,3}\s*)?\d{4}\s*年?\s*(?:(?:\.{2,}|…+|[-–—－~～至到])\s*(?:\d{4}\s*年?|今)?|以来|以后|以前|之前|之后|起)?"
)
_PART_NAME = re.compile(r"""\s*["“”「『]?([^\s"“”「」『』()（）:：]+)["“”」』]?\s*[:：]?""")
_LISTED = re.compile(r"[,，、|｜/]")
# “甲”或“乙”, “甲”、“乙”: what may join two quotations without a blank.
_JOINS = re.compile(
    rf"(?:或者?|以?及|和|与|并?且|[、,，|｜&]|or|and)?[{''.join(sorted(QUOTATION_MARKS - {'”'}))}]",
    re.IGNORECASE,
)
UNCLOSED = "引号没有结束，已引到末尾"

Note = Callable[[str], None]


class Sign(Enum):
    WORD = auto()
    QUOTED = auto()
    NUMBER = auto()
    OR = auto()
    NOT = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A sign and what stands in it; start and end in the query. FIELD has a field, or the parts of
    the record that it names."""

    sign: Sign
    text: str
    start: int
    end: int
    field: Field | None = None
    sections: Sections | None = None


def lexemes(query: str, note: Note) -> Iterator[Lexeme]:
    """The signs of a query in order. note: is called with what people should be told."""
    numbers = _numbers(query)
    groups = _groups(query)
    depth, at = 0, 0
    while at < len(query):
        character = query[at]
        if character.isspace() or _plus(query, at):
            at += 1
        elif character in QUOTATION_MARKS:
            lexeme = _quotation(query, at, note)
            yield lexeme
            at = lexeme.end
        elif at in numbers:
            yield Lexeme(Sign.NUMBER, query[at : numbers[at]], at, numbers[at])
            at = numbers[at]
        elif at in groups and depth < _DEEPEST:
            yield Lexeme(Sign.OPEN, character, at, at + 1)
            depth, at = depth + 1, at + 1
        elif character in ")）" and depth:
            yield Lexeme(Sign.CLOSE, character, at, at + 1)
            depth, at = depth - 1, at + 1
        elif character in _BARS:
            yield Lexeme(Sign.OR, character, at, at + 1)
            at += 1
        elif character in _MINUS and at + 1 < len(query) and not query[at + 1].isspace():
            yield Lexeme(Sign.NOT, character, at, at + 1)
            at += 1
        elif lexeme_of_field := _field(query, at, note):
            yield lexeme_of_field
            at = lexeme_of_field.end
            if lexeme_of_field.field is FacetName.YEAR and (years := _YEARS.match(query, at)):
                yield Lexeme(Sign.WORD, years.group().strip(), at, years.end())
                at = years.end()
        else:
            lexeme = _word(query, at, depth > 0, numbers, groups)
            if lexeme.sign is not Sign.WORD or fold_text(lexeme.text) not in _AND:
                yield lexeme
            at = lexeme.end


def _plus(query: str, at: int) -> bool:
    """A sign that a word must stand, as search engines have it; all words must, here."""
    return query[at] in "+＋" and (at == 0 or query[at - 1].isspace())


def _numbers(query: str) -> dict[int, int]:
    """Where numbers of cases and papers begin and end. Of several words before the year only the
    last can be the number's own: 食品 渝中府复〔2024〕85号."""
    found = {}
    for span, _ in dockets.find(query):
        raw = span.of(query)
        year = re.search(r"[(（〔［\[【﹝]|\d", raw)
        before = raw[: year.start()].rstrip() if year else ""
        own = max((at + 1 for at, c in enumerate(before) if c.isspace()), default=0)
        found[span.start + own] = span.end
    return found


def _quotation(query: str, start: int, note: Note) -> Lexeme:
    """From an opening mark to the first closing one that ends a word; marks within are quoted."""
    mark = query[start]
    own = _PARTNERS.get(mark, mark)
    for closing in (own, _DOUBLE if mark in _DOUBLE else own):
        at = -1
        for match in re.compile(f"[{closing}]").finditer(query, start + 1):
            at = match.start()
            if _ends_quotation(query, at + 1):
                break
        if at >= 0:
            return Lexeme(Sign.QUOTED, query[start + 1 : at], start, at + 1)
    if query[start + 1 :].strip():
        note(UNCLOSED)
    return Lexeme(Sign.QUOTED, query[start + 1 :], start, len(query))


def _ends(query: str, at: int) -> bool:
    return at >= len(query) or query[at].isspace() or query[at] in ")）|｜"


def _ends_quotation(query: str, at: int) -> bool:
    """Whether a mark before this place ends a quotation: a blank, the end, or another quotation
    follows, perhaps behind a word that joins them."""
    return _ends(query, at) or _JOINS.match(query, at) is not None


def _groups(query: str) -> frozenset[int]:
    """Where brackets open a group: they are closed, and more than one word stands in them, or what
    they leave out: (-罚款), or they hold all that a field asks for: 典型意义:(比例原则). Brackets
    that are quoted open and close nothing."""
    opened: list[int] = []
    groups = set()
    last_sign = -1  # where something last stood that parts words or joins a field to its value
    at = 0
    while at < len(query):
        character = query[at]
        if character in QUOTATION_MARKS:
            last_sign, at = at, _quotation(query, at, _no_note).end
            continue
        if character in "(（":
            opened.append(at)
        elif character in ")）" and opened:
            start = opened.pop()
            inside = query[start + 1 : at].rstrip()
            # Blanks at the edge part nothing: the sign must stand before the last word within.
            several = start < last_sign < start + 1 + len(inside) or _leaves_out(query, start)
            if inside and (several or (_ends(query, at + 1) and _is_value(query, start))):
                groups.add(start)
        elif character.isspace() or character in _BARS + _COLONS:
            last_sign = at
        at += 1
    return frozenset(groups)


def _no_note(_note: str) -> None:
    """Brackets are looked for before the query is read; what is to be told is told then."""


def _leaves_out(query: str, start: int) -> bool:
    """Whether a bracket begins a word, and a minus and something more stand behind it."""
    begins = start == 0 or query[start - 1].isspace() or query[start - 1] in "(（" + _MINUS
    behind = query[start + 1 : start + 3]
    return begins and len(behind) == 2 and behind[0] in _MINUS and behind[1] not in " )）"


def _is_value(query: str, start: int) -> bool:
    """Whether a bracket stands behind a field's colon, or the name of a part: 段落:事实(转包)."""
    word = query[max(0, start - _LONGEST_NAME) : start].rstrip().rpartition(" ")[2]
    name, colon, part = word.partition(next((c for c in _COLONS if c in word), ":"))
    return bool(colon) and (not part or fold_text(name) in SECTION_FIELDS)


def _field(query: str, start: int, note: Note) -> Lexeme | None:
    """A field's name with its colon, and something to look for behind it."""
    colon = _colon(query, start)
    if colon is None or not query[colon + 1 :].strip():
        return None
    typed = query[start:colon].strip()
    name = fold_text(typed)
    if name in SECTION_FIELDS:
        return _part(query, start, colon + 1, note)
    if name in _FIELD_NAMES:
        field = FIELDS.get(name)
        sections = None if field else section_fields()[name]
        return Lexeme(Sign.FIELD, name, start, colon + 1, field, sections)
    if _NAME.fullmatch(name) and _VALUE.match(query, colon + 1) and not provision(typed):
        near = get_close_matches(name, FIELDS, 1, 0.6) if len(query) < _TYPED else []
        hint = f"，是不是“{near[0]}:”" if near else ""
        note(f"“{typed}”不是检索字段，已按词检索{hint}")
    return None


def _colon(query: str, start: int) -> int | None:
    """Where the colon stands that a word, or a word and a blank, begins with."""
    at = start
    while at < min(len(query), start + _LONGEST_NAME) and not query[at].isspace():
        if query[at] in _COLONS:
            return at
        at += 1
    while at < len(query) and query[at].isspace():
        at += 1
    known = at < len(query) and query[at] in _COLONS
    return at if known and fold_text(query[start:at]) in _FIELD_NAMES else None


def _part(query: str, start: int, at: int, note: Note) -> Lexeme | None:
    """段落: with the parts it names: 段落:典型意义, 段落:事实,理由. Without a part that is known,
    what follows is words."""
    match = _PART_NAME.match(query, at)
    if match is None:
        return None
    named = [section(name) for name in _LISTED.split(match[1]) if name]
    known = frozenset(role for part in named if part for role in part.roles)
    if not known:
        note(f"没有叫“{match[1]}”的段落，已按词检索")
        return Lexeme(Sign.WORD, match[1], start, match.end(1))
    sections = Sections(known)
    return Lexeme(Sign.FIELD, query[start : match.end()], start, match.end(), None, sections)


def _word(
    query: str, start: int, in_group: bool, numbers: dict[int, int], groups: frozenset[int]
) -> Lexeme:
    at = start + 1
    while at < len(query) and not query[at].isspace() and at not in numbers and at not in groups:
        if query[at] in QUOTATION_MARKS or query[at] in _BARS or (in_group and query[at] in ")）"):
            break
        at += 1
    text = query[start:at]
    folded = fold_text(text)
    if folded in _OR:
        return Lexeme(Sign.OR, text, start, at)
    if folded in _NOT and at < len(query):
        return Lexeme(Sign.NOT, text, start, at)
    return Lexeme(Sign.WORD, text, start, at)
