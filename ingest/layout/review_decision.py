"""A page of review decisions: 行政复议决定书 and its kin (驳回, 不予受理, 终止, 调解书, 意见书)."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.layout.page import page_of
from ingest.layout.paper_record import contents
from ingest.layout.papers import papers
from kb.model import Content, Kind

EXPECTS = (
    "行政复议文书：写明“行政复议决定书”等名称和编号，其下有申请人、被申请人、本府认为、决定等各部分"
)


def recognise(document: SourceDocument) -> float:
    """0.95 where the first paper of the page is a review decision, else 0."""
    found = papers(page_of(document))
    return 0.95 if found and found[0].kind is Kind.REVIEW_DECISION else 0.0


def parse(document: SourceDocument) -> tuple[Content, ...]:
    """The papers in order, those of other kinds among them."""
    return contents(page_of(document))
