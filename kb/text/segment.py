"""Words: jieba in search mode with the legal dictionary, numbers in one spelling, offsets kept.

Words rank and highlight. What the segmenter joins or cuts is never lost, because exactness comes
from characters (`kb.search.exact`), not from here.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, chain
from pathlib import Path

import jieba
import numpy as np

from kb.text.cut import Cutter
from kb.text.cut_many import ManyCutter
from kb.text.normalise import FOLDING_VERSION, fold
from kb.text.numerals import NUMERAL, canonical
from kb.text.trie import NAMES
from kb.text.words import Numbers, Words, spread

SEGMENT_VERSION = 1
DICTIONARY = "legal_words.txt"
STOP_WORDS = "stop_words.txt"
_LONGEST_WORD = 16

# 第六十四条 and 第64条, 2024年5月 and 二〇二四年五月, 三万元 and 30000元 are each one word with its
# number in Arabic digits; other numerals are left to jieba, since 一般 and 三轮车 are words.
_NUMBERED = re.compile(
    r"(?=[第\d零〇一二三四五六七八九十两百千])(?:"  # as in `kb.text.numerals.NUMERAL`
    rf"第\(?(?P<ordinal>{NUMERAL.pattern})\)?(?P<place>条之(?:{NUMERAL.pattern})|[条款项目章节编批号届次])"
    rf"|(?P<amount>{NUMERAL.pattern})(?P<unit>年|月|日|元|天|个月|小时|分钟|岁|倍|亩|平方米|公里|%)"
    rf"|(?P<digits>\d[\d,]*(?:\.\d+)?[万亿]?))"
)
_WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is indexed, and the stretch of the original text it was read from."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order, overlapping where search mode finds words within words."""
    folded = fold(text)
    found = []
    for word, start, end in _words(folded.text):
        span = folded.span(start, end)
        found.append(Token(word, span.start, span.end))
    return found


def words(folded: str) -> list[str]:
    """Only the words, of a text already folded (`kb.text.normalise.fold_text`)."""
    found: list[str] = []
    for part in _parts(folded):
        if isinstance(part, str):
            found.extend(chain.from_iterable(map(_words_of, _cutter().cut(part))))
        else:
            found.append(_number_word(part))
    return found


def words_of_many(folded: Sequence[str]) -> list[Words]:
    """What `words` gives of each of some folded texts; of a hundred pages in a quarter of its
    time. The first call takes half a second to read the dictionary."""
    text = "\n".join([*folded, ""])  # no word and no number reaches over the end of a line
    numbers = {match.start(): match for match in _NUMBERED.finditer(text)}
    starts, names = _many_cutter().cut(text, [match.span() for match in numbers.values()])
    others: dict[tuple[str, ...], int] = {}
    for place, start, end in _stretches(starts, np.flatnonzero(names < 0)):
        number = numbers.get(start)
        said = (_number_word(number),) if number else _words_of(text[start:end])
        names[place] = NAMES + others.setdefault(said, len(others))
    once, which = _each_once(names, NAMES + len(others))
    unnamed, known = list(others), names.tolist()
    given = [
        _words_of(text[start:end]) if known[place] < NAMES else unnamed[known[place] - NAMES]
        for place, start, end in _stretches(starts, once)
    ]
    edges = accumulate((len(one) + 1 for one in folded), initial=0)
    return spread(given, which, np.searchsorted(starts, [*edges]))


def version() -> str:
    """Changes whenever the same text could give other words: code, dictionary or jieba."""
    dictionary = (resources.files("kb") / "data" / DICTIONARY).read_bytes()
    said = f"{FOLDING_VERSION} {SEGMENT_VERSION} {jieba.__version__}".encode()
    return hashlib.sha256(said + dictionary).hexdigest()[:12]


@cache
def stop_words() -> frozenset[str]:
    """Words too common to tell texts apart; they still hold their places."""
    return frozenset(entry[0] for entry in _lines(STOP_WORDS))


