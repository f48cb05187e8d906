"""The words of `names.toml` and jieba's dictionary, ready for telling names from other words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log
from pathlib import Path

import jieba

from ingest.check.plain import HAN
from kb.places.find import HOME
from kb.places.gazetteer import gazetteer

_COMMON = 300  # times in the texts that jieba's dictionary was counted in
_RARE = 10  # words seen less are left out when a text is cut: 人向
_LEGAL = 600  # the same of a legal word, which those texts have seldom
_ALL = 60_000_000  # words in them
_LONGEST = 4  # characters of the words that are read
_UNKNOWN = -18.0  # log-likelihood of a character that is no word


@dataclass(frozen=True, slots=True)
class NameWords:
    """own: words that are no names, ours and places; words: with them the dictionary's that begin
    with a surname; common: the frequent ones; verbs: those that are verbs and the like; pairs: all
    of two characters; likely: how likely each is, in logarithms.

    others: who else may be a party. peoples: matches names that have no Chinese surname, part: one
    part of such. before, roles, weak_before, official_before are searched in the text before a name
    and end there; after, weak_after, official_after are matched behind it."""

    surnames: frozenset[str]
    pure: frozenset[str]
    everyday: frozenset[str]
    function: frozenset[str]
    leading: frozenset[str]
    given_only: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]
    early: frozenset[str]
    not_last: frozenset[str]
    before: re.Pattern[str]
    roles: re.Pattern[str]
    weak_before: re.Pattern[str]
    after: re.Pattern[str]
    weak_after: re.Pattern[str]
    official_before: re.Pattern[str]
    official_after: re.Pattern[str]
    nobody: frozenset[str]
    place_ends: frozenset[str]
    titles: frozenset[str]
    degrees: frozenset[str]
    manner: frozenset[str]
    verbs: frozenset[str]
    others: frozenset[str]
    peoples: re.Pattern[str]
    part: re.Pattern[str]
    own: frozenset[str]
    words: frozenset[str]
    common: frozenset[str]
    pairs: frozenset[str]
    likely: dict[str, float]

    def surname(self, text: str, at: int = 0) -> str:
        """The surname that begins at an offset, the longest; "" where none does."""
        double = text[at : at + 2]
        if len(double) == 2 and double in self.surnames:
            return double
        return text[at] if at < len(text) and text[at] in self.surnames else ""

    def cut(self, given: str) -> bool:
        """Whether a character in it shows that a given name ends before."""
        if len(given) == 2 and given[1] in self.not_last:
            return True
        found = set(given) & self.never
        return bool(found) and not (len(given) == 2 and found == {given[0]} <= self.early)

    def soft(self, name: str) -> bool:
        """Whether it is a word that may well be a name: 高峰, but neither 高度 nor 应当."""
        return name in self.words and not any(
            word in self.own or (word in self.verbs and word in self.common)
            for word in (name, name[:2])
        )

    def chance(self, sign: str) -> float:
        """How likely a character stands as a word of its own."""
        return self.likely.get(sign, _UNKNOWN) if sign else 0.0

    def inside(self, text: str) -> frozenset[int]:
        """The offsets within words, not between them, on the likeliest way to cut a text into words
        of the dictionary."""
        best, sizes = [0.0] * (len(text) + _LONGEST), [1] * len(text)
        for at in range(len(text) - 1, -1, -1):
            best[at] = self.chance(text[at]) + best[at + 1]
            for size in range(2, _LONGEST + 1):
                likely = self.likely.get(text[at : at + size])
                if likely is not None and likely + best[at + size] > best[at]:
                    best[at], sizes[at] = likely + best[at + size], size
        found: list[int] = []
        at = 0
        while at < len(text):
            found += range(at + 1, at + sizes[at])
            at += sizes[at]
        return frozenset(found)


@cache
def name_words() -> NameWords:
    """Read once in a process."""
    data = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))

    def signs(key: str) -> frozenset[str]:
        return frozenset("".join(data[key].split()))

    singles = signs("surnames") | signs("pure")
    own = frozenset(data["words"]) | frozenset(data["others"].split()) | _places()
    tagged = _dictionary()
    counted = dict.fromkeys(data["more_words"].split(), _RARE)
    counted |= {word: seen for word, (seen, _) in tagged.items()}
    verbs = frozenset(word for word, (_, tag) in tagged.items() if tag[0] in "vdpc")
    counted |= {word: max(_LEGAL, counted.get(word, 0)) for word in _legal_words()}
    dictionary = {word: seen for word, seen in counted.items() if len(word) > 1}

    # One title may stand before a list: 民警方某、李某.
    behind = {"official_before": rf"[:为是系]?(?:[{HAN}]{{2,3}}、){{0,6}}"}

    def ending(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(data[key])}){behind.get(key, '')}$")

    def starting(key: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in data[key]))

    return NameWords(
        surnames=singles | frozenset(data["double_surnames"].split()),
        pure=signs("pure"),
        everyday=signs("everyday"),
        function=signs("function"),
        leading=signs("leading"),
        given_only=signs("given_only"),
        given=signs("given"),
        never=signs("never"),
        early=signs("early"),
        not_last=signs("not_last"),
        before=ending("before"),
        roles=ending("roles"),
        weak_before=ending("weak_before"),
        after=starting("after"),
        weak_after=starting("weak_after"),
        official_before=ending("official_before"),
        official_after=starting("official_after"),
        nobody=frozenset(data["nobody"]) | frozenset(data["well_known"]),
        place_ends=signs("place_ends"),
        titles=frozenset(data["titles"]),
        degrees=signs("degrees"),
        manner=signs("manner"),
        verbs=verbs,
        others=frozenset(data["others"].split()),
        peoples=_peoples(data),
        part=re.compile("|".join(data["parts"].split())),
        own=own,
        words=frozenset(word for word in dictionary if word[0] in singles) | own,
        common=frozenset(word for word, seen in dictionary.items() if seen >= _COMMON) | own,
        pairs=frozenset(word for word in dictionary if len(word) == 2) | own,
        likely={w: log(n / _ALL) for w, n in counted.items() if n >= _RARE},
    )


def _peoples(data: dict[str, str]) -> re.Pattern[str]:
    """扎西卓玛, 阿依古丽·买买提: two parts or more, and no place named so."""
    part, sound = "|".join(data["parts"].split()), "".join(data["sounds"].split())
    # 和 joins two names, but ends 恩和 and 苏和.
    spoken = rf"(?:[{sound}]|(?<=[恩苏])和(?![{sound}]+·)){{2,7}}"
    names = (
        rf"(?:{part}){{2,3}}(?:[{data['ends']}](?![{HAN}])|)"
        rf"|(?![{data['not_outer']}]){spoken}(?:·{spoken}){{1,2}}(?<![{data['not_outer']}])"
    )
    return re.compile(rf"(?:{names})(?![县市州乡镇村路街寺河山湖])")


def _places() -> frozenset[str]:
    """The regions of Sichuan and Chongqing, whole and short: 岳池 is no Mr Yue."""
    units = [unit for unit in gazetteer().units if unit.code.startswith(HOME)]
    return frozenset(name for unit in units for name in (unit.name, unit.short))


def _legal_words() -> Iterator[str]:
    lines = (resources.files("kb.data") / "legal_words.txt").read_text("utf-8").splitlines()
    words = (line.split()[0] for line in lines if line and not line.startswith("#"))
    return (word for word in words if 1 < len(word) <= _LONGEST)


def _dictionary() -> dict[str, tuple[int, str]]:
    """jieba's words of up to four characters that it does not mark as names, with how often it saw
    them and what part of speech it says they are."""
    with jieba.get_dict_file() as file:
        entries = (line.decode().split() for line in file)
        return {
            word: (int(seen), tag)
            for word, seen, tag in entries
            if len(word) <= _LONGEST and not (len(word) > 1 and tag.startswith("nr"))
        }
