"""Words: jieba in search mode with the legal dictionary, numbers in one spelling, offsets kept.

Words rank and highlight. What the segmenter joins or cuts is never lost, because exactness comes
from characters (`kb.search.exact`), not from here.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import jieba

from kb.text.normalise import FOLDING_VERSION, fold
from kb.text.numerals import NUMERAL, canonical

SEGMENT_VERSION = 1
DICTIONARY = "legal_words.txt"

# 第六十四条 and 第64条, 2024年5月 and 二〇二四年五月, 三万元 and 30000元 are each one word with its
# number in Arabic digits; other numerals are left to jieba, since 一般 and 三轮车 are words.
_NUMBERED = re.compile(
    rf"第\(?(?P<ordinal>{NUMERAL.pattern})\)?(?P<place>条之(?:{NUMERAL.pattern})|[条款项目章节编批号届次])"
    rf"|(?P<amount>{NUMERAL.pattern})(?P<unit>年|月|日|元|天|个月|小时|分钟|岁|倍|亩|平方米|公里|%)"
    rf"|(?P<digits>\d[\d,]*(?:\.\d+)?[万亿]?)"
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
    return [word for word, _, _ in _words(folded)]


def version() -> str:
    """Changes whenever the same text could give other words: code, dictionary or jieba."""
    dictionary = (resources.files("kb") / "data" / DICTIONARY).read_bytes()
    said = f"{FOLDING_VERSION} {SEGMENT_VERSION} {jieba.__version__}".encode()
    return hashlib.sha256(said + dictionary).hexdigest()[:12]


def stop_words() -> frozenset[str]:
    """Words too common to tell texts apart; they still hold their places."""
    return _STOP_WORDS


def _words(folded: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    for match in _NUMBERED.finditer(folded):
        yield from _jieba(folded, position, match.start())
        yield _number_word(match), match.start(), match.end()
        position = match.end()
    yield from _jieba(folded, position, len(folded))


def _number_word(match: re.Match[str]) -> str:
    if match["ordinal"]:
        place = match["place"]
        if place.startswith("条之"):
            place = "条之" + canonical(place[2:])
        return f"第{canonical(match['ordinal'])}{place}"
    if match["amount"]:
        return canonical(match["amount"]) + match["unit"]
    return canonical(match["digits"])


def _jieba(folded: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    if start == end:
        return
    for word, word_start, word_end in _tokenizer().tokenize(folded[start:end], mode="search"):
        if _WORD.search(word):
            yield word, start + word_start, start + word_end


@cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _private_cache()
    tokenizer.initialize()
    for line in (resources.files("kb") / "data" / DICTIONARY).read_text("utf-8").splitlines():
        entry = line.partition("#")[0].split()
        if entry:
            tokenizer.add_word(entry[0], int(entry[1]) if len(entry) > 1 else None)
    return tokenizer


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


_STOP_WORDS = frozenset(
    "的 了 在 是 和 与 及 或 而 之 其 该 此 于 以 为 对 由 从 到 把 被 将 向 等 也 就 都 还 又 并 且 "
    "但 所 者 因 如 若 则 即 吗 呢 吧 啊 我 你 他 她 它 们 这 那 有 个 一个 什么 怎么 怎样 如何 是否 "
    "可以 可 能 能否 会 要 不 没有 没 请问 谢谢 哪些 哪个 多少 时候 应该 需要 进行 以及 "
    "关于 根据 按照 他们 我们 你们 自己 现在 还是 这个 那个 这样 因为 所以 如果 的话".split()
)
