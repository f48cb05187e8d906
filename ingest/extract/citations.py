"""The statutes that a record cites."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted
from ingest.extract.options import Options
from kb import law
from kb.model import Citation, Claim, Content, settled


def citations(content: Content, _: SourceDocument, options: Options) -> tuple[Claim[Citation], ...]:
    """Each citation in text order; the day of the decision settles the version."""
    day = next(iter(settled(content.decided)), None)
    return tuple(
        Claim(citation, quoted(f"citations.{citation.rule}", content.text, citation.span))
        for citation in law.cite(content.text, day, options.known)
    )
