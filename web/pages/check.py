"""The page that checks a text's citations: pasted, looked up, shown in place; nothing is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import format_date, gettext, lazy_gettext
from markupsafe import Markup, escape

from kb.answers import CitationChecked, CitationsAnswer, StandingAnswer
from kb.cited import decision_day
from kb.errors import BadRequest
from kb.law.provisions import Pinpoint, Provision
from kb.model import CitationStatus
from kb.statutes import Standing
from web import links
from web.errors import TooLong, failure
from web.knowledge import knowledge
from web.pages.pasted import pasted_text
from web.words import count

blueprint = Blueprint("check", __name__)

MAX_TEXT = 20_000
_PLACES = 8
ABSENT = Standing.ABSENT.value
SURE = {
    CitationStatus.RESOLVED.value: lazy_gettext("已认出"),
    CitationStatus.AMBIGUOUS.value: lazy_gettext("版本待定"),
    ABSENT: lazy_gettext("没有这一条款"),
    CitationStatus.UNRESOLVED.value: lazy_gettext("未能确认"),
}
"""What each status is called here, the surest first."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version that a provision may be of: its day in words, and what was found in its text; page:
    where the provision stands in it, "" where it does not or the text is not here."""

    day: str
    note: str
    page: str = ""


@dataclass(slots=True)
class Row:
    """A provision cited in a text, once, with its places. number: from 1, in text order.

    versions: those it may be of. why: what is doubtful about it, "" where nothing is.
    """

    number: int
    citation: CitationChecked
    versions: list[Version]
    why: str
    places: list[int] = field(default_factory=list)

    @property
    def absent(self) -> bool:
        """Whether no version that may be meant has such a place."""
        standing = self.citation.standing
        return bool(standing) and all(one.standing == Standing.ABSENT for one in standing)

    @property
    def status(self) -> str:
        """How it is marked: as its citation stands, or "absent"."""
        return ABSENT if self.absent else self.citation.status

    @property
    def page(self) -> str:
        """Where the provision stands, if that is sure."""
        pages = [version.page for version in self.versions]
        return pages[0] if len(pages) == 1 else ""

    @property
    def shown_places(self) -> list[int]:
        return self.places[:_PLACES]


@blueprint.get("/cite")
def form() -> str:
    return _page()


@blueprint.post("/cite")
def result() -> Response:
    """The citations of the text sent, or why it cannot be read; the form keeps what was typed."""
    text = pasted_text()
    decided = request.form.get("decided", "").strip()
    try:
        answer = knowledge().citations(_short(text), decision_day(decided))
        page, status = _page(text, decided, answer=answer), 200
    except BadRequest as error:
        told = failure(error)
        page, status = _page(text, decided, refused=error.reason), told.status
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _short(text: str) -> str:
    """The text. Raises TooLong."""
    if len(text) <= MAX_TEXT:
        return text
    now, most = count(len(text)), count(MAX_TEXT)
    raise TooLong(
        "text", gettext("至多 %(most)s 字，现有 %(now)s 字，请分段核对。", most=most, now=now)
    )


def _page(
    text: str = "", decided: str = "", *, refused: str = "", answer: CitationsAnswer | None = None
) -> str:
    listed = rows(answer) if answer else []
    return render_template(
        "check.html",
        text=text,
        decided=decided,
        refused=refused,
        answer=answer,
        rows=listed,
        marked=mark(text, listed, answer) if answer else "",
        sure=SURE,
        tally=_tally(listed, answer),
        unchecked=any(
            one.standing == Standing.NO_TEXT for row in listed for one in row.citation.standing
        ),
        most=MAX_TEXT,
    )


def rows(answer: CitationsAnswer) -> list[Row]:
    """What is cited, each provision and version once, in the order of the text. Places are numbers
    of stretches (`stretches`)."""
    listed: dict[tuple[object, ...], Row] = {}
    numbers = {span: number for number, span in enumerate(stretches(answer), 1)}
    for citation in answer.citations:
        key = _key(citation)
        if key not in listed:
            listed[key] = Row(len(listed) + 1, citation, _versions(citation), why(citation.rule))
        number = numbers[citation.span]
        if number not in listed[key].places:
            listed[key].places.append(number)
    return list(listed.values())


def _key(citation: CitationChecked) -> tuple[object, ...]:
    """What makes two citations the same provision of the same version."""
    return citation.label, citation.version, citation.status, tuple(citation.candidates)


def stretches(answer: CitationsAnswer) -> list[tuple[int, int]]:
    """The stretches of text that cite something, in order; 第三条至第五条 is one that cites three
    articles."""
    return sorted({citation.span for citation in answer.citations})


def mark(text: str, listed: Iterable[Row], answer: CitationsAnswer) -> Markup:
    """The text with each stretch as a link to its row; everything else is escaped."""
    leads: dict[int, Row] = {}
    for row in listed:
        for place in row.places:
            worse = leads.get(place)
            if worse is None or _doubt(row) > _doubt(worse):
                leads[place] = row
    html, at = Markup(""), 0
    for number, (start, end) in enumerate(stretches(answer), 1):
        html += escape(text[at : max(at, start)])
        row, words = leads[number], text[max(at, start) : end]
        glance = Markup(' data-glance="{}/glance"').format(row.page) if row.page else ""
        html += Markup('<a class="cite {}" id="c{}" href="#r{}"{}>{}</a>').format(
            row.status, number, row.number, glance, words
        )
        at = max(at, end)
    return html + escape(text[at:])


def _tally(listed: Iterable[Row], answer: CitationsAnswer | None) -> dict[str, int]:
    """How many citations are marked in which way, the surest first, none of none."""
    marks = {_key(row.citation): row.status for row in listed}
    counts = Counter(marks[_key(citation)] for citation in (answer.citations if answer else ()))
    return {status: counts[status] for status in SURE if counts[status]}


def _doubt(row: Row) -> int:
    return list(SURE).index(row.status)


def _versions(citation: CitationChecked) -> list[Version]:
    """What is known of each version, in the order of their days. That a text is not in the base is
    said once for all, not of each."""
    days = [citation.version] if citation.version else citation.candidates
    if days and len(citation.standing) != len(days):
        return [Version(_in_force(day), "") for day in days]
    if days:
        pairs = zip(days, citation.standing, strict=True)
        return [
            Version(_in_force(day), _stands(one), _page_of(citation, one)) for day, one in pairs
        ]
    # The text leaves the version open: the newest that has the place was looked at.
    return [
        Version("—", f"{_in_force(one.version)}：{_stands(one)}", _page_of(citation, one))
        for one in citation.standing
        if one.version
    ]


def _page_of(citation: CitationChecked, one: StandingAnswer) -> str:
    if citation.work is None or one.standing not in _STANDING_TEXTS:
        return ""
    at = Pinpoint(citation.article, citation.paragraph, citation.item, citation.subitem)
    return links.provision(Provision(citation.work, one.version, at))


_STANDING_TEXTS = (Standing.FOUND, Standing.SUPERSEDED)


def _in_force(day: date) -> str:
    return gettext("%(day)s起施行", day=format_date(day, "long"))


def _stands(one: StandingAnswer) -> str:
    if one.newer:
        return gettext("已有新版本，现为%(newer)s", newer="、".join(one.newer))
    return str(_MISSING.get(one.missing) or _STANDS.get(one.standing, ""))


_STANDS = {
    Standing.FOUND.value: lazy_gettext("条文在"),
    Standing.SUPERSEDED.value: lazy_gettext("条文在，已有新版本"),
    Standing.ABSENT.value: lazy_gettext("没有这一条款"),
}
_MISSING = {
    "article": lazy_gettext("没有这一条"),
    "paragraph": lazy_gettext("这一条没有这一款"),
    "item": lazy_gettext("没有这一项"),
    "subitem": lazy_gettext("没有这一目"),
}


def why(rule: str) -> str:
    """What is doubtful, from the rule that settled a citation (`kb.model.Citation`)."""
    steps = re.split(r"[+:]", rule)
    return "；".join(str(_DOUBTS[step]) for step in steps if step in _DOUBTS)


_DOUBTS = {
    "unknown_name": lazy_gettext("不认得这个名称，请核对是否写错"),
    "without_antecedent": lazy_gettext("看不出指的是哪部法规"),
    "within_a_month_of_change": lazy_gettext("决定日前一个月内换过版本"),
    "change_undated": lazy_gettext("其间修改过，施行日不详"),
    "before_first_version": lazy_gettext("决定日早于所知最早的版本"),
    "after_repeal": lazy_gettext("决定日时已经废止"),
    "several_versions_that_year": lazy_gettext("这一年有几个版本"),
    "version_unknown": lazy_gettext("没有这一年的版本"),
    "earlier_version": lazy_gettext("指旧版本"),
    "no_versions": lazy_gettext("各版本的施行日不详"),
}
