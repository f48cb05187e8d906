"""Names under which a query or a filter asks a facet, and what a value typed there may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb import law, places
from kb.issues import Taxonomy, acts, issues, outcomes
from kb.labels import KIND_LABELS, STATUTE_LABELS
from kb.search.document import statute_values
from kb.search.request import FacetName


class TextField(StrEnum):
    """Fields that are looked for in the text itself only."""

    DOCKET = "docket"


Field = FacetName | TextField

_NAMES: dict[Field, tuple[str, ...]] = {
    FacetName.ISSUE: ("争议焦点", "焦点", "争点", "issue"),
    FacetName.REGION: ("地区", "地域", "区域", "region"),
    FacetName.STATUTE: ("法条", "法律", "法规", "依据", "statute", "law"),
    FacetName.OUTCOME: ("结果", "复议结果", "裁判结果", "outcome", "result"),
    FacetName.ACT: ("行为", "行政行为", "act"),
    FacetName.KIND: ("种类", "文书", "kind"),
    FacetName.PUBLISHER: ("发布", "发布机关", "publisher"),
    FacetName.BATCH: ("批次", "batch"),
    FacetName.YEAR: ("年份", "年", "year"),
    FacetName.AUTHORITY: ("机关", "行政机关", "authority"),
    FacetName.AUTHORITY_REGION: ("机关地区", "authority_region"),
    FacetName.PARTY_REGION: ("当事人地区", "party_region"),
    TextField.DOCKET: ("案号", "文号", "docket"),
}
FIELDS = {name: field for field, names in _NAMES.items() for name in names}
FACET_LABELS = {
    FacetName.REGION: "地区",
    FacetName.AUTHORITY_REGION: "机关所在地区",
    FacetName.PARTY_REGION: "当事人所在地区",
    FacetName.AUTHORITY: "机关",
    FacetName.ACT: "行政行为",
    FacetName.ISSUE: "争议焦点",
    FacetName.OUTCOME: "处理结果",
    FacetName.STATUTE: "法律依据",
    FacetName.KIND: "文书种类",
    FacetName.PUBLISHER: "发布机关",
    FacetName.BATCH: "批次",
    FacetName.YEAR: "年份",
}
TAXONOMIES = {FacetName.ACT: acts, FacetName.ISSUE: issues, FacetName.OUTCOME: outcomes}
_KINDS = {**{kind.value: name for kind, name in KIND_LABELS.items()}, **STATUTE_LABELS}
REGIONS = (FacetName.REGION, FacetName.AUTHORITY_REGION, FacetName.PARTY_REGION)
_RANGE = re.compile(r"\s*(?:\.{2,}|…+|[-–—－~～至到]+)\s*")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed value means: the facet's own values, what to show for it, what to tell."""

    values: frozenset[str]
    label: str
    notes: tuple[str, ...] = ()


def meaning(facet: FacetName, typed: str) -> Meaning | None:
    """The values of a facet that someone means by a name, alias or code; None if it is unknown."""
    match facet:
        case FacetName.REGION | FacetName.AUTHORITY_REGION | FacetName.PARTY_REGION:
            return _region(typed)
        case FacetName.AUTHORITY:
            return _authority(typed)
        case FacetName.STATUTE:
            return _statute(typed)
        case FacetName.ACT | FacetName.ISSUE | FacetName.OUTCOME:
            return _term(TAXONOMIES[facet](), typed)
        case FacetName.KIND:
            kinds = [code for code, label in _KINDS.items() if typed in (code, label)]
            return Meaning(frozenset(kinds), _KINDS[kinds[0]]) if kinds else None
        case FacetName.YEAR:
            return _years(typed)
        case _:
            return Meaning(frozenset((typed,)), typed)


def label(facet: FacetName, value: str) -> str:
    """What to show for a facet's own value."""
    match facet:
        case FacetName.REGION | FacetName.AUTHORITY_REGION | FacetName.PARTY_REGION:
            return places.label(value)
        case FacetName.ACT | FacetName.ISSUE | FacetName.OUTCOME:
            term = TAXONOMIES[facet]().get(value)
            return term.label if term else value
        case FacetName.KIND:
            return _KINDS.get(value, value)
        case FacetName.YEAR:
            return f"{value}年"
        case _:
            return value


def _region(typed: str) -> Meaning | None:
    widened = places.widen(typed)
    if widened is None:
        return None
    own = places.label(typed)
    if own != typed:  # a code means itself and what lies in it, as its row counts
        notes = tuple(f"只列现{own}；按名称检索“{own}”则{note}" for note in widened.notes[:1])
        return Meaning(frozenset((typed,)), own, notes)
    return Meaning(widened.codes, typed, widened.notes)


def _authority(typed: str) -> Meaning:
    """渝北区人社局 means 重庆市渝北区人力资源和社会保障局."""
    names = frozenset(found.full_name for found in places.authorities(typed)) or frozenset((typed,))
    return Meaning(names, "、".join(sorted(names)))


def _statute(typed: str) -> Meaning | None:
    """A provision in any spelling; the deepest place it names."""
    cited = law.typed(typed)
    values = statute_values(cited) if cited else ()
    return Meaning(frozenset(values[-1:]), values[-1]) if values else None


def _term(taxonomy: Taxonomy, typed: str) -> Meaning | None:
    term = taxonomy.find(typed)
    return Meaning(frozenset((term.code,)), term.label) if term else None


def _years(typed: str) -> Meaning | None:
    first, dots, last = _RANGE.sub("..", typed.replace("年", "").strip()).partition("..")
    last = last if dots else first
    ends = [first or str(_FIRST_YEAR), last or str(_LAST_YEAR)]
    if not all(end.isascii() and end.isdigit() and len(end) == 4 for end in ends):
        return None
    years = range(int(ends[0]), int(ends[1]) + 1)
    if not years:
        return None
    shown = f"{first or '…'}–{last or '…'}" if dots else f"{first}年"
    return Meaning(frozenset(str(year) for year in years), shown)
