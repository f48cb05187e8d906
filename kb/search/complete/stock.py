"""What there is to suggest of each field: from the registries, with counts from the index."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kb import places
from kb.law import dockets
from kb.law.provisions import Pinpoint, article_number, place
from kb.law.statutes import registry
from kb.places.areas import areas
from kb.places.gazetteer import Place, gazetteer
from kb.places.organs import organs
from kb.search.complete.drawer import Drawer, Entry
from kb.search.fields import REGIONS, TAXONOMIES, Field, TextField
from kb.search.request import FacetName
from kb.search.survey import Survey
from kb.text.normalise import fold_text

_HOME = ("50", "51")
_UNSAID = re.compile("[()第字号]")


class Stock:
    """The drawers, each filled when first asked for and kept until the index changes. borne:
    gives every number of published records, and how many bear it."""

    def __init__(self, survey: Survey, borne: Callable[[], Mapping[str, int]]) -> None:
        self._survey = survey
        self._borne = borne

    def drawer(self, field: Field) -> Drawer:
        """Everything that can be suggested for a field; of statutes only whole ones."""
        return self._survey.keep(("drawer", field), lambda: self._filled(field))

    def articles(self, title: str) -> Drawer:
        """The articles of a statute that are cited."""
        return self._survey.keep(("articles", title), lambda: self._articles(title))

    def found(self, field: FacetName, name: str) -> int:
        """How many records a search for this name finds; a region's own row may lack what it came
        from."""
        return self._survey.found(((field, name),))

    def _filled(self, field: Field) -> Drawer:
        if field is TextField.DOCKET:
            return Drawer(itertools.starmap(_docket, self._borne().items()), by_sound=False)
        if not isinstance(field, FacetName):
            return Drawer(())
        if field is FacetName.STATUTE:
            return Drawer(_statutes(self._counts(field)))
        if field in REGIONS:
            counts = self._counts(field)
            return Drawer(
                replace(region, count=counts.get(region.value, 0)) for region in _regions()
            )
        return Drawer(self._rows(field))

    def _counts(self, field: FacetName) -> dict[str, int]:
        return {row.value: row.count for row in self._survey.rows(field).values}

    def _rows(self, field: FacetName) -> Iterator[Entry]:
        terms = TAXONOMIES[field]() if field in TAXONOMIES else None
        for row in self._survey.rows(field).values:
            term = terms.get(row.value) if terms else None
            others = (*term.synonyms, term.label_en) if term else ()
            if field is FacetName.AUTHORITY:
                others = tuple(_shortened(row.value))
            yield Entry(row.value, row.label, (row.label, *others), row.count)

    def _articles(self, title: str) -> Drawer:
        by_title = self._survey.keep("articles by title", self._by_title)
        return Drawer(by_title.get(title, ()), by_sound=False)

    def _by_title(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for row in self._survey.rows(FacetName.STATUTE).values:
            if row.parent:
                written = row.value.removeprefix(row.parent)
                number = written.removeprefix("第").replace("条", "")
                chinese = place(Pinpoint(article_number(number)))
                names = (row.value, *map(said, (written, chinese)))
                found[row.parent].append(Entry(row.value, row.value, names, row.count))
        return found


def said(typed: str) -> str:
    """What numbers are compared by: 渝中府复2024 as well as 渝中府复〔2024〕, 33 as 第33条."""
    return _UNSAID.sub("", fold_text(typed))


def _docket(raw: str, records: int) -> Entry:
    number = "".join(raw.split())  # as a column's width broke it
    return Entry(number, number, (number, said(dockets.normalise(number))), records)


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


def _statutes(counts: dict[str, int]) -> Iterator[Entry]:
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
    label = f"{places.former_name(unit)}（{dates}）" if dates else unit.name
    others = (unit.name, unit.short, *unit.aliases, *zone_names, unit.full_name)
    above = unit.full_name.removesuffix(unit.name)
    return Entry(unit.code, label, tuple(dict.fromkeys(others)), 0, above)
