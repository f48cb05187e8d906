"""Where what was asked for stands in a record, in offsets of the original text.

Nothing is analysed again: what was asked is looked for in the text itself, and what was asked of
some sections only in those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from kb.model import Citation, Content, Span, settled
from kb.search.document import statute_values
from kb.search.query import TITLE, InSection, Node, Quoted, Words, filed, in_sections, positive
from kb.search.request import FacetName
from kb.search.within import stands_within
from kb.text.exact import Needle, haystack, needle
from kb.text.normalise import fold_text

# What was asked of certain sections is shown before anything else.
_BOUND = 100.0


class Why(StrEnum):
    """What a place is: a word as typed, a word made of words that were, a quotation, a synonym of
    what was typed, a citation of the provision asked for."""

    WORD = "word"
    LONGER = "longer"
    QUOTATION = "quotation"
    SYNONYM = "synonym"
    PROVISION = "provision"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to mark. weight: longer words and quotations tell more. meant: what was typed, of a
    synonym. scope: where it is looked for, None for everywhere."""

    typed: str
    needle: Needle
    weight: float
    why: Why = Why.WORD
    meant: str = ""
    scope: InSection | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search would have marked of a record, each thing once, and where records are filed
    that it asks for."""

    wanted: tuple[Wanted, ...]
    filed: Mapping[FacetName, frozenset[str]] = field(default_factory=dict)


class Place(NamedTuple):
    """Where a thing stands: begin and end, and its number among what is wanted."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places in a record's title and in its text, each in order."""

    title: list[Place]
    text: list[Place]

    def numbers(self) -> list[int]:
        """What stands in the record."""
        return sorted({place.number for place in (*self.title, *self.text)})


def asked(node: Node, filters: Mapping[FacetName, frozenset[str]] | None = None) -> Asked:
    """What to mark for a query and the filters with it."""
    found: dict[tuple[str, InSection | None], Wanted] = {}
    scoped = in_sections(node)
    inside = {id(leaf) for scope in scoped for leaf in positive(scope)}
    for leaf in positive(node):
        if id(leaf) not in inside:
            for want in _of_leaf(leaf):
                found.setdefault((_form(want), None), want)
    for scope in scoped:
        for leaf in positive(scope):
            for want in _of_leaf(leaf):
                if (_form(want), None) not in found:
                    bound = replace(want, scope=scope, weight=want.weight + _BOUND)
                    found.setdefault((_form(want), scope), bound)
    values = {
        facet: filed(node, facet) | (filters or {}).get(facet, frozenset())
        for facet in (FacetName.STATUTE, FacetName.REGION)
    }
    provisions = (
        Wanted(value, Needle("", ""), float(len(value)), Why.PROVISION)
        for value in sorted(values[FacetName.STATUTE])
    )
    return Asked((*found.values(), *provisions), values)


def _of_leaf(leaf: Words | Quoted) -> Iterable[Wanted]:
    if isinstance(leaf, Quoted):
        yield from _wanted(leaf.text, Why.QUOTATION)
        return
    if leaf.every:
        yield from _wanted(leaf.text, Why.WORD)
    for text in leaf.synonyms:
        yield from _wanted(text, Why.SYNONYM, leaf.text)
    for why, texts in ((Why.LONGER, leaf.longer), (Why.WORD, leaf.words)):
        for text in texts:
            # A single character typed among others would mark half of every text.
            if len(text) > 1 or len(leaf.words) < 2:
                yield from _wanted(text, why)


def _wanted(text: str, why: Why, meant: str = "") -> Iterable[Wanted]:
    form = needle(text)
    if form.plain:
        yield Wanted(text, form, float(len(form.plain)), why, meant)


def _form(want: Wanted) -> str:
    """By which things are told apart: 五万元 and the word 50000元 are one."""
    return want.needle.numbered or want.needle.plain


def located(text: str, wanted: Sequence[Wanted]) -> list[Place]:
    """Where each thing stands in a text, in order, scopes aside."""
    hay = haystack(text) if text else None
    return sorted(
        Place(start, end, number)
        for number, want in enumerate(wanted)
        if hay and want.needle.plain
        for start, end in hay.places(want.needle)
    )


def places_in(content: Content, asked: Asked) -> Places:
    """Where a record holds what was asked: in the whole of it, or in the sections asked for."""
    title, text = located(content.title, asked.wanted), located(content.text, asked.wanted)
    if scopes := {want.scope for want in asked.wanted if want.scope}:
        allowed = {scope: _stretches(content, scope) for scope in scopes}

        def stands(place: Place, *, in_title: bool) -> bool:
            scope = asked.wanted[place.number].scope
            if scope is None:
                return True
            if in_title:
                return TITLE in scope.roles
            return any(s.start <= place.start and place.end <= s.end for s in allowed[scope])

        title = [place for place in title if stands(place, in_title=True)]
        text = [place for place in text if stands(place, in_title=False)]
    if cited := list(_cited(content, asked)):
        text = sorted([*text, *cited])
    return Places(title, text)


def _stretches(content: Content, scope: InSection) -> list[Span]:
    """The sections in which all stands that is asked for in one."""
    holds = stands_within(scope.part)
    return [
        section.body
        for section in content.sections
        if section.role in scope.roles and holds(fold_text(section.body.of(content.text)))
    ]


def _cited(content: Content, asked: Asked) -> Iterable[Place]:
    """The citations of the provisions asked for."""
    numbers = {w.typed: n for n, w in enumerate(asked.wanted) if w.why is Why.PROVISION}
    if numbers:
        for citation in settled(content.citations):
            for value in set(statute_values(citation)) & numbers.keys():
                if citation.span.end > citation.span.start:
                    yield Place(citation.span.start, citation.span.end, numbers[value])


def cited(content: Content, asked: Asked) -> list[Citation]:
    """The citations in a record that the search asks for."""
    values = asked.filed.get(FacetName.STATUTE)
    if not values:
        return []
    return [c for c in settled(content.citations) if values.intersection(statute_values(c))]


def telling(asked: Asked, numbers: Iterable[int]) -> list[int]:
    """Of the things that stand in a text those that no longer one of them holds: 行政 is not what
    someone reads for who asked for 行政协议."""
    forms = {number: asked.wanted[number].needle.plain for number in numbers}
    whole = set(forms.values())
    return [
        number
        for number, form in forms.items()
        if not form or not any(form != other and form in other for other in whole)
    ]


def merged(places: Iterable[tuple[int, int]]) -> list[Span]:
    """Sorted, with overlapping and touching stretches joined."""
    joined: list[Span] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1].end:
            if end > joined[-1].end:
                joined[-1] = Span(joined[-1].start, end)
        else:
            joined.append(Span(start, end))
    return joined


def marks(places: Iterable[Place], within: Span) -> list[Span]:
    """What to mark of a stretch of the text."""
    return merged(
        (max(start, within.start), min(end, within.end))
        for start, end, _ in places
        if start < within.end and end > within.start
    )
