"""What stands unfinished at the end of a search box, and how a value is put in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.law.statutes import name_key, registry
from kb.search.fields import FIELDS, Field
from kb.search.lexer import UNCLOSED, Lexeme, Sign, lexemes
from kb.text.normalise import fold_text

_OPENED = re.compile(r"(?:[(（](?!\d))+")  # a group begun, or the year of a number
_LISTED = re.compile(r"[,，、]")
_NUMBER = re.compile(r"第?[0-9０-９一二三四五六七八九十百]")
# A name with a blank, a comma or brackets is quoted, by marks that it does not hold itself.
_FORMS = ("{}", "“{}”", '"{}"', "「{}」")
NAMES: dict[Field, str] = {}
"""What to write for each field: the shortest of its Chinese names."""
for _name, _field in FIELDS.items():
    if not _name.isascii() and len(_name) < len(NAMES.get(_field, _name + " ")):
        NAMES[_field] = _name


@dataclass(frozen=True, slots=True)
class Pending:
    """The sign that is being typed. before: what stands in front of it and stays, the name of its
    field included. field: None where none was typed. listed: it follows another value and a
    comma."""

    before: str
    text: str
    field: Field | None = None
    listed: bool = False

    def completed(self, field: Field, value: str) -> str | None:
        """The whole box with a value of a field in the place of the sign, so written that it is
        read as that and nothing else; None where it cannot be."""
        written = _written(field, value)
        if written is None or (self.listed and written != value):
            return None
        named = "" if self.field else f"{NAMES[field]}:"
        return f"{self.before}{named}{written}"


def pending(typed: str) -> Pending | None:
    """The sign at the end of what is typed; None behind a blank, a bracket or a finished
    quotation, where nothing is begun."""
    notes: list[str] = []
    signs = list(lexemes(typed, notes.append))
    if not signs:
        return None
    last, before = signs[-1], signs[-2] if len(signs) > 1 else None
    word = fold_text(last.text)
    if last.sign is Sign.WORD and word.endswith(":") and (begun := FIELDS.get(word[:-1])):
        return Pending(typed, "", begun)
    if typed[-1].isspace():
        return None
    field = before.field if before else None
    if before and before.sign is Sign.FIELD and not field:
        return None  # words are looked for in a part of the text, where nothing is filed
    if last.sign is Sign.QUOTED and field and UNCLOSED in notes:
        return Pending(typed[: last.start], last.text, field)
    if last.sign not in (Sign.WORD, Sign.NUMBER):
        return None
    if field is None:
        start = before.start if before and _is_statute(before, last) else last.start
        if opened := _OPENED.match(typed, start):
            start = opened.end()
        return Pending(typed[:start], typed[start:])
    *others, text = _LISTED.split(last.text)
    return Pending(typed[: last.end - len(text)], text, field, listed=bool(others))


def _is_statute(before: Lexeme, last: Lexeme) -> bool:
    """处罚法 33: the number belongs to the name in front of it."""
    return (
        before.sign is Sign.WORD
        and _NUMBER.match(last.text) is not None
        and registry().work_of_key(name_key(before.text)) is not None
    )


def _written(field: Field, value: str) -> str | None:
    return next((w for form in _FORMS if _says(field, w := form.format(value), value)), None)


def _says(field: Field, written: str, value: str) -> bool:
    signs = list(lexemes(f"{NAMES[field]}:{written}", lambda _: None))
    if [sign.sign for sign in signs[:-1]] != [Sign.FIELD] or signs[-1].text != value:
        return False
    whole = signs[-1].sign in (Sign.QUOTED, Sign.NUMBER)
    return whole or (signs[-1].sign is Sign.WORD and not _LISTED.search(value))
