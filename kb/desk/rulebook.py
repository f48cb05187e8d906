"""What a case of each kind should have, and which words of a text say how far a dispute was, as
`kb/data/gates.toml` has it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.model import CLAIM_FIELDS, Kind, Role


@dataclass(frozen=True, slots=True)
class Required:
    """sections: of each row one is enough. fields: each must have a value; wanted: it is worth a
    look where it has none."""

    sections: tuple[tuple[Role, ...], ...]
    fields: tuple[str, ...]
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a dispute, in the order in which they are looked for. clause: stands behind the day
    of the step; unless: not in its sentence, None for nothing."""

    code: str
    label: str
    clause: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """sequence: the codes of the steps in the order of time. authority: names, in its first group,
    with whom review was asked for."""

    required: dict[Kind, Required]
    steps: tuple[Step, ...]
    sequence: tuple[str, ...]
    authority: re.Pattern[str]


@cache
def rulebook() -> Rulebook:
    """Read once in a process."""
    data = tomllib.loads((resources.files("kb") / "data" / "gates.toml").read_text("utf-8"))
    required = {
        Kind(kind): Required(
            tuple(tuple(map(Role, row)) for row in entry["sections"]),
            tuple(entry["fields"]),
            tuple(entry["wanted"]),
        )
        for entry in data["required"]
        for kind in entry["kinds"]
    }
    named = {name for one in required.values() for name in (*one.fields, *one.wanted)}
    assert set(required) == set(Kind), "gates.toml: a kind without its row"
    assert named <= set(CLAIM_FIELDS), "gates.toml: a field that is none"
    steps = tuple(
        Step(
            entry["code"],
            entry["label"],
            re.compile(entry["clause"]),
            re.compile(entry["not"]) if entry["not"] else None,
        )
        for entry in data["step"]
    )
    sequence = tuple(data["order"]["sequence"])
    assert set(sequence) == {step.code for step in steps}, "gates.toml: order of other steps"
    return Rulebook(required, steps, sequence, re.compile(data["authority"]["named"]))
