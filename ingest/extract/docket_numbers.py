"""The numbers of decisions, judgments and papers (案号, 文号, 入库编号) that a record names."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted
from ingest.extract.options import Options
from kb.law import dockets
from kb.model import Claim, Content, Docket


def docket_numbers(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[Docket], ...]:
    """Each number once, where it stands first."""
    claims: dict[str, Claim[Docket]] = {}
    for span, docket in dockets.find(content.text):
        evidence = quoted("dockets.find", content.text, span)
        claims.setdefault(docket.normalised, Claim(docket, evidence))
    return tuple(claims.values())
