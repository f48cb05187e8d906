"""Where the provisions that a draft cites can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kb.model import Citation, Span
from kb.statutes import StatuteBook
from web.pages.statutes.glance import href


def pages(book: StatuteBook) -> Callable[[Citation], str]:
    """The address of a provision that is cited, "" where its text is not here. A text cites the
    same ones over and over: every statute and every provision is looked up once."""

    @cache
    def is_here(work: str) -> bool:
        return any(edition.has_text for edition in book.about(work).editions)

    look_up = cache(lambda citation: href(book, citation))

    def page(citation: Citation) -> str:
        if citation.work is None or citation.article is None or not is_here(citation.work):
            return ""
        return look_up(replace(citation, span=Span(0, 0), raw="", rule=""))

    return page
