"""Which of many patterns may match a text: those whose own words stand in it. Of hundreds of cues a
text shows a few, and looking for words costs far less than running every pattern."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

# The parser behind `re.compile`: it alone reads a pattern as the engine will.
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Patterns by their numbers. by_word: under words that no match of theirs is without.
    always: those of which no such word is known."""

    by_word: Mapping[str, tuple[int, ...]]
    always: frozenset[int]

    def of(self, text: str) -> list[int]:
        """The patterns that may match a text, in order; the others surely do not."""
        found = set(self.always)
        for word, numbers in self.by_word.items():
            if word in text:
                found.update(numbers)
        return sorted(found)

    def within(self, text: str) -> Shortlist:
        """The same for stretches of one text: words that it lacks are not looked for in each."""
        return replace(self, by_word={w: n for w, n in self.by_word.items() if w in text})


def shortlist(patterns: Iterable[re.Pattern[str]]) -> Shortlist:
    """A shortlist of patterns, numbered from 0 as they come."""
    by_word: dict[str, tuple[int, ...]] = defaultdict(tuple)
    always: set[int] = set()
    for number, pattern in enumerate(patterns):
        needed = words(pattern)
        if not needed:
            always.add(number)
        for word in needed:
            by_word[word] += (number,)
    return Shortlist(dict(by_word), frozenset(always))


def words(pattern: re.Pattern[str]) -> frozenset[str]:
    """Words of which every match of a pattern holds at least one; none where that is not known.

    >>> sorted(words(re.compile("(与|同)[^,]{0,16}(利害|法律)(上的)?关系")))
    ['关系']
    """
    plain = pattern.flags == re.UNICODE
    return _of_sequence(_parser.parse(pattern.pattern)) if plain else _NONE


def _of_sequence(parts: Iterable[tuple[object, Any]]) -> frozenset[str]:
    """The words of the part that tells most: long ones, and few."""
    told: list[frozenset[str]] = []
    run = ""
    for kind, value in (*parts, (None, None)):
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        told += [frozenset({run} - {""}), _of_part(kind, value)]
        run = ""
    return max(filter(None, told), key=lambda one: (min(map(len, one)), -len(one)), default=_NONE)


def _of_part(kind: object, value: Any) -> frozenset[str]:
    match kind:
        case _constants.SUBPATTERN if not value[1]:  # without flags of its own
            return _of_sequence(value[3])
        case _constants.MAX_REPEAT if value[0]:
            return _of_sequence(value[2])
        case _constants.BRANCH:
            choices = [_of_sequence(choice) for choice in value[1]]
            return _NONE.union(*choices) if all(choices) else _NONE
        case _constants.IN if all(one is _constants.LITERAL for one, _ in value):
            return frozenset(chr(code) for _, code in value)
    return _NONE
