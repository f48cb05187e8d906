"""The search page: hits, facets, chips, and an honest word where nothing was found."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, make_response, render_template, request

from kb.answers import Dropped, SearchAnswer
from kb.errors import BadRequest
from kb.search.request import SearchRequest, Sort
from web import links
from web.errors import failure
from web.knowledge import knowledge
from web.pages.tree import trees

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def results() -> Response:
    pairs = known_pairs()
    try:
        wanted = SearchRequest.from_pairs(pairs)
        answer = knowledge().search(wanted)
    except BadRequest as error:
        return _refused(pairs, error)
    last = max(1, ceil(answer.total / answer.size))
    return make_response(
        render_template(
            "search.html",
            answer=answer,
            wanted=wanted,
            links=links,
            sorts=Sort,
            order=Sort.NEWEST if not wanted.q and wanted.sort is Sort.RELEVANCE else wanted.sort,
            chips=links.chips(wanted, answer.facets),
            facets=[trees(facet) for facet in answer.facets if facet.values],
            last=last,
            numbers=links.page_numbers(answer.page, last),
            ways_out=_ways_out(wanted, answer),
        )
    )


def known_pairs() -> list[tuple[str, str]]:
    """The query string's pairs that a search knows. What messengers and trackers add to a link
    that is passed on (`from=singlemessage`, `utm_…`) must not break it."""
    pairs = request.args.items(multi=True)
    return [(name, value) for name, value in pairs if name in links.KNOWN]


def readable(pairs: list[tuple[str, str]]) -> SearchRequest:
    """What can be read of a query string, the rest left out."""
    try:
        return SearchRequest.from_pairs(pairs)
    except BadRequest as error:
        return readable([pair for pair in pairs if pair[0] != error.parameter])


def _refused(pairs: list[tuple[str, str]], error: BadRequest) -> Response:
    """The page that says which parameter is wrong and keeps what was typed and chosen."""
    kept = readable([pair for pair in pairs if pair[0] != error.parameter])
    typed = "" if error.parameter != "q" else request.args.get("q", "")
    page = render_template(
        "search_refused.html",
        failure=failure(error),
        wanted=kept,
        typed=typed or kept.q,
        links=links,
        chips=links.chips(kept, []),
    )
    return make_response(page, 400)


def _ways_out(wanted: SearchRequest, answer: SearchAnswer) -> list[tuple[Dropped, str]]:
    """What an empty answer may drop, each with the address of the search without it."""
    return [
        (
            dropped,
            links.search(
                links.toggled(wanted, dropped.parameter, dropped.value)
                if dropped.parameter in links.FACETS
                else links.dropping(wanted, dropped.value)
            ),
        )
        for dropped in answer.dropped
    ]
