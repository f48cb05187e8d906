"""The three taxonomies as values, read strictly from their data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from importlib import resources

from kb.errors import DataError
from kb.text.normalise import fold_text
from kb.text.shortlist import Shortlist, shortlist

CODE = re.compile(r"[a-z][a-z0-9_]*")
FORUMS = ("", "review", "court")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show a term in a folded text (`kb.text.normalise.fold_text`).

    weight: how much they say. where: "title" or "text" only, "" both. own: they state an outcome
    by themselves. scope: "all" where no request, 未 or 可以 before undoes them.
    """

    find: re.Pattern[str]
    weight: int = 2
    where: str = ""
    own: bool = False
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of a taxonomy.

    code: permanent. label: as shown to readers. parent: the code above it, "" at the top.
    definition: in our own words. synonyms: other names it is found by. unless: longer phrases that
    take a cue's words another way. source: the articles it rests on.
    Of outcomes only: forum: "review" or "court"; article_2023, article_1999: of 行政复议法, ""
    where that version has none; requires: stands only beside one of these; reverses: undoes the
    rulings below; at_retrial: the code it has when the ruling is one on retrial.
    """

    code: str
    label: str
    label_en: str
    parent: str = ""
    definition: str
    synonyms: tuple[str, ...]
    cues: tuple[Cue, ...]
    unless: tuple[re.Pattern[str], ...]
    source: str
    forum: str = ""
    article_2023: str = ""
    article_1999: str = ""
    requires: tuple[str, ...] = ()
    reverses: bool = False
    at_retrial: str = ""


@dataclass(frozen=True)
class Taxonomy:
    """Terms in the order of the data, parents before their children.

    frames: named families of phrases that say what role a sentence plays. numbers: named settings.
    """

    name: str
    terms: tuple[Term, ...]
    frames: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def get(self, code: str) -> Term | None:
        """The term of this code."""
        return self._by_code.get(code)

    def find(self, name: str) -> Term | None:
        """The term of this code, label or synonym, whichever way it is spelt; labels go first."""
        found = self.find_all(name)
        return found[0] if found else None

    def find_all(self, name: str) -> tuple[Term, ...]:
        """Every term a name may mean: 撤销 is a decision of a review authority and of a court."""
        wanted = fold_text(name)
        return self._by_name.get(wanted, ()) if wanted else ()

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes from the top down to this one; () for an unknown code."""
        term = self.get(code)
        if term is None:
            return ()
        return (*self.lineage(term.parent), code) if term.parent else (code,)

    def children(self, code: str) -> tuple[Term, ...]:
        """The terms directly below; of "" the top level."""
        return tuple(term for term in self.terms if term.parent == code)

    @cached_property
    def _by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Term, ...]]:
        """By names folded; those whose label it is go first."""
        named = [(name, term) for term in self.terms for name in (term.code, fold_text(term.label))]
        named += [
            (fold_text(name), term)
            for term in self.terms
            for name in (*term.synonyms, term.label_en)
        ]
        found: dict[str, dict[str, Term]] = {}
        for name, term in named:
            found.setdefault(name, {})[term.code] = term
        return {name: tuple(terms.values()) for name, terms in found.items()}

    @cached_property
    def cues(self) -> tuple[tuple[Term, Cue], ...]:
        """Every cue with its term, in the order of the data."""
        return tuple((term, cue) for term in self.terms for cue in term.cues)

    @cached_property
    def shortlist(self) -> Shortlist:
        """Which of `cues` may stand in a folded text."""
        return shortlist(cue.find for _, cue in self.cues)


@cache
def acts() -> Taxonomy:
    """Contested acts (被复议、被诉行政行为)."""
    return _load("acts.toml")


@cache
def issues() -> Taxonomy:
    """Issues in dispute (争议焦点), two levels."""
    return _load("issues.toml")


@cache
def outcomes() -> Taxonomy:
    """Outcomes (复议决定与裁判结果): of review authorities, then of courts."""
    return _load("outcomes.toml")


TAXONOMIES: Mapping[str, Callable[[], Taxonomy]] = {
    "acts": acts,
    "issues": issues,
    "outcomes": outcomes,
}
"""By the field of a content (`kb.model.Content`) whose values are its terms."""


def _load(name: str) -> Taxonomy:
    return read((resources.files("kb") / "data" / name).read_text("utf-8"), name)


