"""Whether a text asks a question: its words describe what is sought and need not all stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from kb.search.lexer import Lexeme, Sign
from kb.text.normalise import fold_text

WORDS = "question_words.txt"
# So many characters without a blank before a question mark are a sentence; fewer are words.
_SENTENCE = 5
_MARKS = "?？"
# There is something to search for besides the words that ask.
_TELLING = re.compile(r"\w\s*\w")


def asks(text: str) -> bool:
    """Whether people put a question (谁可以成为个体工商户？, 公司不交社保怎么办) rather than name
    what must stand in a record (过期食品 罚款). Words that ask and no others ask for nothing.

    >>> asks("公司不交社保怎么办"), asks("谁主张谁举证"), asks("任何单位和个人")
    (True, False, False)
    """
    asking, harmless = _words()
    said = harmless.sub(" ", fold_text(text))
    rest = asking.sub(" ", said)
    return bool(_TELLING.search(rest)) and (rest != said or _ends_asking(text))


def _ends_asking(text: str) -> bool:
    """Looks at the end only: a pasted text may be very long."""
    said = text.rstrip()
    last = said.rstrip(_MARKS)[-_SENTENCE:]
    whole = len(last) == _SENTENCE and not any(c.isspace() or c in _MARKS for c in last)
    return said.endswith(tuple(_MARKS)) and whole


def is_question(query: str, signs: Iterable[Lexeme]) -> bool:
    """Whether a query as a whole is a question. Signs other than words must be obeyed, so that
    none of it is; a quotation within a sentence, not set apart by blanks, is part of the prose."""
    around = f" {query} "
    prose = all(
        sign.sign is Sign.WORD
        or (
            sign.sign is Sign.QUOTED and not f"{around[sign.start]}{around[sign.end + 1]}".isspace()
        )
        for sign in signs
    )
    return prose and asks(query)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What matches words that ask, and what matches expressions that only hold one."""
    lines = (resources.files("kb") / "data" / WORDS).read_text("utf-8").splitlines()
    entries = [entry for line in lines if (entry := line.partition("#")[0].strip())]
    harmless = [entry[1:] for entry in entries if entry[0] == "!"]
    asking = [_pattern(entry) for entry in entries if entry[0] != "!"]
    return re.compile("|".join(asking)), re.compile("|".join(map(re.escape, harmless)))


def _pattern(entry: str) -> str:
    word = re.escape(entry.rstrip("$"))
    return rf"{word}(?!\w)" if entry.endswith("$") else word
