"""What a typed query means: its signs read into a tree, with notes on how it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.search.fields import Names, Provision, no_names, provision_with_blanks
from kb.search.lexer import QUOTATION_MARKS
from kb.search.query import Node, Or, Quoted
from kb.search.reader import Part, Reader, both, whole_part
from kb.search.request import SearchRequest
from kb.search.runs import spaced_docket

# A provision typed with blanks is no longer than this.
_TYPED = 80


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as read. parts: all must hold. notes: what people should be told of the reading."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def node(self) -> Node:
        return both([part.node for part in self.parts])


def understand(query: str, *, use_synonyms: bool = True, names: Names = no_names) -> Understood:
    """Reads any text as a query; nothing is an error. names: those that the index knows, so that
    part of one is enough."""
    notes: dict[str, None] = {}
    reader = Reader(query, use_synonyms, names, notes)
    spaced = _spaced(query)
    whole = _ambiguous_quotation(query)
    if isinstance(spaced, Provision):
        parts = [reader.cited(query, spaced)]
    elif spaced:
        parts = [whole_part(query, spaced)]
    elif reader.describes():
        notes.clear()
        parts = [reader.description(query, 0)]
    else:
        parts = reader.alternatives()
    if whole:
        parts = [whole_part(query, Or((Quoted(whole), both([part.node for part in parts]))))]
    return Understood(tuple(parts), tuple(notes))


def understand_all(request: SearchRequest, names: Names = no_names) -> Understood:
    """A request's query with the words looked for within its results; each box is one part."""
    read = [understand(request.q, use_synonyms=request.synonyms, names=names)]
    parts = list(read[0].parts)
    for number, typed in enumerate(request.within):
        inner = understand(typed, use_synonyms=request.synonyms, names=names)
        read.append(inner)
        if inner.parts:
            parts.append(replace(whole_part(typed, inner.node), within=number))
    return Understood(tuple(parts), tuple(dict.fromkeys(n for r in read for n in r.notes)))


def _spaced(query: str) -> Provision | Node | None:
    """What a query of several words means that is nothing but provisions, or the number of a case:
    食安法 124, 2024 渝01 行终 354."""
    several = len(query) < _TYPED and len(query.split()) > 1
    if not several or any(mark in query for mark in QUOTATION_MARKS):
        return None
    return provision_with_blanks(query) or spaced_docket(query)


def _ambiguous_quotation(query: str) -> str:
    """What stands between the first and last quotation mark of a query that is one quotation or
    several, as one cannot tell: "甲" "乙" may quote a text that holds quotation marks itself."""
    query = query.strip()
    inside = query[1:-1]
    for first, last in ('""', "“”"):
        if len(query) > 2 and (query[0], query[-1]) == (first, last) and last in inside:
            return inside
    return ""
