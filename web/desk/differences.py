"""Two contents beside each other: words put in and taken out, fields that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.model import Content, settled
from kb.store.rows import claims_of
from kb.text.segment import tokens
from web.desk.doubts import FIELDS
from web.desk.view import label

_MOST_PAIRS = 400_000_000
"""Pairs of words that are compared, in a second or two; more is shown as written anew."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (""), were put in ("ins") or taken out ("del")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Differences:
    """title, subtitle, text: as runs. fields: name, values before and after, where they differ."""

    title: tuple[Run, ...]
    subtitle: tuple[Run, ...]
    text: tuple[Run, ...]
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def none(self) -> bool:
        runs = (*self.title, *self.subtitle, *self.text)
        return not self.fields and not any(run.kind for run in runs)


def differences(old: Content, new: Content) -> Differences:
    """What changed from one content to another."""
    changed = (
        (field, _labels(old, field), _labels(new, field))
        for field in FIELDS
        if settled(claims_of(old, field)) != settled(claims_of(new, field))
    )
    return Differences(
        runs(old.title, new.title),
        runs(old.subtitle, new.subtitle),
        runs(old.text, new.text),
        tuple(changed),
    )


def runs(old: str, new: str) -> tuple[Run, ...]:
    """The words of both texts in order; joined without "ins" they give the old text, without "del"
    the new one."""
    found: list[Run] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    # Lines first: to compare all words of a long text with each other takes seconds.
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        found += [Run("", was)] if kind == "equal" else _within(was, now)
    return tuple(run for run in found if run.text)


def _within(old: str, new: str) -> Iterator[Run]:
    before, after = _words(old), _words(new)
    if len(before) * len(after) > _MOST_PAIRS:
        yield from (Run("del", old), Run("ins", new))
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("", "".join(before[a:b]))
        else:
            yield Run("del", "".join(before[a:b]))
            yield Run("ins", "".join(after[c:d]))


def _words(text: str) -> list[str]:
    """The text cut into its words, and into single characters between them."""
    cut, at = [], 0
    for token in tokens(text):
        if token.start < at:  # a word within a word
            continue
        cut += [*text[at : token.start], text[token.start : token.end]]
        at = token.end
    return [*cut, *text[at:]]


def _labels(content: Content, field: str) -> tuple[str, ...]:
    return tuple(label(field, value) for value in settled(claims_of(content, field)))
