"""A query once understood: what must stand in a record, as a small tree that every engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kb.search.request import FacetName

TITLE = "title"
"""Where `InSection` looks for the title and subtitle, which are no section of the text."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every record."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed without quotation marks, in one run.

    Found where all the words stand (any of them, if not every), or where the run stands as typed:
    what the segmenter would hide is found all the same. longer: words made of those words, which
    rank but need not stand. synonyms: other expressions that serve as well, where they stand; of a
    description those that its words lead to, which only rank.
    """

    text: str
    words: tuple[str, ...]
    every: bool = True
    synonyms: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, found exactly where it stands (`kb.text.exact`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Records filed under any of these values of a facet. shown: how to say it to people."""

    facet: FacetName
    values: frozenset[str]
    shown: str = ""


@dataclass(frozen=True, slots=True)
class InSection:
    """Records in which what the part asks for stands inside one section of one of these roles:
    all of it in the same section. roles: values of `kb.model.Role`, or TITLE for the title and
    subtitle. part: Words and Quoted, joined by And, Or and Not; nothing else."""

    roles: frozenset[str]
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node: TypeAlias = Everything | Words | Quoted | Filed | InSection | And | Or | Not


def positive(node: Node) -> list[Words | Quoted]:
    """The words and quotations a record is found by; what is excluded is left out."""
    match node:
        case Words() | Quoted():
            return [node]
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in positive(part)]
        case InSection(_, part):
            return positive(part)
        case _:
            return []


def descriptions(node: Node) -> list[Words]:
    """Its runs of words of which any serve."""
    return [leaf for leaf in positive(node) if isinstance(leaf, Words) and not leaf.every]


def filed(node: Node, facet: FacetName) -> frozenset[str]:
    """The values of a facet that a record is found by."""
    match node:
        case Filed(asked, values):
            return values if asked is facet else frozenset()
        case And(parts) | Or(parts):
            return frozenset[str]().union(*(filed(part, facet) for part in parts))
        case _:
            return frozenset()


def in_sections(node: Node) -> list[InSection]:
    """Those of its parts that are looked for in certain sections, what is excluded left out."""
    match node:
        case InSection():
            return [node]
        case And(parts) | Or(parts):
            return [found for part in parts for found in in_sections(part)]
        case _:
            return []
