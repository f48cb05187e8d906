"""The Whoosh schema: words arrive already segmented, so that all engines share one analysis."""

from __future__ import annotations

from whoosh import analysis, fields

# Raised when an index made before cannot be read as one made now.
SCHEMA_VERSION = 7
TITLE, BODY = "title", "body"
FIELDS = (TITLE, BODY)
# A word in the title says more of a record than the same word in its text.
WEIGHTS = {TITLE: 2.0, BODY: 1.0}
# A title's length says little, so it counts for less.
K1 = 1.2
B = {TITLE: 0.3, BODY: 0.75}


def schema() -> fields.Schema:
    """Words without positions: quotations are found by characters, not by words."""
    words = analysis.IDTokenizer()
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=words, phrase=False),
        body=fields.TEXT(analyzer=words, phrase=False),
    )
