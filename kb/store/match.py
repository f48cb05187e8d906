"""Which record is which when a source is read again: an id once given must not come to mean
another case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from kb.model import Content, Docket, Party, settled
from kb.store.rows import fingerprint
from kb.text.normalise import fold_text
from kb.text.shingles import Shingles, contained, shingles

SHINGLE = 4
ALIKE = 0.8
"""A record at the same place under another title is the same where at least this share of the
shorter text's four-character pieces stands in the longer, and nobody else is party to it.
Unrelated decisions of one authority share about a tenth, but texts written from one template
half and more; a case that had a word corrected keeps nearly all."""


@dataclass(frozen=True, slots=True)
class Known:
    """A record that the source gave before."""

    id: str
    position: int
    content: Content


def pair(contents: tuple[Content, ...], known: Iterable[Known]) -> dict[int, str]:
    """The place of each content that was seen before -> the id it has.

    In this order: same title and same text, same title, same text, same place with a text that is
    alike. A title that many papers bear (行政复议决定书) does not join papers of other numbers, nor
    a place texts of other parties: such a content is new, and the old record keeps its id."""
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
            if place not in pairs:
                ids = waiting.get(name(content), [])
                same = (id_ for id_ in ids if not _another(left[id_].content, content))
                if found := next(same, None):
                    pairs[place] = found
                    ids.remove(found)
                    del left[found]
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


def _another(one: Content, other: Content) -> bool:
    """Whether both have numbers, none in common, and texts that are not alike."""
    numbers, others = _dockets(one), _dockets(other)
    return bool(numbers and others and not numbers & others) and not _texts_alike(one, other)


def _alike(one: Content, other: Content) -> bool:
    return _texts_alike(one, other) and _of_the_same(one, other)


def _of_the_same(one: Content, other: Content) -> bool:
    """Whether numbers and parties, as far as both are known, are the same."""
    numbers, others = _dockets(one), _dockets(other)
    if numbers and others and numbers != others:
        return False
    parties, opposite = _parties(one), _parties(other)
    roles = {role for role, _ in parties} & {role for role, _ in opposite}
    return all(
        {name for said, name in parties if said == role}
        == {name for said, name in opposite if said == role}
        for role in roles
    )


def _dockets(content: Content) -> set[str]:
    dockets: tuple[Docket, ...] = settled(content.dockets)
    return {docket.normalised for docket in dockets}


def _parties(content: Content) -> set[tuple[str, str]]:
    parties: tuple[Party, ...] = settled(content.parties)
    return {(party.role.value, fold_text(party.name)) for party in parties}


def _texts_alike(one: Content, other: Content) -> bool:
    return contained(_shingles(one), _shingles(other)) >= ALIKE


def _shingles(content: Content) -> Shingles:
    return shingles(fold_text(content.text), SHINGLE)
