"""The parts of a case that no heading sets off, told by how its paragraphs begin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import kb
from ingest.layout.lines import Line
from kb.model import Role

_FILE = Path(kb.__file__).parent / "data" / "openings.toml"


@dataclass(frozen=True, slots=True)
class _Opening:
    """How the paragraphs of a part begin, and how those that look like it go on telling."""

    role: Role
    begins: re.Pattern[str]
    unless: re.Pattern[str]

    def fits(self, paragraph: str) -> bool:
        found = self.begins.match(paragraph)
        return found is not None and not self.unless.match(paragraph, found.end())


class _Openings(NamedTuple):
    """facts: what facts speak of. decides: what is said of an outcome."""

    facts: re.Pattern[str]
    decides: re.Pattern[str]
    review: _Opening
    significance: _Opening


def parts(lines: Sequence[Line]) -> list[tuple[int, Role]]:
    """Where each part begins, as a number of a line, and its role; the first are the facts. Empty
    where the paragraphs do not tell, or tell of no dispute. The parts come in their order, each
    once: the significance begins below the last paragraph in which the authority decides."""
    openings = _openings()
    told = [line.folded for line in lines]
    reviewing = [at for at, paragraph in enumerate(told) if openings.review.fits(paragraph)]
    if not reviewing or not any(map(openings.facts.search, told[: reviewing[0]])):
        return []
    found = [(0, Role.FACTS), (reviewing[0], openings.review.role)]
    deciding = [at for at in reviewing if openings.decides.search(told[at])]
    for at in range(max(reviewing[:1] + deciding) + 1, len(told)):
        if openings.significance.fits(told[at]):
            return [*found, (at, openings.significance.role)]
    return found


@cache
def _openings() -> _Openings:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    review, significance = (
        _Opening(
            Role(part["role"]),
            re.compile("|".join(part["begins"])),
            re.compile("|".join(part["unless"])),
        )
        for part in data["part"]
    )
    return _Openings(re.compile(data["facts"]), re.compile(data["decides"]), review, significance)
