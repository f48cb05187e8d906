"""What can be suggested of one kind, and which of it answers to what was typed.

All names stand in one string, the most used first: searching it takes no more than a find or two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, islice

from kb.text.normalise import fold_text
from kb.text.pinyin import sounds

_END = "\n"  # folded text has no white space
_SHORTEST_SOUND = 2


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
    """The entries of one kind. entries: where counts are alike, the earlier goes first. key: how
    names and what is typed are compared, besides folding. by_sound: whether pinyin finds them."""

    def __init__(self, entries: Iterable[Entry], *, by_sound: bool = True) -> None:
        self.entries = sorted(entries, key=lambda entry: -entry.count)
        self._by_value = {entry.value: entry for entry in reversed(self.entries)}
        names = [[fold_text(name) for name in entry.names] for entry in self.entries]
        spelt = [[sounds(name) for name in some] if by_sound else [] for some in names]
        self._names = _Lines(names)
        self._syllables = _Lines([chain.from_iterable(s for s, _ in some) for some in spelt])
        self._letters = _Lines([chain.from_iterable(i for _, i in some) for some in spelt])

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
    """The spellings of each entry, a line each, all in one string."""

    def __init__(self, spellings: Sequence[Iterable[str]]) -> None:
        self._starts: list[int] = []
        parts: list[str] = []
        end = 0
        for some in spellings:
            self._starts.append(end)
            part = "".join(f"{_END}{spelling}{_END}" for spelling in some) or _END
            parts.append(part)
            end += len(part)
        self._starts.append(end)
        self._text = "".join(parts)

    def having(self, needle: str) -> Iterator[int]:
        """The numbers of the entries with these characters, in order, each once."""
        at = self._text.find(needle)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(needle, self._starts[number + 1])
