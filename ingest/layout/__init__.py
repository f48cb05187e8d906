"""Which layout a page has, and the cases it holds. A new layout is a new file and a name below."""

from __future__ import annotations

from typing import Protocol

from ingest.document import SourceDocument
from ingest.layout import judgment, review_decision, single_case, typical_set
from ingest.layout.page import page_of
from ingest.layout.papers import reason_of_fragment
from ingest.layout.unfit import reason_against
from kb.errors import BadSource
from kb.model import Content


class Layout(Protocol):
    """What a file of this folder offers to be a layout."""

    EXPECTS: str
    """What its pages look like, in words for the user."""

    def recognise(self, document: SourceDocument) -> float:
        """How surely the document has this layout, from 0 to 1."""

    def parse(self, document: SourceDocument) -> tuple[Content, ...]:
        """The cases of a document that was recognised."""


LAYOUTS: dict[str, Layout] = {
    "typical_set": typical_set,
    "single_case": single_case,
    "review_decision": review_decision,
    "judgment": judgment,
}


def parse(document: SourceDocument) -> tuple[Content, ...]:
    """The cases of a document, without the claims that extraction adds.

    Raises BadSource if no layout claims it, and if two claim it with equal right.
    """
    return LAYOUTS[choose(document)].parse(document)


def choose(document: SourceDocument) -> str:
    """The name of the layout that claims a document most surely; raises as `parse` does."""
    scores = {name: layout.recognise(document) for name, layout in LAYOUTS.items()}
    best = max(scores.values())
    if best <= 0:
        expected = "；".join(layout.EXPECTS for layout in LAYOUTS.values())
        page = page_of(document)
        found = reason_against(page) or reason_of_fragment(page) or "没有找到案例的标题和小标题"
        raise BadSource(document.origin, f"{found}。应为以下版式之一：{expected}")
    claiming = [name for name, score in scores.items() if score == best]
    if len(claiming) > 1:
        raise BadSource(
            document.origin, f"版式无法确定：{'、'.join(claiming)} 对它的把握相同（{best:.2f}）"
        )
    return claiming[0]
