"""Names under which a query or a filter asks a facet, and what a value typed there may mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb import law, places
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, STATUTE_LABELS
from kb.law import sounded
from kb.model import Citation, Kind
from kb.search.document import statute_values
from kb.search.request import FacetName
from kb.synonyms import synonyms
from kb.text.exact import needle, numbered
from kb.text.normalise import fold_text
from kb.text.numerals import canonical


class TextField(StrEnum):
    """Fields that are looked for in the text itself only."""

    DOCKET = "docket"


Field = FacetName | TextField

Names = Callable[[FacetName], Sequence[str]]
"""The values of a facet that the index holds, for facets whose values are names."""


def no_names(_: FacetName) -> Sequence[str]:
    """For those who ask without an index."""
    return ()


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
_NAMES: dict[Field, tuple[str, ...]] = {
    FacetName.ISSUE: ("焦点", "争点", "issue"),
    FacetName.REGION: ("地域", "区域", "地方", "region"),
    FacetName.STATUTE: ("法条", "法律", "法规", "依据", "引用", "statute", "law"),
    FacetName.OUTCOME: ("结果", "复议结果", "裁判结果", "决定结果", "outcome", "result"),
    FacetName.ACT: ("行为", "案由", "act"),
    FacetName.KIND: ("种类", "文书", "类型", "kind"),
    FacetName.PUBLISHER: ("发布", "publisher"),
    FacetName.BATCH: ("batch",),
    FacetName.YEAR: ("年", "year"),
    FacetName.AUTHORITY: ("行政机关", "复议机关", "法院", "authority", "court"),
    FacetName.AUTHORITY_REGION: ("机关地区", "authority_region"),
    FacetName.PARTY_REGION: ("当事人地区", "party_region"),
    TextField.DOCKET: ("案号", "文号", "docket"),
}
FIELDS: dict[str, Field] = {
    **{label: facet for facet, label in FACET_LABELS.items()},
    **{name: field for field, names in _NAMES.items() for name in names},
}
"""Every name of a field, folded (`kb.text.normalise.fold_text`); `section_fields` are beside it."""
TAXONOMIES = {FacetName.ACT: acts, FacetName.ISSUE: issues, FacetName.OUTCOME: outcomes}
_KINDS = {**{kind.value: name for kind, name in KIND_LABELS.items()}, **STATUTE_LABELS}
_KINDS_CALLED = {
    Kind.REVIEW_DECISION.value: ("复议决定书", "决定书", "复议决定"),
    Kind.JUDGMENT.value: ("判决书", "裁定书", "判决", "裁定", "裁判"),
    Kind.GUIDING_CASE.value: ("指导案例",),
    Kind.REFERENCE_CASE.value: ("入库案例",),
    "statute": ("法条", "条文", "法规"),
}
MINUS = "-－–—−﹣"
"""What, typed behind a blank, leaves out what follows it."""
_APART = re.compile(rf"\d\s+\d|\s[与且]\s|\s[{MINUS}]")
_PLACE_ALONE = re.compile(r"第?(?:[0-9]{1,4}|[一二三四五六七八九十百千零〇]{1,9})[条、,和或至到-]")
REGIONS = (FacetName.REGION, FacetName.AUTHORITY_REGION, FacetName.PARTY_REGION)
_RANGE = re.compile(r"(?:\.{2,}|…+|[-~至到])+")
# Which version is meant, before a statute's name: 旧, 新修订的, 2023年修订的, 2021版.
_AGE = re.compile(
    r"^(?:[旧舊原新]|现行(?:有效)?|最新)?"
    r"(?:(?:19|20)\d\d年?)?(?:[版年]|[新经]?修[订訂改正][前后後]?)?的?(?=.)"
)
_SINCE = re.compile(r"(?:\.\.)?(?:今|以来|以后|之后|起)$")
_BEFORE = re.compile(r"(?:以前|之前|止)$")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed value means: the facet's own values, what to show for it, what to tell."""

    values: frozenset[str]
    label: str
    notes: tuple[str, ...] = ()


