"""A citation typed by its sounds, as input methods are: xzcff33 for 行政处罚法第33条."""

from __future__ import annotations

import re
from functools import cache

from kb.law.statutes import registry
from kb.text.normalise import fold_text
from kb.text.pinyin import sounds

# Of four letters and more none of the many English words compared spells a statute; of three, dbf
# and csf do. Without a place behind them letters stay letters, and a year is no place.
_SHORTEST = 4
_YEAR = r"(?:19|20)[0-9]{2}$"
_SOUNDED = re.compile(rf"(?P<name>[a-z]{{{_SHORTEST},}})(?P<place>(?!{_YEAR})[第§(]*[0-9].*)")


def written(typed: str) -> str:
    """The statute's title with the place as typed, where Latin letters spell the name of just one
    statute by syllables or by first letters and a number follows; else "".

    >>> written("xzcff33"), written("covid19")
    ('行政处罚法33', '')
    """
    sounded = _SOUNDED.fullmatch(fold_text(typed))
    title = _titles().get(sounded["name"]) if sounded else None
    return title + sounded["place"] if title and sounded else ""


@cache
def _titles() -> dict[str, str]:
    """The statutes by how their names sound; what several share is left out."""
    found: dict[str, set[str]] = {}
    for work in registry().works:
        for name in {work.title, work.full_title, *work.aliases}:
            for spellings in sounds(fold_text(name)):
                for spelling in spellings:
                    found.setdefault(spelling, set()).add(work.title)
    return {spelling: min(titles) for spelling, titles in found.items() if len(titles) == 1}
