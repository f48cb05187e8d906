"""The search page: hits, facets, chips, and an honest word where nothing was found."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, make_response, render_template, request

from kb import law
from kb.answers import Offer
from kb.errors import BadRequest, IndexUnavailable
from kb.law.provisions import Pinpoint, Provision
from kb.search.kinds import of_statutes, with_kind
from kb.search.request import MAX_WITHIN, FacetName, SearchRequest, Sort
from kb.search.statutes import SUPERSEDED
from web import links, words
from web.errors import failure
from web.knowledge import knowledge
from web.pages.tree import trees

blueprint = Blueprint("search", __name__)

# Every row of a facet is a link that says the whole query again.
_LONG = 500


@blueprint.get("/search")
def results() -> Response:
    pairs = known_pairs()
    try:
        wanted = with_kind(SearchRequest.from_pairs(pairs))
        answer = knowledge().search(wanted, explained=False)
    except BadRequest as error:
        return _refused(pairs, error)
    except IndexUnavailable as error:
        if not of_statutes(wanted):
            raise
        return _waiting(wanted, error)
    last = max(1, ceil(answer.total / answer.size))
    laws = of_statutes(wanted)
    hidden = {FacetName.KIND.value} if laws else set()
    long = len(wanted.q) > _LONG
    return make_response(
        render_template(
            "search.html",
            answer=answer,
            wanted=wanted,
            links=links,
            sorts=Sort,
            max_within=MAX_WITHIN,
            order=Sort.NEWEST if not wanted.q and wanted.sort is Sort.RELEVANCE else wanted.sort,
            laws=laws,
            naming=words.statute_facet if laws else words.facet,
            both=bool(laws or knowledge().statutes.counts().articles),
            old_too=SUPERSEDED in wanted.filters.get(FacetName.KIND, ()),
            text=_text_of(wanted.q),
            offers=_offered(answer.offers),
            chips=[c for c in links.chips(wanted, answer.facets) if c.name not in hidden],
            facets=[trees(f) for f in answer.facets if f.values and f.name not in hidden]
            if not long
            else [],
            long=long,
            last=last,
            numbers=links.page_numbers(answer.page, last),
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


def _text_of(typed: str) -> tuple[str, str] | None:
    """The provision that someone typed and where its text stands; None if it is none, or its
    text is not here."""
    book = knowledge().statutes
    cited = law.typed(typed, book.registry()) if typed else None
    if cited is None or cited.work is None:
        return None
    at = Pinpoint(cited.article, cited.paragraph, cited.item, cited.subitem)
    asked = Provision(cited.work, cited.version, at)
    if at.article is None:
        here = any(edition.has_text for edition in book.about(cited.work).editions)
    else:
        here = book.glance(asked) is not None
    return (law.label(cited), links.provision(asked)) if here else None


def _offered(offers: list[Offer]) -> dict[str, list[tuple[str, Offer]]]:
    """The offers by what they have in common: …修订前的第二十八条，修订后为 -> each place."""
    grouped: dict[str, list[tuple[str, Offer]]] = {}
    for offer in offers:
        said = offer.label.rfind("为") + 1
        grouped.setdefault(offer.label[:said], []).append((offer.label[said:], offer))
    return grouped


def _waiting(wanted: SearchRequest, error: IndexUnavailable) -> Response:
    """The page that asks for patience while articles cannot be searched; cases can."""
    page = render_template(
        "search_waiting.html",
        failure=failure(error),
        wanted=wanted,
        links=links,
        naming=words.statute_facet,
    )
    response = make_response(page, 503)
    response.headers["Retry-After"] = "30"
    return response


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
        naming=words.facet,
        chips=links.chips(kept, []),
    )
    return make_response(page, 400)
