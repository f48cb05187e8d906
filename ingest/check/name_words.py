"""The words of `names.toml` and jieba's dictionary, ready for telling names from other words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba

from ingest.check.plain import HAN
from kb.places.find import HOME
from kb.places.gazetteer import gazetteer

_COMMON = 300  # times in the texts that jieba's dictionary was counted in


@dataclass(frozen=True, slots=True)
class NameWords:
    """words: those that begin with a surname; common: the frequent of them; pairs: all of two
    characters. before … official_after: patterns; those before are searched in the text before a
    name and end there, those behind are matched behind it."""

    surnames: frozenset[str]
    pure: frozenset[str]
    everyday: frozenset[str]
    function: frozenset[str]
    given_only: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]
    before: re.Pattern[str]
    weak_before: re.Pattern[str]
    after: re.Pattern[str]
    weak_after: re.Pattern[str]
    official_before: re.Pattern[str]
    official_after: re.Pattern[str]
    nobody: frozenset[str]
    place_ends: frozenset[str]
    titles: frozenset[str]
    words: frozenset[str]
    common: frozenset[str]
    pairs: frozenset[str]

    def surname(self, text: str, at: int = 0) -> str:
        """The surname that begins at an offset, the longest; "" where none does."""
        double = text[at : at + 2]
        if len(double) == 2 and double in self.surnames:
            return double
        return text[at] if at < len(text) and text[at] in self.surnames else ""


@cache
def name_words() -> NameWords:
    """Read once in a process."""
    data = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))

    def signs(key: str) -> frozenset[str]:
        return frozenset("".join(data[key].split()))

    singles = signs("surnames") | signs("pure")
    own = frozenset(data["words"]) | frozenset(data["more_words"].split()) | _places()
    dictionary = _dictionary()

    # One title may stand before a list: 民警方某、李某.
    behind = {"official_before": rf":?(?:[{HAN}]{{2,3}}、){{0,6}}"}

    def ending(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(data[key])}){behind.get(key, '')}$")

    def starting(key: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in data[key]))

    return NameWords(
        surnames=singles | frozenset(data["double_surnames"].split()),
        pure=signs("pure"),
        everyday=signs("everyday"),
        function=signs("function"),
        given_only=signs("given_only"),
        given=signs("given"),
        never=signs("never"),
        before=ending("before"),
        weak_before=ending("weak_before"),
        after=starting("after"),
        weak_after=starting("weak_after"),
        official_before=ending("official_before"),
        official_after=starting("official_after"),
        nobody=frozenset(data["nobody"]) | frozenset(data["well_known"]),
        place_ends=signs("place_ends"),
        titles=frozenset(data["titles"]),
        words=frozenset(word for word in dictionary if word[0] in singles) | own,
        common=frozenset(w for w, n in dictionary.items() if n >= _COMMON and w[0] in singles)
        | own,
        pairs=frozenset(word for word in dictionary if len(word) == 2) | own,
    )


def _places() -> frozenset[str]:
    """The regions of Sichuan and Chongqing, whole and short: 岳池 is no Mr Yue."""
    units = [unit for unit in gazetteer().units if unit.code.startswith(HOME)]
    return frozenset(name for unit in units for name in (unit.name, unit.short))


def _dictionary() -> dict[str, int]:
    """jieba's words of two to four characters that it does not mark as names, with how often it
    saw them."""
    with jieba.get_dict_file() as file:
        entries = (line.decode().split(" ") for line in file)
        return {
            word: int(seen)
            for word, seen, tag in entries
            if 2 <= len(word) <= 4 and not tag.startswith("nr")
        }
