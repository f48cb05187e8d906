"""How much each leg weighs, and from where on two cases are called similar: all in one place.

The rules on similar cases (《最高人民法院关于统一法律适用加强类案检索的指导意见（试行）》)
name three legs side by side in art. 1 and give no weights. Facts weigh most here, as they are the
whole story told; the issue comes next; law weighs least, as a text cites what the procedure asks
for as well as what the dispute turns on, and often leaves out the latter.
`python -m tests.bench.similar` prints what these weights and others give.
"""

from __future__ import annotations

from enum import StrEnum

from kb.model import Kind


class LegName(StrEnum):
    """The three legs: basic facts, issue in dispute, application of law."""

    FACTS = "facts"
    ISSUE = "issue"
    LAW = "law"


class Tier(StrEnum):
    """Tiers of authority, in the order in which art. 4 of the same rules has one look."""

    GUIDING = "guiding"
    TYPICAL = "typical"
    REFERENCE = "reference"
    OTHER = "other"


LEG_LABELS = {LegName.FACTS: "基本事实", LegName.ISSUE: "争议焦点", LegName.LAW: "法律适用"}
TIER_LABELS = {
    Tier.GUIDING: "指导性案例",
    Tier.TYPICAL: "典型案例",
    Tier.REFERENCE: "参考案例",
    Tier.OTHER: "其他案例",
}
WEIGHTS = {LegName.FACTS: 0.5, LegName.ISSUE: 0.35, LegName.LAW: 0.15}

# Within the issue: the codes of issues, those of acts, the wording of the title.
ISSUES, ACTS, TITLE = 0.4, 0.2, 0.4
# A code and the one above it; two below the same one.
PARENT, SIBLING = 0.6, 0.4
# Provisions of one article that name different paragraphs; of one statute only.
SAME_ARTICLE, SAME_STATUTE = 0.7, 0.2

LEAST = 0.33
"""Below this nothing is said to be similar. Of the pairs of one cause among the cases of the bench
three in ten lie above it, of the others one in two hundred."""

# A kind that is not named here is of no tier above the others.
_TIERS = {
    Kind.GUIDING_CASE: Tier.GUIDING,
    Kind.TYPICAL_CASE: Tier.TYPICAL,
    Kind.REFERENCE_CASE: Tier.REFERENCE,
}


def tier(kind: Kind) -> Tier:
    """The tier of a kind of record. Typical cases of reconsideration, which the Ministry and the
    departments of justice publish, stand with those of the courts."""
    return _TIERS.get(kind, Tier.OTHER)


def tier_rank(kind: Kind) -> int:
    """Where its tier stands in the order, from 0."""
    return list(Tier).index(tier(kind))
