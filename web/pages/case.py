"""The page of one record: facts with evidence, text with anchors, statutes cited, a citation."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, url_for

from kb.answers import CaseAnswer, SimilarAnswer
from kb.errors import IndexUnavailable
from kb.model import Case
from kb.search.request import SearchRequest
from web import links
from web.knowledge import knowledge
from web.pages.facts import Cited, cited, facts
from web.pages.found import spans
from web.pages.search import known_pairs, readable
from web.pages.similar.group import groups
from web.pages.statutes.glance import href as statute_page
from web.pages.text import Stretch, paragraph_at, sections

blueprint = Blueprint("case", __name__)

SAMPLE = "示例"
_MOST_ALIKE = 5


@blueprint.get("/cases/<case_id>")
def page(case_id: str) -> str:
    """A record. The query string may carry the search it was found by: its words are marked, and
    a link leads back to it."""
    found = readable(known_pairs())
    case = knowledge().case(case_id)
    answer = knowledge().answer(case)
    plain = sections(answer)

    def locate(offset: int) -> int | None:
        return paragraph_at(plain, offset)

    provisions = cited(answer, locate, partial(statute_page, knowledge().statutes))
    before, after = knowledge().neighbours(case)
    alike = _similar(case)
    return render_template(
        "case.html",
        case=answer,
        sections=sections(answer, [*_stretches(answer, provisions), *_hits(case, found)]),
        facts=facts(answer, locate),
        provisions=provisions,
        related=knowledge().related(case),
        similar=alike,
        alike=groups(alike, _MOST_ALIKE) if alike else [],
        before=before,
        after=after,
        found=found,
        back=links.search(found) if found != SearchRequest() else "",
        permalink=url_for("case.page", case_id=answer.id, _external=True),
        sample=is_sample(answer),
    )


def _similar(case: Case) -> SimilarAnswer | None:
    """The cases like a record; None where the index cannot say, as the record itself can be read
    all the same."""
    try:
        return knowledge().similar(case)
    except IndexUnavailable:
        return None


def is_sample(answer: CaseAnswer) -> bool:
    """Whether the record was written by the project to show how it works."""
    return any(SAMPLE in said for said in (answer.title, answer.batch, *answer.publishers))


def _stretches(answer: CaseAnswer, provisions: tuple[Cited, ...]) -> list[Stretch]:
    rows = {place.anchor: row for row in provisions for place in row.places}
    stretches = [
        Stretch(
            citation.start,
            citation.end,
            "cite",
            number,
            rows[f"c{number}"].row,
            rows[f"c{number}"].page,
        )
        for number, citation in enumerate(answer.citations, 1)
        if f"c{number}" in rows
    ]
    for number, claim in enumerate(answer.fields, 1):
        start, end = claim.evidence.start, claim.evidence.end
        if claim.field != "citations" and start is not None and end is not None:
            stretches.append(Stretch(start, end, "evidence", number))
    return stretches


def _hits(case: Case, found: SearchRequest) -> list[Stretch]:
    """Where the words stand that the record was found by."""
    return [Stretch(span.start, span.end, "hit") for span in spans(case.content, found)]
