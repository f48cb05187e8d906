"""What is answered: the bodies of the JSON API, which the pages and `--json` print as well.

Labels are Chinese, codes are stable. Offsets are code points, half open.
"""

from kb.answers.base import (
    Answer,
    CaseLink,
    Coded,
    Mark,
    Overview,
    Problem,
    RegionAnswer,
)
from kb.answers.case import (
    CaseAnswer,
    CitationAnswer,
    EvidenceAnswer,
    FieldAnswer,
    RelatedAnswer,
    RelatedRecord,
    SectionAnswer,
)
from kb.answers.citations import (
    CitationChecked,
    CitationCounts,
    CitationFound,
    CitationLinks,
    CitationsAnswer,
    CitationsFound,
    StandingAnswer,
)
from kb.answers.complete import CompletionAnswer, Suggestion
from kb.answers.search import (
    Dropped,
    Facet,
    FacetValue,
    Hit,
    Offer,
    Passage,
    Reading,
    SearchAnswer,
)
from kb.answers.similar import (
    LegAnswer,
    SameCase,
    SimilarAnswer,
    SimilarCase,
    Understanding,
)
from kb.answers.statutes import (
    ArticleAnswer,
    CounterpartAnswer,
    HeadingAnswer,
    ItemAnswer,
    ParagraphAnswer,
    StatuteAnswer,
    StatuteLinks,
    StatuteVersionAnswer,
    SubitemAnswer,
)

__all__ = [
    "Answer",
    "ArticleAnswer",
    "CaseAnswer",
    "CaseLink",
    "CitationAnswer",
    "CitationChecked",
    "CitationCounts",
    "CitationFound",
    "CitationLinks",
    "CitationsAnswer",
    "CitationsFound",
    "Coded",
    "CompletionAnswer",
    "CounterpartAnswer",
    "Dropped",
    "EvidenceAnswer",
    "Facet",
    "FacetValue",
    "FieldAnswer",
    "HeadingAnswer",
    "Hit",
    "ItemAnswer",
    "LegAnswer",
    "Mark",
    "Offer",
    "Overview",
    "ParagraphAnswer",
    "Passage",
    "Problem",
    "Reading",
    "RegionAnswer",
    "RelatedAnswer",
    "RelatedRecord",
    "SameCase",
    "SearchAnswer",
    "SectionAnswer",
    "SimilarAnswer",
    "SimilarCase",
    "StandingAnswer",
    "StatuteAnswer",
    "StatuteLinks",
    "StatuteVersionAnswer",
    "SubitemAnswer",
    "Suggestion",
    "Understanding",
]
