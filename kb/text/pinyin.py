"""How Chinese is typed by its sounds: whole syllables (yubeiqu), or their first letters (ybq)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, lru_cache

# Characters that are read in more than one way in the names of places, organs and statutes. The
# other readings that dictionaries have are rare or ancient, and would only make more to search.
_READ_IN_WAYS = frozenset(
    "重长乐都朝单曾犍调率会解降藏传盛参差车筠荥尉六厦乾没给校系弹查行还识宿折数什阿"
)


@lru_cache(maxsize=65536)
def sounds(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ways to spell a text by syllables, and by their first letters; lower case, without tones,
    ü as v. Letters and digits stand for themselves, everything else falls out; both are empty
    where there is no Chinese. Of several characters with two readings one at a time takes its
    second: 重庆 gives zhongqing and chongqing."""
    spelt = [readings for character in text if (readings := _readings(character))]
    if all(len(readings[0]) == 1 for readings in spelt):
        return (), ()
    whole = [tuple(readings) for readings in _one_at_a_time(spelt)]
    return (
        tuple(dict.fromkeys("".join(syllables) for syllables in whole)),
        tuple(dict.fromkeys("".join(s[0] for s in syllables) for syllables in whole)),
    )


def _one_at_a_time(spelt: list[tuple[str, ...]]) -> Iterator[list[str]]:
    usual = [readings[0] for readings in spelt]
    yield usual
    for at, readings in enumerate(spelt):
        for other in readings[1:]:
            yield [*usual[:at], other, *usual[at + 1 :]]


@cache
def _readings(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character.lower(),) if character.isalnum() else ()
    # The phrases of the library would take four times as long to load, and 40 MB, for readings
    # that a search by sound gets anyway by trying each one.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0] if character in _READ_IN_WAYS else found[0][:1]) if found else ()
