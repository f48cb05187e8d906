"""What a search must find, worked out by reading the texts: slow, and no part of any engine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from kb.model import Case, Content, settled
from kb.search.query import (
    TITLE,
    And,
    Everything,
    Filed,
    InSection,
    Node,
    Not,
    Or,
    Quoted,
    Words,
)
from kb.search.request import FacetName
from kb.text.exact import BREAK, needle, numbered
from kb.text.normalise import fold_text

_BETWEEN = "\ue003"  # between records; no text holds it


class Texts:
    """The texts of many records, to be looked into for quotations."""

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        """parts: of each record by id, the stretches in which a quotation may stand, as printed."""
        folded = {name: BREAK.join(map(fold_text, some)) for name, some in parts.items()}
        self._ids = list(folded)
        self._forms = [
            _Form(list(folded.values())),
            _Form([numbered(text) for text in folded.values()]),
        ]

    def with_quotation(self, quotation: str) -> set[str]:
        """The records in which it stands."""
        wanted = needle(quotation)
        found = zip(self._forms, (wanted.plain, wanted.numbered), strict=True)
        return {self._ids[n] for form, part in found if part for n in form.holding(part)}


class _Form:
    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = _BETWEEN.join(texts) + _BETWEEN
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def holding(self, part: str) -> list[int]:
        found = []
        at = self._whole.find(part)
        while at >= 0:
            found.append(bisect_right(self._starts, at) - 1)
            at = self._whole.find(part, self._starts[found[-1] + 1])
        return found


def parts_of(content: Content) -> tuple[str, ...]:
    """Where a quotation may stand in a record: its title, its text and its numbers."""
    numbers = [text for d in settled(content.dockets) for text in (d.raw, d.normalised)]
    return (content.title, content.subtitle, content.text, *numbers)


class Records:
    """The records of a base, to be looked into for whole queries."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = {case.id: case.content for case in cases}
        self._texts = Texts({name: parts_of(content) for name, content in self._cases.items()})

    def finding(self, node: Node) -> set[str]:
        """The ids of those that a query must find.

        Words must be single words of the segmenter: these are found where their characters stand.
        Of the facets only year, kind and publisher are read.
        """
        match node:
            case Everything():
                return set(self._cases)
            case Quoted(text):
                return self._texts.with_quotation(text)
            case Words(text, _, _, synonyms):
                return set().union(*map(self._texts.with_quotation, (text, *synonyms)))
            case Filed(facet, values):
                return {name for name, c in self._cases.items() if values & _filed(c, facet)}
            case InSection(roles, part):
                return {name for name, c in self._cases.items() if _stands(part, c, roles)}
            case And(parts):
                return set.intersection(*map(self.finding, parts))
            case Or(parts):
                return set.union(*map(self.finding, parts))
            case Not(part):
                return set(self._cases) - self.finding(part)


def _filed(content: Content, facet: FacetName) -> set[str]:
    match facet:
        case FacetName.YEAR:
            days = settled(content.decided) or settled(content.published)
            return {str(day.year) for day in days[:1]}
        case FacetName.KIND:
            return {content.kind.value}
        case FacetName.PUBLISHER:
            return set(settled(content.publishers))
    raise ValueError(f"{facet} is not read here")


def _stands(part: Node, content: Content, roles: frozenset[str]) -> bool:
    """Whether one section of these roles by itself is found by the query."""
    sections = [
        section.body.of(content.text) for section in content.sections if section.role in roles
    ]
    if TITLE in roles:
        sections.append(f"{content.title}{BREAK}{content.subtitle}")
    return any(_alone(text, part) for text in sections)


def _alone(text: str, node: Node) -> bool:
    match node:
        case Quoted(quoted):
            return bool(Texts({"": [text]}).with_quotation(quoted))
        case Words(typed, _, _, synonyms):
            return any(_alone(text, Quoted(one)) for one in (typed, *synonyms))
        case And(parts):
            return all(_alone(text, part) for part in parts)
        case Or(parts):
            return any(_alone(text, part) for part in parts)
        case Not(part):
            return not _alone(text, part)
    raise TypeError(node)
