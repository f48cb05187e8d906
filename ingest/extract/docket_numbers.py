"""The numbers of decisions, judgments and papers (案号, 文号, 入库编号) that a record names."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted
from ingest.extract.options import Options
from kb.law import dockets
from kb.model import Claim, Content, Docket, DocketKind, Kind, Role, Span


def docket_numbers(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[Docket], ...]:
    """Each number once, where it stands first; of a formal paper its own number goes first, by the
    rule "dockets.own"."""
    found = dockets.find(content.text)
    claims = {
        docket.normalised: Claim(docket, quoted("dockets.own", content.text, span))
        for span, docket in _own(content, found)
    }
    for span, docket in found:
        evidence = quoted("dockets.find", content.text, span)
        claims.setdefault(docket.normalised, Claim(docket, evidence))
    return tuple(claims.values())


_KINDS = {Kind.REVIEW_DECISION: DocketKind.REVIEW, Kind.JUDGMENT: DocketKind.COURT}
_Found = tuple[tuple[Span, Docket], ...]


def _own(content: Content, found: _Found) -> _Found:
    """The number nearest the text in the head of a formal paper; () elsewhere."""
    head = content.section(Role.HEAD)
    if head is None or content.kind not in _KINDS:
        return ()
    in_head = [
        (span, docket)
        for span, docket in found
        if span.end <= head.span.end and docket.kind is _KINDS[content.kind]
    ]
    return tuple(in_head[-1:])