def _words(folded: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    for part in _parts(folded):
        if isinstance(part, str):
            for word in _cutter().cut(part):
                for start, end in _words_within(word):
                    yield word[start:end], position + start, position + end
                position += len(word)
        else:
            yield _number_word(part), part.start(), part.end()
            position = part.end()


def _parts(folded: str) -> Iterator[str | re.Match[str]]:
    """A text in turn of what jieba cuts, and the numbers that are words of their own."""
    position = 0
    for match in _NUMBERED.finditer(folded):
        yield folded[position : match.start()]
        yield match
        position = match.end()
    yield folded[position:]


def _number_word(match: re.Match[str]) -> str:
    if match["ordinal"]:
        place = match["place"]
        if place.startswith("条之"):
            place = "条之" + canonical(place[2:])
        return f"第{canonical(match['ordinal'])}{place}"
    if match["amount"]:
        return canonical(match["amount"]) + match["unit"]
    return canonical(match["digits"])


def _stretches(starts: Numbers, places: Numbers) -> Iterator[tuple[int, int, int]]:
    """The words in some places: the place of each, where it begins and where it ends."""
    return zip(places.tolist(), starts[places].tolist(), starts[places + 1].tolist(), strict=True)


def _each_once(names: Numbers, below: int) -> tuple[Numbers, Numbers]:
    """A place of each different name, and of every name which of these is its own."""
    places = np.arange(names.size)
    last = np.empty(below, dtype=np.int32)  # not filled: only what is named is looked at
    last[names] = places
    once = np.flatnonzero(last[names] == places)
    last[names[once]] = np.arange(once.size)
    return once, last[names]


# Most words of a text are among those of other texts.
@lru_cache(maxsize=1 << 16)
def _words_of(word: str) -> tuple[str, ...]:
    return tuple(word[start:end] for start, end in _words_within(word))


@lru_cache(maxsize=1 << 16)
def _words_within(word: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that are given for one that jieba cut: those within it, then itself.
    Like jieba's search mode, but words within may have any length: its own stops at three
    characters, and 行政复议 would be lost in 行政复议法."""
    known, size = _tokenizer().FREQ, len(word)
    # No dictionary word is longer; a run of letters or of one character may be very long.
    lengths = range(2, min(size, _LONGEST_WORD + 1) if size <= 2 * _LONGEST_WORD else 0)
    within = [
        (start, start + length)
        for length in lengths
        for start in range(size - length + 1)
        if known.get(word[start : start + length])
    ]
    return (*within, *([(0, size)] if _WORD.search(word) else ()))


@cache
def _cutter() -> Cutter:
    return Cutter(_tokenizer())


@cache
def _many_cutter() -> ManyCutter:
    return ManyCutter(_tokenizer())


@cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _private_cache()
    try:  # as jieba itself does, but read whole: marshal takes a second more to read from a file
        kept = marshal.loads((Path(tokenizer.tmp_dir) / "jieba.cache").read_bytes())
        tokenizer.FREQ, tokenizer.total = kept
        tokenizer.initialized = True
    except (OSError, EOFError, TypeError, ValueError):  # not there yet, or torn
        tokenizer.initialize()
    for entry in _lines(DICTIONARY):
        tokenizer.add_word(entry[0], int(entry[1]) if len(entry) > 1 else None)
    return tokenizer


def _lines(name: str) -> Iterator[list[str]]:
    """The entries of a data file, a line each, parted by blanks; `#` begins a comment."""
    for line in (resources.files("kb") / "data" / name).read_text("utf-8").splitlines():
        entry = line.partition("#")[0].split()
        if entry:
            yield entry


def _private_cache() -> str:
    """A folder only this user can write: jieba unpickles the cache it finds, and would trust a
    file that another user of a shared temporary folder planted there."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "chuanyu-casebase"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:  # a read-only home: the cache then lasts as long as the process
        return tempfile.mkdtemp()
    return str(folder)
