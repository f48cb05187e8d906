"""Which record is which when a source is read again: an id once given must not come to mean
another case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from kb.model import Content
from kb.store.rows import fingerprint
from kb.text.normalise import fold_text

SHINGLE = 4
ALIKE = 0.4
"""A record at the same place under another title is the same where at least this share of the
shorter text's four-character pieces stands in the longer. Unrelated decisions of one authority
share about a tenth; a text edited sentence by sentence keeps most."""


@dataclass(frozen=True, slots=True)
class Known:
    """A record that the source gave before."""

    id: str
    position: int
    content: Content


def pair(contents: tuple[Content, ...], known: Iterable[Known]) -> dict[int, str]:
    """The place of each content that was seen before -> the id it has.

    In this order: same title and same text, same title, same text, same place with a text that is
    alike."""
    left = {record.id: record for record in known}
    pairs: dict[int, str] = {}
    for name in (_title_and_text, _title, _text):
        if not left:
            return pairs
        waiting: dict[Hashable, list[str]] = {}
        for record in sorted(left.values(), key=lambda record: record.position):
            if (called := name(record.content)) is not None:
                waiting.setdefault(called, []).append(record.id)
        for place, content in enumerate(contents):
            if place not in pairs and (ids := waiting.get(name(content))):
                pairs[place] = ids.pop(0)
                del left[pairs[place]]
    for record in left.values():
        place = record.position
        if place not in pairs and place < len(contents) and _alike(record.content, contents[place]):
            pairs[place] = record.id
    return pairs


Name = Callable[[Content], Hashable]


def _title_and_text(content: Content) -> Hashable:
    return _title(content), _text(content)


def _title(content: Content) -> Hashable:
    return fold_text(content.title) or None


def _text(content: Content) -> Hashable:
    return fingerprint(content.text)


def _alike(one: Content, other: Content) -> bool:
    pieces, others = _pieces(one.text), _pieces(other.text)
    fewer = min(len(pieces), len(others))
    return fewer > 0 and len(pieces & others) >= ALIKE * fewer


def _pieces(text: str) -> set[str]:
    folded = fold_text(text)
    return {folded[i : i + SHINGLE] for i in range(len(folded) - SHINGLE + 1)}
