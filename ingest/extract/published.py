"""The day a page was published: its meta, else a line of its masthead."""

from __future__ import annotations

import re
from datetime import date

from ingest.document import SourceDocument
from ingest.extract.evidence import stated
from ingest.extract.options import Options
from ingest.extract.parts import masthead
from ingest.extract.publisher import is_organ
from kb.model import Claim, Content
from kb.text.dates import any_day

_LINE = re.compile(r"发布(?:时间|日期)?|时间|日期|^\W*(?:19|20)\d\d[-./年]")


def published(content: Content, document: SourceDocument, _: Options) -> tuple[Claim[date], ...]:
    """At most one claim: the page's own word, or a line that is a date or names one as such."""
    meta = document.meta.published
    if day := any_day(meta):
        return (Claim(day, stated("published.meta", meta)),)
    for line in masthead(document, content):
        names_day = len(line) <= 60 and (_LINE.search(line) or is_organ(line))
        day = any_day(line) if names_day else None
        if day:
            return (Claim(day, stated("published.masthead", line)),)
    return ()
