"""What can be suggested of one kind, and which of it answers to what was typed.

All names stand in one string, the most used first: searching it takes no more than a find or two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, islice

from kb.text.normalise import fold_text
from kb.text.pinyin import sounds

_END = "\n"  # folded text has no white space
_SHORTEST_SOUND = 2


Spelt = tuple[str, str, str]


@lru_cache(maxsize=65536)
def by_name(names: tuple[str, ...]) -> Spelt:
    """What names are found by: themselves and how they sound."""
    folded = [fold_text(name) for name in names]
    spoken = [sounds(name) for name in folded]
    return (
        lines(folded),
        lines(whole for some, _ in spoken for whole in some),
        lines(letters for _, some in spoken for letters in some),
    )


def lines(spellings: Iterable[str]) -> str:
    """Spellings, each a line."""
    return "".join(f"{_END}{spelling}{_END}" for spelling in spellings)


class Quality(IntEnum):
    """How a name answers, best first."""

    EXACT = 0
    PREFIX = 1
    INFIX = 2
    SOUND = 3
    INNER_SOUND = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest. value: the facet's own, or the number of a record. label: what is
    shown. names: what it is called, its own name first. note: what else to show. count: records
    filed under it."""

    value: str
    label: str
    names: tuple[str, ...]
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    quality: Quality

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Exact ones first, then the most used, then the best match."""
        return (self.quality is not Quality.EXACT, -self.entry.count, self.quality)


class Drawer:
    """The entries of one kind. entries: where counts are alike, the earlier goes first. spelt: what
    they are found by, a line each in its parts: names, pinyin by syllables and by letters."""

    def __init__(self, entries: Iterable[Entry], spelt: Callable[[tuple[str, ...]], Spelt]) -> None:
        self.entries = sorted(entries, key=lambda entry: -entry.count)
        self._by_value = {entry.value: entry for entry in reversed(self.entries)}
        lines = [spelt(entry.names) for entry in self.entries]
        self._names, self._syllables, self._letters = (
            _Lines([line[part] for line in lines]) for part in range(3)
        )

    def get(self, value: str) -> Entry | None:
        """The entry of a value; the first where several share it."""
        return self._by_value.get(value)

    def top(self, most: int) -> list[Match]:
        """The most used."""
        return [Match(entry, Quality.INFIX) for entry in self.entries[:most] if entry.count]

    def find(self, typed: str, most: int, *, inside: bool = True) -> list[Match]:
        """The best answers to what was typed, folded; nothing typed finds nothing. inside: whether
        it may stand within a name as well as begin it."""
        if not typed:
            return []
        found: dict[int, Quality] = {}
        for quality, lines, needle in self._ways(typed):
            if not inside and quality in (Quality.INFIX, Quality.INNER_SOUND):
                continue
            for number in islice(lines.having(needle), most):
                found.setdefault(number, quality)
        matches = (Match(self.entries[n], quality) for n, quality in sorted(found.items()))
        return sorted(matches, key=lambda match: match.rank)[:most]

    def _ways(self, typed: str) -> Iterator[tuple[Quality, _Lines, str]]:
        yield Quality.EXACT, self._names, _END + typed + _END
        yield Quality.PREFIX, self._names, _END + typed
        yield Quality.INFIX, self._names, typed
        if typed.isascii() and typed.isalpha() and len(typed) >= _SHORTEST_SOUND:
            yield Quality.SOUND, self._syllables, _END + typed
            yield Quality.SOUND, self._letters, _END + typed
            yield Quality.INNER_SOUND, self._letters, typed


class _Lines:
    """The spellings of all entries in one string."""

    def __init__(self, parts: Sequence[str]) -> None:
        self._starts = list(accumulate(map(len, parts), initial=0))
        self._text = "".join(parts)

    def having(self, needle: str) -> Iterator[int]:
        """The numbers of the entries with these characters, in order, each once."""
        at = self._text.find(needle)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(needle, self._starts[number + 1])
