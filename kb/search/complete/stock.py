"""What there is to suggest of each field: from the registries, with counts from the index."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

from kb import places
from kb.law.provisions import Pinpoint, article_number, place
from kb.law.statutes import registry
from kb.places.areas import areas
from kb.places.gazetteer import Place, gazetteer
from kb.places.organs import organs
from kb.search.complete.drawer import Drawer, Entry, Spelt, by_name, lines
from kb.search.fields import REGIONS, TAXONOMIES, Field, TextField, label
from kb.search.request import FacetName
from kb.search.survey import Survey
from kb.text.normalise import fold_text

T = TypeVar("T")

# Filling drawers takes at most one part in so many of the time, however often the index changes.
_SHARE = 20
_HOME = ("50", "51")
_UNSAID = re.compile("[()第字号]")
_ARTICLE = re.compile("(?P<title>.+)第(?P<number>[0-9]+(?:条之[0-9]+)?)条?")


class Stock:
    """The drawers, each filled when first asked for, and again when the index has changed: at once
    where that is quick, else after a while. borne: gives every number of published records, and how
    many bear it."""

    def __init__(self, survey: Survey, borne: Callable[[], Mapping[str, int]]) -> None:
        self._survey = survey
        self._borne = borne
        self._filling = Lock()
        self._shelf = _Shelf("")

    def state(self) -> str:
        """Changes whenever what is in the drawers may."""
        return self._current().state

    def drawer(self, name: Field) -> Drawer:
        """Everything that can be suggested for a field; of statutes only whole ones."""
        return self._kept(name, lambda: self._filled(name))

    def articles(self, title: str) -> Drawer:
        """The articles of a statute that are cited."""
        drawers = self._kept("articles", self._by_title)
        return drawers.get(title) or Drawer((), _by_number)

    def found(self, name: FacetName, value: str) -> int:
        """How many records a search for this name finds; a region's own row may lack what it came
        from."""
        return self._survey.found(((name, value),))

    def _current(self) -> _Shelf:
        state, shelf = self._survey.state(), self._shelf
        if shelf.state != state and monotonic() >= shelf.since + shelf.took * _SHARE:
            self._shelf = shelf = _Shelf(state)
        return shelf

    def _kept(self, key: Hashable, fill: Callable[[], T]) -> T:
        shelf = self._current()
        if key not in shelf.drawers:
            with self._filling:
                begun = monotonic()
                shelf.drawers.setdefault(key, fill())
                shelf.since = monotonic()
                shelf.took += shelf.since - begun
        return cast("T", shelf.drawers[key])

    def _filled(self, name: Field) -> Drawer:
        if name is TextField.DOCKET:
            return Drawer((_docket(*item) for item in self._borne().items()), _by_number)
        if not isinstance(name, FacetName):
            return Drawer((), by_name)
        counts = self._survey.counts(name)
        if name is FacetName.STATUTE:
            return Drawer(_statutes(counts), by_name)
        if name in REGIONS:
            known = (replace(region, count=counts.get(region.value, 0)) for region in _regions())
            return Drawer(known, by_name)
        return Drawer((_entry(name, *item) for item in sorted(counts.items())), by_name)

    def _by_title(self) -> dict[str, Drawer]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for value, count in self._survey.counts(FacetName.STATUTE).items():
            if article := _ARTICLE.fullmatch(value):
                number = article_number(article["number"].replace("条", ""))
                names = (value.removeprefix(article["title"]), place(Pinpoint(number)))
                found[article["title"]].append(Entry(value, value, names, count))
        return {title: Drawer(entries, _by_number) for title, entries in found.items()}


@dataclass
class _Shelf:
    """The drawers of one state of the index. took: seconds spent on filling them; since: when the
    last was filled."""

    state: str
    drawers: dict[Hashable, Any] = field(default_factory=dict)
    took: float = 0.0
    since: float = 0.0


def said(typed: str) -> str:
    """What numbers are compared by: 渝中府复2024 as well as 渝中府复〔2024〕, 33 as 第33条."""
    return _UNSAID.sub("", fold_text(typed))


def _by_number(names: tuple[str, ...]) -> Spelt:
    return lines(map(said, names)), "", ""


def _docket(raw: str, records: int) -> Entry:
    number = "".join(raw.split())  # as a column's width broke it
    return Entry(number, number, (number,), records)


def _entry(name: FacetName, value: str, count: int) -> Entry:
    shown = label(name, value)
    others: tuple[str, ...] = ()
    if name in TAXONOMIES and (term := TAXONOMIES[name]().get(value)):
        others = (*term.synonyms, term.label_en)
    elif name is FacetName.AUTHORITY:
        others = tuple(_shortened(value))
    return Entry(value, shown, (shown, *others), count)


def _shortened(authority: str) -> Iterator[str]:
    """重庆市渝北区人社局 for 重庆市渝北区人力资源和社会保障局."""
    for start in range(len(authority)):
        if shorts := _shorts().get(authority[start:]):
            yield from (authority[:start] + short for short in shorts)
            return


@cache
def _shorts() -> dict[str, list[str]]:
    """What the organs of state are called besides their official names."""
    found: dict[str, list[str]] = defaultdict(list)
    for spelling, organ in organs().by_spelling.items():
        if spelling != organ.name:
            found[organ.name].append(spelling)
    return found


def _statutes(counts: Mapping[str, int]) -> Iterator[Entry]:
    for work in registry().works:
        names = dict.fromkeys((work.title, *work.aliases, work.full_title))
        yield Entry(work.title, work.title, tuple(names), counts.get(work.title, 0))


@cache
def _regions() -> Sequence[Entry]:
    """The named areas, and every region there is or was: those at home first, then the higher
    ones, then those that last. The last of their names is the fullest."""
    levels = list(places.Level)
    zones = {zone.code: zone.names for zone in areas().zones}
    units = sorted(
        gazetteer().units,
        key=lambda u: (not u.code.startswith(_HOME), levels.index(u.level), not u.valid()),
    )
    groups = [
        Entry(group.name, group.name, (group.name, *group.names), 0) for group in areas().groups
    ]
    return [*groups, *(_region(unit, zones.get(unit.code, ())) for unit in units)]


def _region(unit: Place, zone_names: tuple[str, ...]) -> Entry:
    dates = places.lasted(unit)
    shown = f"{places.former_name(unit)}（{dates}）" if dates else unit.name
    names = (unit.name, unit.short, *unit.aliases, *zone_names, unit.full_name)
    above = unit.full_name.removesuffix(unit.name)
    return Entry(unit.code, shown, tuple(dict.fromkeys(names)), 0, above)
