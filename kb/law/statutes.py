"""The registry of statutes: which work a name means, and which version was in force on a day."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from kb.errors import DataError
from kb.text.normalise import fold_text

_DATA = "statutes.toml"
# How long after a change a decision may still rest on the version before it.
_TRANSITION = timedelta(days=31)
_LONGEST_BARE = 45


class WorkKind(StrEnum):
    """Rank of a statute (效力位阶), highest first."""

    CONSTITUTION = "constitution"
    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    JUDICIAL_INTERPRETATION = "judicial_interpretation"
    DEPARTMENTAL_RULE = "departmental_rule"
    LOCAL_REGULATION = "local_regulation"
    LOCAL_RULE = "local_rule"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a statute. in_force: the day it came into force; adopted: adopted or published.

    note: where the day in force was read ("text", "decision", "report", "import").
    last_day: the last day in force, None while it stands. articles: their number, None if unknown.
    """

    in_force: date
    adopted: date | None = None
    note: str = ""
    last_day: date | None = None
    articles: int | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """Which version a day points to: one candidate is an answer, several are a doubt.

    why: "" where sure; within_a_month_of_change, change_undated, before_first_version,
    after_repeal (the last version is meant) or no_versions.
    """

    candidates: tuple[Version, ...] = ()
    why: str = ""

    @property
    def version(self) -> Version | None:
        return self.candidates[0] if len(self.candidates) == 1 and self.sure else None

    @property
    def sure(self) -> bool:
        return self.why in ("", "after_repeal")