def read(text: str, name: str) -> Taxonomy:
    """A taxonomy from TOML. DataError names file, term and key where the form is broken."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}：不是合格的 TOML：{error}") from error
    entries = data.pop("term", [])
    if not entries:
        raise DataError(f"{name}：没有 [[term]]")
    frames: dict[str, tuple[re.Pattern[str], ...]] = {}
    numbers: dict[str, int] = {}
    for key, value in data.items():
        if isinstance(value, int):
            numbers[key] = value
        elif isinstance(value, dict):
            frames |= {k: _patterns(v, f"{name} [{key}] {k}") for k, v in value.items()}
        else:
            raise DataError(f"{name}：{key} 应为整数或一张表")
    terms = tuple(_term(entry, name) for entry in entries)
    _check(terms, name)
    return Taxonomy(name, terms, frames, numbers)


def _term(entry: dict[str, object], name: str) -> Term:
    place = f"{name} [[term]] {entry.get('code', '（无 code）')}"
    given = dict(entry)
    given["unless"] = given.pop("not", [])
    known = {f.name for f in fields(Term)}
    if unknown := sorted(given.keys() - known):
        raise DataError(f"{place}：不认识的键 {'、'.join(unknown)}")
    for key in ("code", "label", "label_en", "definition", "source"):
        if not isinstance(given.get(key), str) or not str(given[key]).strip():
            raise DataError(f"{place}：缺少 {key}")
    if not CODE.fullmatch(str(given["code"])):
        raise DataError(f"{place}：code 只能用小写字母、数字和下划线，以字母开头")
    for key in ("synonyms", "cues", "unless", "requires"):
        if not isinstance(given.get(key, []), list):
            raise DataError(f"{place}：{key} 应为列表")
    given["synonyms"] = _strings(given.get("synonyms", []), f"{place} synonyms")
    given["requires"] = _strings(given.get("requires", []), f"{place} requires")
    given["unless"] = _patterns(given["unless"], f"{place} not")
    cues = given.get("cues", [])
    assert isinstance(cues, list)
    given["cues"] = tuple(_cue(cue, f"{place} cues 第 {n} 条") for n, cue in enumerate(cues, 1))
    if given.get("forum", "") not in FORUMS:
        raise DataError(f"{place}：forum 只能是 review 或 court")
    return Term(**given)  # type: ignore[arg-type]


def _cue(cue: object, place: str) -> Cue:
    given = {"find": cue} if isinstance(cue, str) else cue
    if not isinstance(given, dict) or "find" not in given:
        raise DataError(f"{place}：应为正则，或含 find 的表")
    if unknown := sorted(given.keys() - {f.name for f in fields(Cue)}):
        raise DataError(f"{place}：不认识的键 {'、'.join(unknown)}")
    if given.get("where", "") not in ("", "title", "text"):
        raise DataError(f"{place}：where 只能是 title 或 text")
    if given.get("scope", "") not in ("", "all"):
        raise DataError(f"{place}：scope 只能是 all")
    if not isinstance(given.get("weight", 2), int) or given.get("weight", 2) < 1:
        raise DataError(f"{place}：weight 应为正整数")
    return Cue(**{**given, "find": _pattern(given["find"], place)})


def _patterns(values: object, place: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(value, place) for value in _strings(values, place))


def _pattern(value: object, place: str) -> re.Pattern[str]:
    if not isinstance(value, str) or not value:
        raise DataError(f"{place}：应为不空的正则")
    try:
        pattern = re.compile(value)
    except re.error as error:
        raise DataError(f"{place}：正则“{value}”写错了：{error}") from error
    if pattern.match("") and not value.endswith("$"):
        raise DataError(f"{place}：正则“{value}”连空串也匹配")
    if strange := sorted({c for c in value if fold_text(c) != c and not c.isascii()}):
        raise DataError(
            f"{place}：正则“{value}”里的 {''.join(strange)} 折叠后不会出现，请写成半角简体"
        )
    return pattern


def _strings(values: object, place: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise DataError(f"{place}：应为字符串的列表")
    return tuple(values)


def _check(terms: tuple[Term, ...], name: str) -> None:
    """Codes are unique, references lead somewhere, and no name means two things in one forum."""
    seen: dict[str, Term] = {}
    names: dict[tuple[str, str], str] = {}
    for term in terms:
        place = f"{name} [[term]] {term.code}"
        if term.code in seen:
            raise DataError(f"{place}：code 重复")
        if term.parent and term.parent not in seen:
            raise DataError(f"{place}：parent {term.parent} 须先列出")
        if term.parent and seen[term.parent].parent:
            raise DataError(f"{place}：至多两级，{term.parent} 已是下级")
        seen[term.code] = term
        for word in {fold_text(word) for word in (term.label, *term.synonyms)}:
            if other := names.get((term.forum, word)):
                raise DataError(f"{place}：“{word}”已是 {other} 的名称或同义词")
            names[term.forum, word] = term.code
    for term in terms:
        for code in (*term.requires, *([term.at_retrial] if term.at_retrial else [])):
            if code not in seen:
                raise DataError(f"{name} [[term]] {term.code}：没有 {code} 这一项")
