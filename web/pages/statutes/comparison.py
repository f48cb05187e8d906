"""Two versions of a statute side by side: changed words marked, unchanged articles folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext

from kb.law.compare import Row
from kb.law.crosswalk import Relation
from kb.law.provisions import Pinpoint, Provision, place
from kb.law.text import Article
from kb.model import Span
from kb.statutes import Comparison, Edition
from web import links
from web.pages.statutes.lines import Line, Mark, lines
from web.pages.statutes.whole import anchor

RENUMBERED = "renumbered"
"""An article that only got another number; the other changes are those of `Relation`."""


@dataclass(frozen=True, slots=True)
class Side:
    """An article of one version. anchor: "" where another row has this article already."""

    anchor: str
    label: str
    href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A row. change: a value of `Relation` or RENUMBERED. score: how alike the two are, None where
    that says nothing. headings: of the new version, those that begin with this row."""

    change: str
    old: Side | None
    new: Side | None
    score: float | None
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows together. folded: they read the same in both versions; said: which they are."""

    folded: bool
    said: str
    rows: tuple[Beside, ...]


def blocks(comparison: Comparison, *, only_changes: bool) -> list[Block]:
    """The rows in the order of the new version, runs of unchanged ones as one block each."""
    beside = list(_rows(comparison))
    found = []
    for same, run in groupby(beside, key=lambda row: row.change in (Relation.SAME, RENUMBERED)):
        rows = tuple(run)
        if not same:
            found.append(Block(False, "", rows))
        elif not only_changes:
            found.append(Block(True, _said(rows), rows))
    return found


def tally(comparison: Comparison) -> dict[str, int]:
    """How many articles changed in which way, in the order of CHANGES; pieces count once."""
    counts = Counter(_change(row) for row in comparison.rows if row.pair.main)
    return {change: counts[change] for change in CHANGES if counts[change]}


CHANGES = (
    Relation.REVISED.value,
    Relation.SPLIT.value,
    Relation.MERGED.value,
    Relation.ADDED.value,
    Relation.DROPPED.value,
    RENUMBERED,
    Relation.SAME.value,
)


def _rows(comparison: Comparison) -> Iterator[Beside]:
    path: tuple[str, ...] = ()
    seen: set[str] = set()
    for row in comparison.rows:
        old, new = row.pair.old, row.pair.new
        headings: tuple[str, ...] = ()
        if new and row.pair.main:
            headings, path = _begun(path, new.headings), new.headings
        yield Beside(
            change=_change(row),
            old=_side("old", old, comparison.old, _del(row), seen) if old else None,
            new=_side("new", new, comparison.new, _ins(row), seen) if new else None,
            score=row.pair.score if old and new and row.pair.score < 1 else None,
            headings=headings,
        )


def _change(row: Row) -> str:
    pair = row.pair
    moved = pair.old and pair.new and pair.old.number != pair.new.number
    return RENUMBERED if pair.relation is Relation.SAME and moved else pair.relation.value


def _begun(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """The headings that were not there before."""
    same = 0
    while same < min(len(was), len(now)) and was[same] == now[same]:
        same += 1
    return now[same:]


def _side(
    name: str,
    article: Article,
    edition: Edition,
    marks: tuple[Mark, Iterable[Span]],
    seen: set[str],
) -> Side:
    anchored = f"{name}-{anchor(article.number).removeprefix('art-')}"
    first = anchored not in seen
    seen.add(anchored)
    mark, spans = marks
    return Side(
        anchor=anchored if first else "",
        label=place(Pinpoint(article.number)),
        href=links.provision(Provision(edition.work, edition.day, Pinpoint(article.number))),
        lines=lines(article.text, spans, mark),
    )


def _del(row: Row) -> tuple[Mark, tuple[Span, ...]]:
    return Mark.REMOVED, row.removed


def _ins(row: Row) -> tuple[Mark, tuple[Span, ...]]:
    return Mark.INSERTED, row.inserted


def _said(rows: tuple[Beside, ...]) -> str:
    """第五条至第九条；原第四条至第八条."""
    new = _range([row.new.label for row in rows if row.new])
    if all(row.change == Relation.SAME for row in rows):
        return new
    old = _range([row.old.label for row in rows if row.old])
    return gettext("%(new)s（原%(old)s）", new=new, old=old)


def _range(labels: list[str]) -> str:
    if len(labels) == 1:
        return labels[0]
    return gettext("%(first)s至%(last)s", first=labels[0], last=labels[-1])