def meaning(facet: FacetName, typed: str, names: Names = no_names) -> Meaning | None:
    """The values of a facet that someone means by a name, alias or code, or by part of a name that
    the index holds; None if it is unknown."""
    match facet:
        case FacetName.REGION | FacetName.AUTHORITY_REGION | FacetName.PARTY_REGION:
            return _region(typed)
        case FacetName.AUTHORITY:
            return _authority(typed, names(facet))
        case FacetName.STATUTE:
            return _statute(typed)
        case FacetName.ACT | FacetName.ISSUE | FacetName.OUTCOME:
            return _term(facet, typed)
        case FacetName.KIND:
            return _kind(typed)
        case FacetName.YEAR:
            return _years(typed)
        case FacetName.PUBLISHER | FacetName.BATCH:
            return _named(facet, typed, names(facet))


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
    typed = fold_text(typed)
    widened = places.widen(typed)
    if widened is None:
        return None
    own = places.label(typed)
    if own != typed:  # a code means itself and what lies in it, as its row counts
        notes = tuple(f"只列现{own}；按名称检索“{own}”则{note}" for note in widened.notes[:1])
        return Meaning(frozenset((typed,)), own, notes)
    return Meaning(widened.codes, typed, widened.notes)


def _authority(typed: str, known: Sequence[str]) -> Meaning:
    """渝北区人社局 means 重庆市渝北区人力资源和社会保障局."""
    names = frozenset(found.full_name for found in places.authorities(typed))
    if not names:
        return _named(FacetName.AUTHORITY, typed, known) or Meaning(frozenset((typed,)), typed)
    return Meaning(names, "、".join(sorted(names)))


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision someone typed, or a list of places in one statute of which any serves: their
    labels in full, where records that cite them are filed, and how to show that."""

    work: str
    labels: tuple[str, ...]
    values: tuple[str, ...]
    shown: str

    @property
    def label(self) -> str:
        """The label of the one provision; "" for a list."""
        return self.labels[0] if len(self.labels) == 1 else ""


def provision(typed: str) -> Provision | None:
    """The provision that someone means, in any spelling, 旧 or 新 before it or not; the deepest
    place it names. Of several places in one statute (第33、34条, 第33条至第35条) any is meant.
    Its name may be typed by how it sounds (xzcff33)."""
    for text in dict.fromkeys((typed, _AGE.sub("", fold_text(typed)), sounded.written(typed))):
        if cited := law.typed(text):
            return _one(cited, text)
        statutes = law.by_statute(law.typed_several(text))
        if len(statutes) == 1:
            return _any_of(statutes[0], text)
    return None


def statutes_named(text: str) -> list[tuple[int, int]]:
    """Where each statute with its places stands in a text that names several and says nothing
    else: 行政处罚法第33、34条和行政复议法第23条."""
    named = law.by_statute(law.typed_several(text))
    return [(cited[0].span.start, max(one.span.end for one in cited)) for cited in named]


def provision_with_blanks(text: str) -> Provision | None:
    """The provisions that a text with blanks means: 食安法 124, 处罚法 第33条 和 第34条. A blank
    parts two numbers: 处罚法 33 34 asks for no article 3334. Between blanks 与 and 且 are signs of
    the query, and behind one so is a minus: 处罚法第33条 -第34条."""
    return None if _APART.search(text) else provision(text)


def another_place(work: str, typed: str) -> Provision | None:
    """A place typed alone, 第34条, in the statute that was named before it."""
    return provision(work + typed) if _PLACE_ALONE.match(fold_text(typed)) else None


def _one(cited: Citation, typed: str) -> Provision | None:
    """A lone number in brackets may be a paragraph or an item, and an item of an article without
    paragraphs is cited as of its first."""
    readings, either = [cited], False
    if cited.paragraph is not None and cited.item is None and "款" not in typed:
        readings.append(replace(cited, paragraph=None, item=cited.paragraph))
        either = True
    elif cited.item is not None and cited.paragraph in (None, 1):
        readings.append(replace(cited, paragraph=None if cited.paragraph else 1))
    values = [value for reading in readings for value in statute_values(reading)[-1:]]
    shown = "或".join(values if either else values[:1])
    work = cited.work or ""
    return Provision(work, (law.label(cited),), tuple(values), shown) if values else None


def _any_of(citations: Sequence[Citation], typed: str) -> Provision | None:
    found = [one for citation in citations if (one := _one(citation, typed))]
    if not found:
        return None
    title = citations[0].work or ""
    places = list(dict.fromkeys(one.shown.removeprefix(title) for one in found))
    shown = [title + places[0], *places[1:]]
    return Provision(
        title,
        tuple(dict.fromkeys(one.label for one in found)),
        tuple(dict.fromkeys(value for one in found for value in one.values)),
        f"{shown[0]}至{shown[-1]}中任一条" if _in_a_row(citations) else "或".join(shown),
    )


def _in_a_row(citations: Sequence[Citation]) -> bool:
    """Whether they are three whole articles or more, one behind the other."""
    whole = [c.article for c in citations if c.paragraph is c.item is None]
    articles = [article for article in whole if isinstance(article, int)]
    run = list(range(articles[0], articles[0] + len(citations))) if articles else []
    return len(run) > 2 and articles == run


def _statute(typed: str) -> Meaning | None:
    found = provision(typed)
    return Meaning(frozenset(found.values), found.shown) if found else None


def _kind(typed: str) -> Meaning | None:
    wanted = fold_text(typed)
    kinds = [code for code, label in _KINDS.items() if wanted in (code, label)]
    kinds = kinds or [code for code, named in _KINDS_CALLED.items() if wanted in named]
    return Meaning(frozenset(kinds), _KINDS[kinds[0]]) if kinds else None


def _term(facet: FacetName, typed: str) -> Meaning | None:
    """A term by its name: 撤销 is both what authorities and what courts do. Else the terms that a
    synonym names, else those whose names hold the word (处罚 of 行政处罚)."""
    taxonomy, wanted = TAXONOMIES[facet](), fold_text(typed)
    if term := taxonomy.get(wanted):
        return Meaning(frozenset((term.code,)), term.label)
    found = taxonomy.find_all(typed) or tuple(
        term for other in synonyms(typed) for term in taxonomy.find_all(other)
    )
    if not found and len(wanted) > 1:
        found = tuple(
            term
            for term in taxonomy.terms
            if any(wanted in fold_text(name) for name in (term.label, *term.synonyms))
        )
    labels = tuple(dict.fromkeys(term.label for term in found))
    return _several(facet, typed, [term.code for term in found], labels)


def _named(facet: FacetName, typed: str, known: Sequence[str]) -> Meaning | None:
    """A name of the index: as typed, else those that hold what was typed."""
    if typed in known or not known:
        return Meaning(frozenset((typed,)), typed)
    wanted = needle(typed)
    found = [
        name
        for name in known
        if (wanted.plain and wanted.plain in fold_text(name))
        or (wanted.numbered and wanted.numbered in numbered(fold_text(name)))
    ]
    return _several(facet, typed, found, found)


def _several(
    facet: FacetName, typed: str, values: Sequence[str], labels: Sequence[str]
) -> Meaning | None:
    """What a name means that may stand for more than one value; more than the name are told."""
    if not values:
        return None
    shown = "、".join(labels[:_MOST_TOLD]) + ("等" if len(labels) > _MOST_TOLD else "")
    whole = f" {len(labels)} 项" if len(labels) > _MOST_TOLD else ""
    told = (f"{FACET_LABELS[facet]}“{typed}”读作：{shown}{whole}",)
    label = labels[0] if len(labels) == 1 else typed
    return Meaning(frozenset(values), label, told if tuple(labels) != (typed,) else ())


def _years(typed: str) -> Meaning | None:
    """A year or a range, in any spelling: 2023..2025, 2023年至今, 二〇二三年以来, ≥2023."""
    said = fold_text(typed).replace("年份", "").replace("年", "")
    said = said.replace(">=", "≥").replace("<=", "≤")
    said = _BEFORE.sub("", ".." + said) if _BEFORE.search(said) else said
    said = _SINCE.sub("..", said)
    if said[:1] in ("≥", "≤"):
        said = said[1:] + ".." if said[0] == "≥" else ".." + said[1:]
    first, dots, last = _RANGE.sub("..", said).partition("..")
    last = last if dots else first
    one = _year(first) if first else _FIRST_YEAR
    other = _year(last) if last else _LAST_YEAR
    if one is None or other is None or not said.strip("."):
        return None
    low, high = min(one, other), max(one, other)
    shown = f"{(first and low) or '…'}–{(last and high) or '…'}" if dots else f"{low}年"
    return Meaning(frozenset(str(year) for year in range(low, high + 1)), shown)


def _year(said: str) -> int | None:
    digits = said if said.isascii() else canonical(said)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    return min(max(int(digits), _FIRST_YEAR), _LAST_YEAR)
