"""How cases ended: bars of a region's or year's cases, parted by families of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from kb import places
from kb.issues import families
from kb.search.request import FacetName
from web import links
from web.language import chosen
from web.pages.charts.table import FEW, Table

if TYPE_CHECKING:
    from kb.search.survey import Chosen
    from kb.service import KnowledgeBase

# In pixels: the bars of a year, and the room above them for their number.
TALL, HEAD = 170, 18
_YEARS = 8
_HOMES = ("510000", "500000")
_LEAST_TALL, _LEAST_WIDE = 13, 7.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A family of outcomes in the reader's language; the last one is of cases that state none."""

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar. start, size: where it begins and how long it is. wide: room for its
    number."""

    code: str
    count: int
    start: float
    size: float
    wide: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """label: what its cases have in common. shares: their number in each family, in its order.
    few: too few for shares to say much."""

    label: str
    href: str
    count: int
    shares: tuple[int, ...]
    parts: tuple[Part, ...]

    @property
    def few(self) -> bool:
        return 0 < self.count < FEW


@dataclass(frozen=True, slots=True)
class Panel:
    """The years of one region side by side. step, width: of a bar, in percent of the drawing."""

    label: str
    href: str
    count: int
    bars: tuple[Bar, ...]

    @property
    def step(self) -> float:
        return 100 / max(len(self.bars), 1)


def shown_families() -> list[Shown]:
    """The families in the order in which bars are built, those without an outcome last."""
    english = chosen() == "en"
    named = [
        Shown(family.code, family.label_en if english else family.label, family.definition)
        for family in families()
    ]
    return [*named, Shown("none", gettext("未载明结果"), gettext("没有从原文读出处理结果。"))]


def by_year(kb: KnowledgeBase) -> list[Panel]:
    """All cases, then those of Sichuan and Chongqing, by year; older years are put together."""
    years = sorted(row.value for row in kb.survey.rows(FacetName.YEAR).values)
    if not years:
        return []
    first = max(int(years[0]), int(years[-1]) - _YEARS + 1)
    spans = [str(year) for year in range(first, int(years[-1]) + 1)]
    if int(years[0]) < first:
        spans.insert(0, f"{years[0]}..{first - 1}")
    found = []
    for region in ("", *_HOMES):
        within: Chosen = ((FacetName.REGION, region),) if region else ()
        rows = [(span, _split(kb, (*within, (FacetName.YEAR, span)))) for span in spans]
        found.append((region, kb.survey.found(within), rows))
    most = max(sum(shares) for _, _, rows in found for _, shares in rows)
    return [
        Panel(
            label=places.label(region) if region else gettext("全部案例"),
            href=_href(region=region),
            count=count,
            bars=tuple(
                Bar(
                    label=_span(span),
                    href=_href(region=region, year=span),
                    count=sum(shares),
                    shares=shares,
                    parts=_upright(shares, TALL / max(most, 1)),
                )
                for span, shares in rows
            ),
        )
        for region, count, rows in found
    ]


def by_region(kb: KnowledgeBase) -> list[list[Bar]]:
    """Sichuan and Chongqing, then each prefecture or district with cases; most first, on a scale
    of its own each, or the bars of the parts would be too short to see."""
    found = []
    for code in (*_HOMES, *(tile.code for tile in places.tiles())):
        shares = _split(kb, ((FacetName.REGION, code),))
        if sum(shares):
            found.append((code, shares))
    homes = [row for row in found if row[0] in _HOMES]
    parts = sorted((row for row in found if row not in homes), key=lambda row: -sum(row[1]))
    return [
        [
            Bar(
                label=places.label(code),
                href=_href(region=code),
                count=sum(shares),
                shares=shares,
                parts=_lying(shares, 100 / sum(group[0][1])),
            )
            for code, shares in group
        ]
        for group in (sorted(homes, key=lambda row: -sum(row[1])), parts)
        if group
    ]


def year_table(panels: Sequence[Panel]) -> Table:
    rows = [
        (panel.label, bar.label, bar.count, *bar.shares) for panel in panels for bar in panel.bars
    ]
    return Table((gettext("地区"), gettext("年份"), gettext("案例数"), *_labels()), tuple(rows))


def region_table(groups: Sequence[Sequence[Bar]]) -> Table:
    rows = [(bar.label, bar.count, *bar.shares) for bars in groups for bar in bars]
    return Table((gettext("地区"), gettext("案例数"), *_labels()), tuple(rows))


def _labels() -> list[str]:
    return [family.label for family in shown_families()]


def _split(kb: KnowledgeBase, within: Chosen) -> tuple[int, ...]:
    return kb.survey.split(within, FacetName.OUTCOME, [family.members for family in families()])


def _upright(shares: Sequence[int], scale: float) -> tuple[Part, ...]:
    """Parts from the ground up, in pixels from the top of the drawing."""
    parts, top = [], float(HEAD + TALL)
    for code, count in zip(_codes(), shares, strict=True):
        top -= count * scale
        wide = count * scale >= _LEAST_TALL
        parts.append(Part(code, count, round(top, 2), round(count * scale, 2), wide))
    return tuple(part for part in parts if part.count)


def _lying(shares: Sequence[int], scale: float) -> tuple[Part, ...]:
    """Parts from left to right, in percent of the drawing."""
    parts, left = [], 0.0
    for code, count in zip(_codes(), shares, strict=True):
        wide = count * scale >= _LEAST_WIDE
        parts.append(Part(code, count, round(left, 3), round(count * scale, 3), wide))
        left += count * scale
    return tuple(part for part in parts if part.count)


def _codes() -> list[str]:
    return [*(family.code for family in families()), "none"]


def _span(span: str) -> str:
    _, dots, last = span.partition("..")
    return f"≤{last}" if dots else span


def _href(**values: str) -> str:
    return links.filtered(**{name: value for name, value in values.items() if value})
