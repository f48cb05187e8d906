"""What a case was about and how it ended: contested acts, issues in dispute and outcomes.

The knowledge is in `kb/data/acts.toml`, `issues.toml` and `outcomes.toml`; the finders say which
terms a text shows, with the words they rest on.
"""

from kb.issues.families import Family, families
from kb.issues.outcomes import find_outcomes
from kb.issues.taxonomy import TAXONOMIES, Cue, Taxonomy, Term, acts, issues, outcomes
from kb.issues.topics import Finding, find_acts, find_issues

__all__ = [
    "TAXONOMIES",
    "Cue",
    "Family",
    "Finding",
    "Taxonomy",
    "Term",
    "acts",
    "families",
    "find_acts",
    "find_issues",
    "find_outcomes",
    "issues",
    "outcomes",
]
