"""Two records side by side: what is known of both, and their facts with the words they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import format_date, gettext
from markupsafe import Markup

from kb.answers import CaseAnswer, Mark
from kb.model import Content
from kb.search.request import FacetName
from kb.search.similar.matter import story
from kb.text.exact import Haystack, Needle, needle
from web import words
from web.marks import marked


@dataclass(frozen=True, slots=True)
class Value:
    """same: whether the other record has it too."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of both records. sides: the values of each, none where it says nothing."""

    label: str
    sides: tuple[tuple[Value, ...], tuple[Value, ...]]


def rows(one: CaseAnswer, other: CaseAnswer) -> list[Row]:
    """The rows in which either record says something."""
    pairs = zip(_said(one), _said(other), strict=True)
    return [_row(label, mine, theirs) for (label, mine), (_, theirs) in pairs if mine or theirs]


def facts(content: Content, shared: Sequence[str]) -> list[Markup]:
    """The paragraphs of a record's facts, with the words marked that the other's share."""
    wanted = [needle(word) for word in shared]
    lines = (line.strip() for line in story(content).splitlines())
    return [_marked(line, wanted) for line in lines if line]


def _said(case: CaseAnswer) -> Iterator[tuple[str, list[str]]]:
    yield words.facet(FacetName.KIND, ""), [words.kind(case.kind.code)]
    yield words.facet(FacetName.ACT, ""), [act.label for act in case.acts]
    yield words.facet(FacetName.ISSUE, ""), [issue.label for issue in case.issues]
    yield words.facet(FacetName.OUTCOME, ""), [outcome.label for outcome in case.outcomes]
    yield words.facet(FacetName.STATUTE, ""), [cited.label for cited in case.citations]
    yield words.facet(FacetName.REGION, ""), [region.name for region in case.regions]
    yield gettext("决定日期"), [format_date(case.decided, "long")] if case.decided else []
    yield gettext("发布日期"), [format_date(case.published, "long")] if case.published else []
    yield words.facet(FacetName.PUBLISHER, ""), list(case.publishers)


def _row(label: str, one: Iterable[str], other: Iterable[str]) -> Row:
    mine, theirs = dict.fromkeys(one), dict.fromkeys(other)
    return Row(
        label,
        (
            tuple(Value(text, text in theirs) for text in mine),
            tuple(Value(text, text in mine) for text in theirs),
        ),
    )


def _marked(line: str, wanted: Iterable[Needle]) -> Markup:
    haystack = Haystack(line)
    places = [place for one in wanted for place in haystack.places(one)]
    return marked(line, [Mark(start=start, end=end) for start, end in places])
