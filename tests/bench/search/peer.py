"""What every engine measured is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kb.search.request import FacetName
from tests.bench.words import Corpus

Counts = Mapping[FacetName, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Question:
    """words: any of them, or each of them where `every` says so. quoted: a phrase instead, also as
    the words it is made of. region: only documents filed there. facets: how many documents stand
    under each value of the four facets. passages: the ten best are shown with a passage each."""

    words: tuple[str, ...] = ()
    every: bool = False
    quoted: str = ""
    region: str = ""
    facets: bool = False
    passages: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """total: documents found, None where the engine gives a bound only. shown: passages made that
    mark something."""

    total: int | None
    counts: Counts | None = None
    shown: int = 0


class Peer(Protocol):
    """An engine over an index in a folder. It is built in one process and asked in another."""

    def ask(self, question: Question) -> Answer | None:
        """The ten best and what else is asked; None for what the engine does not offer."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """name: in the table. build: makes the index. open: reads it, given how many documents must be
    in it. same_as: the entrant whose index it reads, if it makes none. note: how it is used."""

    name: str
    open: Callable[[Path, int], Peer]
    build: Callable[[Path, Corpus], None] | None
    note: str
    same_as: str = ""
