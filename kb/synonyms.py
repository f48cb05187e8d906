"""What else a word may be called: synonyms and legal aliases, from `kb/data/synonyms.txt`; for
questions also where lay words lead, from `kb/data/lay_words.txt`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.errors import DataError
from kb.text.normalise import fold_text

FILE = "synonyms.txt"
LAY_WORDS = "lay_words.txt"
ARROW = "=>"


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the data. words mean one another, the first is the preferred legal term; where
    `means` is not empty, each of the words leads to those terms, and not the other way round."""

    words: tuple[str, ...]
    means: tuple[str, ...] = ()


def synonyms(word: str) -> tuple[str, ...]:
    """What to look for besides this word: the others of its groups, then the terms it leads to, in
    the order of the data, each once, itself left out. Width, case, traditional characters and
    white space of the word do not matter; () for a word without synonyms."""
    return _index().get(fold_text(word), ())


def said_otherwise(text: str) -> tuple[str, ...]:
    """What else the expressions of a text may be called, and the terms its lay words lead to, in
    the order they stand; without what stands in the text itself. Of expressions that overlap the
    first counts, of those that begin together the longest.

    >>> said_otherwise("顾客在超市摔倒")
    ('消费者', '经营场所', '安全保障义务')
    """
    folded, index = fold_text(text), _leading()
    longest = max(map(len, index))
    found: dict[str, None] = {}
    at = 0
    while at < len(folded):
        starting = (folded[at : at + size] for size in range(longest, 1, -1))
        word = next((word for word in starting if word in index), "")
        found |= dict.fromkeys(index.get(word, ()))
        at += len(word) or 1
    return tuple(term for term in found if term not in folded)


@cache
def groups() -> tuple[Group, ...]:
    """All groups in the order of the data. Raises DataError, naming the line, where the data
    breaks its form."""
    return _groups(FILE)


@cache
def lay_words() -> tuple[Group, ...]:
    """Where lay words lead, in the order of the data. Raises DataError as `groups` does."""
    return _groups(LAY_WORDS)


def read(text: str, name: str = FILE) -> tuple[Group, ...]:
    """The groups written in a text. name: of the file, for messages."""
    found: list[Group] = []
    pairs: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        group = _group(entry, f"{name} 第 {number} 行")
        for pair in _pairs(group):
            if first := pairs.get(pair):
                both = f"“{pair[0]}”与“{pair[1]}”"
                raise DataError(f"{name} 第 {number} 行：{both}已见于第 {first} 行，请删去一处")
            pairs[pair] = number
        found.append(group)
    return tuple(found)


def _groups(name: str) -> tuple[Group, ...]:
    return read((resources.files("kb") / "data" / name).read_text("utf-8"), name)


def _group(entry: str, place: str) -> Group:
    sides = [_words(side, place) for side in entry.split(ARROW)]
    if len(sides) > 2:
        raise DataError(f"{place}：一行只能有一个“{ARROW}”")
    if len(sides) == 1 and len(sides[0]) < 2:
        raise DataError(f"{place}：一组至少要有两个词，以英文逗号隔开")
    group = Group(*sides)
    every = group.words + group.means
    if len(set(every)) < len(every):
        raise DataError(f"{place}：同一行里有重复的词")
    return group


def _words(side: str, place: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in side.split(","))
    for word in words:
        if len(word) < 2:
            raise DataError(f"{place}：“{word}”不足两个字，或多了一个逗号")
        if fold_text(word) != word or not word.isalnum():
            raise DataError(f"{place}：“{word}”须为简体、半角、小写，且不含标点和空格")
    return words


def _pairs(group: Group) -> list[tuple[str, str]]:
    """Every (word, synonym) that a group says."""
    targets = group.means or group.words
    return [(word, target) for word in group.words for target in targets if word != target]


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return _indexed(groups())


@cache
def _leading() -> dict[str, tuple[str, ...]]:
    return _indexed((*groups(), *lay_words()))


def _indexed(groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for group in sorted(groups, key=lambda group: bool(group.means)):
        for word, target in _pairs(group):
            index.setdefault(word, []).append(target)
    return {word: tuple(targets) for word, targets in index.items()}
