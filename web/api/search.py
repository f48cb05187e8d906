"""GET /api/v1/search: the same words and filters as the page, the answer as data."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from kb.answers import SearchAnswer
from kb.search.request import SearchRequest
from web import links
from web.api.respond import conditional
from web.knowledge import knowledge

blueprint = Blueprint("api_search", __name__)

_LONGEST_LINK = 2_000

PATH = "/api/v1/search"


@blueprint.get("/search")
def search() -> Response:
    wanted = SearchRequest.from_pairs(request.args.items(multi=True))
    relations: dict[str, str] = {}

    def answer() -> SearchAnswer:
        found = knowledge().search(wanted)
        relations.update(_relations(wanted, found))
        return found

    response = conditional(knowledge().state(), answer)
    for relation, href in relations.items():
        if len(href) > _LONGEST_LINK:  # proxies refuse long headers; the cursor is in the body
            continue
        response.headers.add("Link", f'<{href}>; rel="{relation}"')
    return response


def _relations(wanted: SearchRequest, found: SearchAnswer) -> dict[str, str]:
    """The pages about this one (RFC 8288): next by cursor, which a change of the index cannot
    shift; first and prev by number."""
    relations = {"first": links.search(links.at_page(wanted, 1), PATH)}
    if found.page > 1:
        relations["prev"] = links.search(links.at_page(wanted, found.page - 1), PATH)
    if found.next is not None:
        ahead = replace(wanted, page=1, cursor=found.next)
        relations["next"] = links.search(ahead, PATH)
    return relations
