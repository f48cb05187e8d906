"""The organs of state by their names and abbreviations, as the data file has them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.errors import DataError
from kb.text.normalise import fold_text

ORGANS = Path(__file__).parent.parent / "data" / "organs.toml"


@dataclass(frozen=True, slots=True)
class Organ:
    """code: of its family (market, police, …). name: official, as it stands behind a region.
    court: whether it decides disputes as a court. named: whether a name of its own stands before
    it (龙山 in 渝北区龙山街道办事处)."""

    code: str
    name: str
    court: bool = False
    named: bool = False


@dataclass(frozen=True)
class Organs:
    """by_spelling: every name and abbreviation, folded. pattern: any of them, the longest first;
    own_name: a name of their own and then one of the organs that have such."""

    by_spelling: dict[str, Organ]
    pattern: re.Pattern[str]
    own_name: re.Pattern[str]


@lru_cache(maxsize=1)
def organs() -> Organs:
    """The project's own data, read once."""
    return read(ORGANS)


def read(path: Path) -> Organs:
    """The organs of a TOML file. Raises DataError for one spelling of two organs."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    courts, named = data.pop("courts"), data.pop("named")
    spellings: dict[str, Organ] = {}
    for code, family in data.items():
        for name, shorts in family.items():
            organ = Organ(code, name, court=code in courts, named=code in named)
            for spelling in map(fold_text, (name, *shorts)):
                if spellings.setdefault(spelling, organ) != organ:
                    raise DataError(f"{path}：“{spelling}”写在两个机关名下")
    with_name = [spelling for spelling, organ in spellings.items() if organ.named]
    return Organs(
        by_spelling=spellings,
        pattern=re.compile(_longest_first([s for s in spellings if s not in with_name])),
        own_name=re.compile(f"([\u4e00-\u9fff]{{1,6}}?)({_longest_first(with_name)})"),
    )


def _longest_first(spellings: list[str]) -> str:
    return "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
