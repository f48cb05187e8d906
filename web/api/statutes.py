"""GET /api/v1/statutes/<address>: a statute in one version, or one of its articles."""

from __future__ import annotations

from flask import Blueprint, Response

from kb.answers import StatuteAnswer, StatuteLinks
from kb.errors import NotFound
from kb.law.provisions import Pinpoint, Provision, place
from kb.statutes import StatuteBook
from kb.statutes.answer import article_answer, whole_answer
from kb.statutes.asked import asked
from web import links
from web.api.respond import conditional, no_parameters
from web.knowledge import knowledge

blueprint = Blueprint("api_statutes", __name__)
PATH = "/api/v1"


@blueprint.get("/statutes/<path:address>")
def statute(address: str) -> Response:
    """By any name of the statute; the answer says its stable address."""
    no_parameters()
    kb = knowledge()
    state = kb.state()
    provision = asked(kb.statutes, address)
    # The day decides which version is in force where none is named.
    tag = f"{provision.address()} {kb.statutes.today()} {state}"
    return conditional(tag, lambda: _answer(kb.statutes, provision))


def _answer(book: StatuteBook, provision: Provision) -> StatuteAnswer:
    if provision.at.article is None:
        text = book.text(provision.work, provision.version)
        return whole_answer(text, _links(Provision(provision.work, text.edition.day)))
    page = book.article(provision)
    if page.span is None:
        raise NotFound(f"《{page.about.title}》{page.edition.day} 版本没有{place(provision.at)}")
    return article_answer(page, _links(page.provision, page.before, page.after))


def _links(
    provision: Provision, before: int | str | None = None, after: int | str | None = None
) -> StatuteLinks:
    def beside(number: int | str | None) -> str | None:
        if number is None:
            return None
        return PATH + links.provision(
            Provision(provision.work, provision.version, Pinpoint(number))
        )

    return StatuteLinks(
        text=links.provision(provision),
        cases=links.statute(links.filed(provision.work, provision.at)),
        previous=beside(before),
        next=beside(after),
    )
