"""What the outside may ask of statutes: texts, versions, articles, what changed, what is cited."""

from kb.statutes.book import StatuteBook
from kb.statutes.values import (
    ArticlePage,
    Checked,
    Comparison,
    Edition,
    OutlineEntry,
    Standing,
    StatuteAbout,
    VersionText,
)

__all__ = [
    "ArticlePage",
    "Checked",
    "Comparison",
    "Edition",
    "OutlineEntry",
    "Standing",
    "StatuteAbout",
    "StatuteBook",
    "VersionText",
]
