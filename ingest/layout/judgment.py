"""A page of judgments and rulings of courts: 判决书, 裁定书, 调解书 of any instance."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.layout.page import page_of
from ingest.layout.paper_record import contents
from ingest.layout.papers import papers
from kb.model import Content, Kind

EXPECTS = (
    "裁判文书：写明法院、“判决书”“裁定书”等名称和案号，其下有当事人、本院认为、判决如下等各部分"
)


def recognise(document: SourceDocument) -> float:
    """0.95 where the first paper of the page is a court's, else 0."""
    found = papers(page_of(document))
    return 0.95 if found and found[0].kind is Kind.JUDGMENT else 0.0


def parse(document: SourceDocument) -> tuple[Content, ...]:
    """The papers in order, those of other kinds among them."""
    return contents(page_of(document))