@dataclass(frozen=True, slots=True)
class Work:
    """A statute over all its versions, oldest first.

    title: without 中华人民共和国. undated: days of adoption of versions of unknown day in force.
    ended: the last day in force of the whole statute, None while it stands or where unknown.
    """

    title: str
    full_title: str
    kind: WorkKind
    issuer: str = ""
    aliases: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    undated: tuple[date, ...] = ()
    ended: date | None = None

    def version_on(self, day: date) -> Dating:
        """The version in force on a day. In the month after a change the version before it may
        still govern, so both are candidates."""
        if not self.versions:
            return Dating(why="no_versions")
        begun = [version for version in self.versions if version.in_force <= day]
        if not begun:
            return Dating((self.versions[0],), "before_first_version")
        current, earlier = begun[-1], begun[:-1]
        since = current.adopted or current.in_force
        if any(since < change <= day for change in self.undated):
            return Dating((current,), "change_undated")
        if earlier and day < current.in_force + _TRANSITION:
            return Dating((earlier[-1], current), "within_a_month_of_change")
        return Dating((current,), "after_repeal" if self.ended and self.ended < day else "")

    def versions_of_year(self, year: int, month: int | None, day: int | None) -> Dating:
        """The versions a writer calls by a date: the day or else the year of adoption, or else
        of coming into force."""
        if month and day:
            for attribute in ("adopted", "in_force"):
                exact = [
                    v for v in self.versions if _ymd(getattr(v, attribute)) == (year, month, day)
                ]
                if exact:
                    return Dating(tuple(exact))
        adopted = [v for v in self.versions if v.adopted and v.adopted.year == year]
        missing = any(change.year == year for change in self.undated)
        found = adopted or [v for v in self.versions if v.in_force.year == year and not missing]
        if missing:
            return Dating(tuple(found), "change_undated")
        if not self.versions:
            return Dating(why="no_versions")
        if not found:
            return Dating(why="version_unknown")
        return Dating(tuple(found), "" if len(found) == 1 else "several_versions_that_year")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What two spellings of one name share: folded, without 《》, quotes and 中华人民共和国.

    >>> name_key("《中华人民共和国行政复议法》") == name_key("行政复议法")
    True
    """
    return _strip_marks(fold_text(name))


@lru_cache(maxsize=65536)
def folded_name_key(folded: str) -> str:
    """`name_key` of a name that is folded already."""
    return _strip_marks(folded)


class Registry:
    """Finds a work by any of its names. Works whose text was imported join by `with_works`."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: tuple[Work, ...] = tuple(works)
        self._by_name = _index(self.works)

    def work(self, name: str) -> Work | None:
        """The work of this title or alias, with or without 中华人民共和国 or 《》, in any width."""
        return self._by_name.get(name_key(name))

    def work_of_key(self, key: str) -> Work | None:
        """The work by the key of one of its names, see `name_key`."""
        return self._by_name.get(key)

    def may_name(self, folded: str) -> bool:
        """False where a folded text surely names no work: few characters end a name (法, 例)."""
        return not self._endings.isdisjoint(folded)

    def with_works(self, works: Iterable[Work]) -> Registry:
        """A registry that knows these works too. Where a title is known already, versions are
        joined (an imported one wins over a registered one of the same day) and aliases kept."""
        joined = {work.title: work for work in self.works}
        for work in works:
            known = self._by_name.get(name_key(work.title))
            title = known.title if known else work.title
            joined[title] = _join(joined[title], work) if title in joined else work
        return Registry(joined.values())

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(name[-1] for name in self._by_name)

    @cached_property
    def bare_names(self) -> Mapping[str, Work]:
        """Every name by its key: what may stand before 第…条 without 《》."""
        return self._by_name

    @cached_property
    def bare_lengths(self) -> Mapping[str, frozenset[int]]:
        """Lengths of the names that prose may use without 《》, by their last two characters."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._by_name:
            if len(name) <= _LONGEST_BARE:
                lengths[name[-2:]].add(len(name))
        return {ending: frozenset(found) for ending, found in lengths.items()}


@cache
def registry() -> Registry:
    """The registry that ships with the project. Raises DataError where its file breaks its form."""
    text = resources.files("kb.data").joinpath(_DATA).read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text).get("statute", [])
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{_DATA}：不是有效的 TOML：{error}") from error
    return Registry(_work(row, number) for number, row in enumerate(rows, 1))


def _work(row: Mapping[str, Any], number: int) -> Work:
    try:
        title = row["title"]
        return Work(
            title=title,
            full_title=row.get("full", title),
            kind=WorkKind(row["kind"]),
            issuer=row["issuer"],
            aliases=tuple(row.get("aliases", ())),
            versions=_versions(row),
            undated=tuple(row.get("undated", ())),
            ended=row.get("ended"),
        )
    except (KeyError, ValueError, TypeError) as error:
        name = row.get("title", "无标题")
        raise DataError(f"{_DATA} 第 {number} 部（{name}）：缺少或写错 {error}") from error


def _versions(row: Mapping[str, Any]) -> tuple[Version, ...]:
    rows = row.get("versions", [])
    articles = row.get("articles") or [None] * len(rows)
    versions = [
        Version(entry[0], entry[1] if len(entry) == 3 else None, entry[-1], articles=count)
        for entry, count in zip(rows, articles, strict=True)
    ]
    return _chain(versions, row.get("ended"))


def _chain(versions: Iterable[Version], ended: date | None) -> tuple[Version, ...]:
    """Versions in order, each ending on the day before the next begins."""
    ordered = sorted(versions, key=lambda version: version.in_force)
    ends = [after.in_force - timedelta(days=1) for after in ordered[1:]] + [ended]
    return tuple(replace(v, last_day=end) for v, end in zip(ordered, ends, strict=False))


def _join(known: Work, imported: Work) -> Work:
    versions = {version.in_force: version for version in known.versions}
    versions |= {version.in_force: version for version in imported.versions}
    dated = {version.adopted for version in versions.values()}
    ended = known.ended or imported.ended
    return replace(
        known,
        full_title=imported.full_title or known.full_title,
        aliases=tuple(dict.fromkeys(known.aliases + imported.aliases)),
        versions=_chain(versions.values(), ended),
        undated=tuple(change for change in known.undated if change not in dated),
        ended=ended,
    )


def _index(works: tuple[Work, ...]) -> dict[str, Work]:
    """Names to works: titles first, then aliases, then what follows from a title by itself, dropped
    where two works would share it."""
    names: dict[str, Work] = {}
    for given in ("titles", "aliases"):
        for work in works:
            for name in (work.title, work.full_title) if given == "titles" else work.aliases:
                owner = names.setdefault(name_key(name), work)
                if owner.title != work.title:
                    raise DataError(
                        f"{_DATA}：名称“{name}”同时指《{owner.title}》和《{work.title}》"
                    )
    implied: dict[str, Work | None] = {}
    for work in works:
        for key in _implied_keys(name_key(work.title)):
            if key not in names:
                implied[key] = None if implied.get(key, work) is not work else work
    return names | {key: work for key, work in implied.items() if work is not None}


_ISSUERS = re.compile(r"^(?:最高人民法院|最高人民检察院|国务院|[、,和])+(?=关于)")
_TRIAL = re.compile(r"\((?:试行|暂行)\)$")


def _implied_keys(key: str) -> set[str]:
    """关于审理…的规定 for 最高人民法院关于审理…的规定; …办法 for …办法(试行)."""
    without_issuer = _ISSUERS.sub("", key)
    return {without_issuer, _TRIAL.sub("", key), _TRIAL.sub("", without_issuer)} - {key}


_MARKS = re.compile("[《》<>\"']|中华人民共和国")


def _strip_marks(folded: str) -> str:
    return _MARKS.sub("", folded)


def _ymd(day: date | None) -> tuple[int, int, int] | None:
    return (day.year, day.month, day.day) if day else None
