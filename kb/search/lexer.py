"""A typed query cut into signs: quotations, words, brackets, operators, field names.

Nothing a person types is an error: whatever is not a sign is a word, and what was read otherwise
than it may have been meant is said in a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kb.law import dockets
from kb.search.fields import FIELDS, Field

_OPENING = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_OR = frozenset(("or", "|", "或", "或者", "||"))
_AND = frozenset(("and", "&", "与", "且", "并且", "&&"))
_NOT = frozenset(("not", "非", "不含", "!"))
_MINUS = "-－–—"
_BEFORE_FIELD_END = ":："
_DEEPEST = 16
UNCLOSED = "引号没有结束，已引到末尾"


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
    """A sign and what stands in it; start and end in the query. field: for FIELD only."""

    sign: Sign
    text: str
    start: int
    end: int
    field: Field | None = None


def lexemes(query: str, note: Callable[[str], None]) -> Iterator[Lexeme]:
    """The signs of a query in order. note: is called with what people should be told."""
    numbers = {span.start: span.end for span, _ in dockets.find(query)}
    groups = _groups(query)
    depth, at = 0, 0
    while at < len(query):
        character = query[at]
        if character.isspace():
            at += 1
        elif character in _OPENING:
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
        elif character in _MINUS and at + 1 < len(query) and not query[at + 1].isspace():
            yield Lexeme(Sign.NOT, character, at, at + 1)
            at += 1
        else:
            lexeme = _field(query, at) or _word(query, at, depth > 0, numbers)
            if lexeme.sign is not Sign.WORD or lexeme.text.lower() not in _AND:
                yield lexeme
            at = lexeme.end


def _quotation(query: str, start: int, note: Callable[[str], None]) -> Lexeme:
    """From an opening mark to the first closing one that ends a word; marks within are quoted."""
    closing = _OPENING[query[start]]
    at = query.find(closing, start + 1)
    while at >= 0 and not _ends(query, at + 1):
        at = query.find(closing, at + 1)
    if at < 0:
        at = query.rfind(closing, start + 1)
    if at < 0:
        note(UNCLOSED)
        return Lexeme(Sign.QUOTED, query[start + 1 :], start, len(query))
    return Lexeme(Sign.QUOTED, query[start + 1 : at], start, at + 1)


def _ends(query: str, at: int) -> bool:
    return at >= len(query) or query[at].isspace() or query[at] in ")）"


def _groups(query: str) -> frozenset[int]:
    """Where brackets open a group: they are closed, and more than one word stands in them."""
    opened: list[int] = []
    groups = set()
    last_sign = -1  # where something last stood that parts words or joins a field to its value
    for at, character in enumerate(query):
        if character in "(（":
            opened.append(at)
        elif character in ")）" and opened:
            start = opened.pop()
            # Blanks at the edge part nothing: the sign must stand before the last word within.
            if start < last_sign < len(query[:at].rstrip()) and query[start + 1 : at].strip():
                groups.add(start)
        elif character.isspace() or character in '"“「|:：':
            last_sign = at
    return frozenset(groups)


def _field(query: str, start: int) -> Lexeme | None:
    for at in range(start, min(len(query), start + 16)):
        if query[at] in _BEFORE_FIELD_END:
            name = query[start:at].lower()
            if name in FIELDS and query[at + 1 :].strip():
                return Lexeme(Sign.FIELD, name, start, at + 1, FIELDS[name])
            return None
        if query[at].isspace():
            return None
    return None


def _word(query: str, start: int, in_group: bool, numbers: dict[int, int]) -> Lexeme:
    at = start + 1
    while at < len(query) and not query[at].isspace() and at not in numbers:
        if query[at] in '"“＂「『' or (in_group and query[at] in ")）"):
            break
        at += 1
    text = query[start:at]
    if text.lower() in _OR:
        return Lexeme(Sign.OR, text, start, at)
    if text.lower() in _NOT and at < len(query):
        return Lexeme(Sign.NOT, text, start, at)
    return Lexeme(Sign.WORD, text, start, at)
