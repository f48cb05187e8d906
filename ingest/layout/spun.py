"""Mirror pages whose words were swapped for synonyms: refused where fixed formulas broke."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import kb
from kb.errors import DataError
from kb.text.normalise import fold_text

_FILE = Path(kb.__file__).parent / "data" / "spun_words.toml"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Formula:
    """broken: what no real paper says; should: the fixed words it stands for."""

    broken: re.Pattern[str]
    should: str


@lru_cache(maxsize=4)
def reason(text: str) -> str:
    """Why a text is no copy of an official paper, naming the broken formulas; "" if it may be one.

    Only what can be proven counts: several formulas fixed by law or by the forms of the courts,
    each in a wording that no organ uses.
    """
    formulas, at_least = _table()
    folded = fold_text(text)
    broken = [(m.group(), f.should) for f in formulas if (m := f.broken.search(folded))]
    if len(broken) < at_least:
        return ""
    shown = "；".join(f"“{found}”应为“{should}”" for found, should in broken[:_SHOWN])
    return (
        f"疑为机器改写的镜像页，{len(broken)} 处法定固定用语被换成近义词（{shown}），请改用原发布页"
    )


@cache
def _table() -> tuple[tuple[_Formula, ...], int]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    try:
        formulas = [_Formula(re.compile(f["broken"]), f["should"]) for f in data["formula"]]
        return tuple(formulas), int(data["at_least"])
    except (KeyError, re.error) as error:
        raise DataError(f"{_FILE.name}：{error}") from error
