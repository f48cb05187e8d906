"""The parts of a case that no heading sets off, told by how its paragraphs begin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kb
from ingest.layout.lines import Line
from kb.model import Role

_FILE = Path(kb.__file__).parent / "data" / "openings.toml"


@dataclass(frozen=True, slots=True)
class _Opening:
    """How the paragraphs of a part begin, and how those that look like it go on telling."""

    role: Role
    begins: re.Pattern[str]
    unless: re.Pattern[str] | None

    def fits(self, paragraph: str) -> bool:
        found = self.begins.match(paragraph)
        if found is None:
            return False
        return not (self.unless and self.unless.match(paragraph, found.end()))


def parts(lines: Sequence[Line]) -> list[tuple[int, Role]]:
    """Where each part begins, as a number of a line, and its role; the first are the facts. Empty
    where the paragraphs do not tell, or tell of no dispute. The parts come in their order, each
    once: nothing of the review stands below the significance."""
    facts, openings = _read()
    review, significance = openings
    reviewing = [at for at, line in enumerate(lines) if review.fits(line.folded)]
    if not reviewing or not reviewing[0]:
        return []
    if not any(facts.search(line.folded) for line in lines[: reviewing[0]]):
        return []
    found = [(0, Role.FACTS), (reviewing[0], review.role)]
    for at in range(reviewing[-1] + 1, len(lines)):
        if significance.fits(lines[at].folded):
            return [*found, (at, significance.role)]
    return found


@cache
def _read() -> tuple[re.Pattern[str], tuple[_Opening, _Opening]]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    review, significance = (
        _Opening(
            Role(part["role"]),
            re.compile("|".join(part["begins"])),
            re.compile("|".join(part["unless"])) if part["unless"] else None,
        )
        for part in data["part"]
    )
    return re.compile(data["facts"]), (review, significance)
