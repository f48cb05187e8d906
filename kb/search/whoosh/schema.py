"""The Whoosh schema: words arrive already segmented, so that all engines share one analysis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import analysis, fields, scoring

# Raised when an index made before cannot be read as one made now.
SCHEMA_VERSION = 2
TITLE, BODY = "title", "body"
# A word in the title says more of a record than the same word in its text.
WEIGHTS = {TITLE: 2.0, BODY: 1.0}


class Segmented(analysis.Analyzer):  # type: ignore[misc]
    """Passes words on as they are; positions are not kept, quotations do not need them."""

    def __call__(self, value: list[str], **_: Any) -> Iterator[analysis.Token]:
        token = analysis.Token()
        for word in value:
            token.text = word
            token.boost = 1.0
            yield token


def schema() -> fields.Schema:
    words = Segmented()
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=words, phrase=False),
        body=fields.TEXT(analyzer=words, phrase=False),
        day=fields.STORED,
        revision=fields.STORED,
        filed=fields.STORED,
    )


def weighting() -> scoring.WeightingModel:
    """BM25F at k1 1.2; a title's length says little, so it counts for less."""
    return scoring.BM25F(B=0.75, K1=1.2, title_B=0.3)
