"""What the fields of a record are, each as claims with evidence: one file a field, joined here."""

from __future__ import annotations

from dataclasses import replace

from ingest.document import SourceDocument
from ingest.extract.batch import batch
from ingest.extract.citations import citations
from ingest.extract.decided import decided
from ingest.extract.docket_numbers import docket_numbers
from ingest.extract.keywords import keywords
from ingest.extract.options import Options
from ingest.extract.parties import parties
from ingest.extract.published import published
from ingest.extract.publisher import publisher
from ingest.extract.regions import regions
from ingest.extract.taxonomy import acts, issues, outcomes
from kb.model import Content

__all__ = ["Options", "enrich"]


def enrich(content: Content, document: SourceDocument, options: Options) -> Content:
    """The content with every field claimed that page, text or import tell of.

    Later fields build on earlier ones: the day of decision settles versions of statutes and names
    of regions. The document's own warnings join those of the layout.
    """
    content = replace(
        content,
        publishers=publisher(content, document, options),
        batch=batch(content, document, options),
        published=published(content, document, options),
        keywords=keywords(content, document, options),
        dockets=docket_numbers(content, document, options),
        warnings=tuple(dict.fromkeys(document.warnings + content.warnings)),
    )
    content = replace(content, decided=decided(content, document, options))
    return replace(
        content,
        parties=parties(content, document, options),
        regions=regions(content, document, options),
        citations=citations(content, document, options),
        acts=acts(content, document, options),
        issues=issues(content, document, options),
        outcomes=outcomes(content, document, options),
    )
