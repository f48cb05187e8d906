"""Values of fields as a person types or picks them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from kb import law, places
from kb.desk.text import seen
from kb.errors import BadRequest, NotFound
from kb.issues import TAXONOMIES
from kb.law import dockets
from kb.law.statutes import Registry
from kb.model import Citation, Content, Docket, Party, PartyRole, Region, RegionRole, Span, settled

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
M = TypeVar("M", bound=StrEnum)


def read_value(
    content: Content,
    field: str,
    typed: str,
    *,
    part: str = "",
    natural: bool = False,
    span: Span | None = None,
    registry: Registry | None = None,
) -> Any:
    """The value that these words mean in a field of a content.

    published, decided: a day, 2024-05-06 or 2024年5月6日. dockets: a number. acts, issues,
    outcomes: a code or label. regions: a code or name; parties: a name; part: its role in both.
    natural: whether the party is a natural person. citations: a provision in any spelling, which
    stands at the span if one is given; registry: to resolve it with. The others: words. Raises
    BadRequest.
    """
    typed = seen(typed)
    words = unicodedata.normalize("NFKC", typed).strip() if field != "parties" else typed.strip()
    if not words:
        raise BadRequest(field, "不能为空")
    match field:
        case "published" | "decided":
            return _day(field, words)
        case "dockets":
            return _docket(typed)
        case "regions":
            day = next(iter(settled(content.decided)), None)
            return _region(day, words, _member(RegionRole, field, part))
        case "parties":
            return Party(words, _member(PartyRole, field, part), natural)
        case "acts" | "issues" | "outcomes":
            return _term(field, words)
        case "citations":
            return _citation(content, typed.strip(), span, registry)
        case "batch" | "publishers" | "keywords":
            return typed.strip()
    raise BadRequest("field", f"没有“{field}”这一项")


def _day(field: str, words: str) -> date:
    found = _DAY.fullmatch(words)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise BadRequest(field, f"“{words[:40]}”不是日期，应写作 2024-05-06 或 2024年5月6日")


def _docket(typed: str) -> Docket:
    found = dockets.find(typed)
    if len(found) != 1:
        raise BadRequest("dockets", f"“{typed[:40]}”不是一个案号或文号，如 渝中府复〔2024〕85号")
    return found[0][1]


@lru_cache(maxsize=256)
def _region(day: date | None, code: str, role: RegionRole) -> Region:
    """The last ones are kept: a sheet names the same ones row by row."""
    for on in (day, None):
        try:
            return Region(code, places.place(code, on).full_name, role)
        except NotFound:
            continue
    named = {one.code: one for one in places.find(code, day)}
    if len(named) == 1:
        [found] = named.values()
        return Region(found.code, found.name, role)
    raise BadRequest("regions", f"“{code[:20]}”不是一个地区，请写全名或六位代码，或从列表中选")


def _term(field: str, words: str) -> str:
    term = TAXONOMIES[field]().find(words)
    if term is None:
        raise BadRequest(field, f"分类中没有“{words[:40]}”，请从列表中选")
    return term.code


def _citation(
    content: Content, typed: str, span: Span | None, registry: Registry | None
) -> Citation:
    decided = next(iter(settled(content.decided)), None)
    found = law.cite(typed, decided, registry)
    if len(found) != 1:
        raise BadRequest("citations", f"“{typed[:40]}”不是一处法条，如 行政处罚法第三十三条第一款")
    if span:
        return replace(found[0], span=span, raw=span.of(content.text))
    place = content.text.find(found[0].raw)
    there = Span(place, place + len(found[0].raw)) if place >= 0 else Span(0, 0)
    return replace(found[0], span=there)


def _member(kind: type[M], field: str, part: str) -> M:
    try:
        return kind(part)
    except ValueError:
        raise BadRequest(field, f"没有“{part[:20]}”这种角色") from None
