"""What a run of characters asks for: its words, or a number of a case in any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.law import dockets
from kb.search.query import Or, Quoted, Words
from kb.text.normalise import fold_text
from kb.text.segment import Token, stop_words, tokens, words

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE_SERIAL = re.compile(r"((?:19|20)\d\d)[年-]第?(?=\d+号?$)")


def telling(text: str) -> list[str]:
    """The words of a text but the stop words."""
    return [word for word in words(fold_text(text)) if word not in stop_words()]


def plain_words(run: str) -> Words:
    """What a run asks for: its words but the stop words, if it has others. A word that is wholly
    made of shorter ones (过期食品 of 过期 and 食品) need not stand as one."""
    found = tokens(run)
    made = {token.text for token in found if _made_of_others(token, found)}
    telling = [token.text for token in found if token.text not in stop_words()] or [
        token.text for token in found
    ]
    needed = dict.fromkeys(word for word in telling if word not in made)
    return Words(run, tuple(needed), longer=tuple(made.difference(needed)))


def _made_of_others(token: Token, others: Sequence[Token]) -> bool:
    covered = {
        position
        for other in others
        if token.start <= other.start and other.end <= token.end and other.text != token.text
        for position in range(other.start, other.end)
    }
    return len(covered) == token.end - token.start


def docket(text: str) -> Quoted | Or:
    """A number as typed, or as numbers are spelt when nothing is lost: 〔2024〕, 第, 号."""
    normal = dockets.normalise(text)
    return Quoted(text) if normal == fold_text(text) else Or((Quoted(text), Quoted(normal)))


def bare_docket(text: str) -> Or | None:
    """A number of which 号 was left out, or a dash stands for the brackets: 渝中府复2024-85."""
    if not _YEAR.search(fold_text(text)):
        return None
    bare = _YEAR_BEFORE_SERIAL.sub(r"(\1)", fold_text(text))
    whole = bare if bare.endswith("号") else bare + "号"
    found = dockets.find(whole)
    if len(found) != 1 or len(found[0][1].raw) != len(whole):
        return None
    return Or((Quoted(text), Quoted(dockets.normalise(whole))))
