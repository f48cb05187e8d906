"""What a segment holds, as plain arrays: the same whether just made, or mapped from a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.search.request import FacetName
from kb.search.whoosh.arrays.file import ArrayFile, save
from kb.search.whoosh.arrays.pairs import Keys
from kb.search.whoosh.arrays.postings import Numbers, Positions, Postings

Bytes = NDArray[np.uint8]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Byte strings one after another: number n stands at starts[n]:starts[n + 1]."""

    data: Bytes
    starts: Positions

    def of(self, number: int) -> bytes:
        """One of them."""
        return bytes(self.data[self.starts[number] : self.starts[number + 1]])


class Characters(NamedTuple):
    """Code points, ascending, and in how many records each stands."""

    codes: Integers
    records: Integers


class FieldWords(NamedTuple):
    """The words of one field. terms: in the order of their UTF-8 bytes, each ended by a line break.
    lengths: of each record, in words. The weight of a posting says all that ranking needs of it:
    256 times how often the word stands in the record, and the byte of the record's length."""

    terms: Stretches
    postings: Postings
    lengths: Integers

    def lines(self) -> str:
        """All terms, a line each."""
        return self.terms.data.tobytes().decode("utf-8", "surrogatepass")


class Filing(NamedTuple):
    """One facet: for each value, in the order of values, the records filed under it."""

    values: list[str]
    starts: Positions
    records: Numbers

    def of(self, number: int) -> Numbers:
        """The records filed under the value of this number."""
        return self.records[self.starts[number] : self.starts[number + 1]]


class Sections(NamedTuple):
    """Where the sections of record n stand: places starts[n]:starts[n + 1] of the other arrays.
    roles: numbers in role_names. begins, ends: in the bytes of the record's plain text."""

    role_names: list[str]
    starts: Positions
    roles: Bytes
    begins: Integers
    ends: Integers


@dataclass(frozen=True)
class Contents:
    """A segment of at most `MOST_RECORDS` records, numbered from 0.

    days, revisions, priors: as in `kb.search.engine.IndexDocument`. characters: of the texts.
    order: the records in the order of their ids. pair_keys: ascending, the keys of `pairs`, which
    has a posting for each place where a pair stands, its weight being the position. plain,
    numbered: the folded texts in both readings of numerals (`kb.text.exact`).
    """

    ids: list[str]
    days: Integers
    revisions: Integers
    priors: NDArray[np.float64]
    characters: Characters
    order: Numbers
    fields: dict[str, FieldWords]
    pair_keys: Keys
    pairs: Postings
    plain: Stretches
    numbered: Stretches
    filings: dict[FacetName, Filing]
    sections: Sections

    @property
    def size(self) -> int:
        """Records, dead ones included."""
        return len(self.ids)

    def save(self, path: Path) -> None:
        arrays: dict[str, NDArray[Any]] = {
            "days": self.days,
            "revisions": self.revisions,
            "priors": self.priors,
            "characters.codes": self.characters.codes,
            "characters.records": self.characters.records,
            "order": self.order,
            "pair_keys": self.pair_keys,
            **_of_postings("pairs", self.pairs),
            **_of_stretches("plain", self.plain),
            **_of_stretches("numbered", self.numbered),
        }
        for name, words in self.fields.items():
            arrays |= _of_stretches(f"{name}.terms", words.terms)
            arrays |= _of_postings(name, words.postings)
            arrays[f"{name}.lengths"] = words.lengths
        for facet, filing in self.filings.items():
            arrays |= {f"{facet}.starts": filing.starts, f"{facet}.records": filing.records}
        for part in ("starts", "roles", "begins", "ends"):
            arrays[f"sections.{part}"] = getattr(self.sections, part)
        facts = {
            "ids": self.ids,
            "fields": list(self.fields),
            "values": {facet.value: filing.values for facet, filing in self.filings.items()},
            "roles": self.sections.role_names,
        }
        save(path, arrays, facts)


def mapped(file: ArrayFile) -> Contents:
    """The contents that were saved in a file."""
    facts = file.facts
    return Contents(
        ids=facts["ids"],
        days=file["days"],
        revisions=file["revisions"],
        priors=file["priors"],
        characters=Characters(file["characters.codes"], file["characters.records"]),
        order=file["order"],
        fields={
            name: FieldWords(
                _stretches(file, f"{name}.terms"),
                _postings(file, name),
                file[f"{name}.lengths"],
            )
            for name in facts["fields"]
        },
        pair_keys=file["pair_keys"],
        pairs=_postings(file, "pairs"),
        plain=_stretches(file, "plain"),
        numbered=_stretches(file, "numbered"),
        filings={
            FacetName(name): Filing(values, file[f"{name}.starts"], file[f"{name}.records"])
            for name, values in facts["values"].items()
        },
        sections=Sections(
            facts["roles"],
            *(file[f"sections.{part}"] for part in ("starts", "roles", "begins", "ends")),
        ),
    )


def _of_postings(name: str, postings: Postings) -> dict[str, NDArray[Any]]:
    return {
        f"{name}.starts": postings.starts,
        f"{name}.records": postings.records,
        f"{name}.weights": postings.weights,
    }


def _postings(file: ArrayFile, name: str) -> Postings:
    return Postings(file[f"{name}.starts"], file[f"{name}.records"], file[f"{name}.weights"])


def _of_stretches(name: str, stretches: Stretches) -> dict[str, NDArray[Any]]:
    return {f"{name}.data": stretches.data, f"{name}.begin": stretches.starts}


def _stretches(file: ArrayFile, name: str) -> Stretches:
    return Stretches(file[f"{name}.data"], file[f"{name}.begin"])
