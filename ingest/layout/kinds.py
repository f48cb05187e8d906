"""What kind of record a case is, from the words in its head."""

from __future__ import annotations

import re

from kb.model import Kind
from kb.text.normalise import fold_text

_GUIDING = re.compile(r"指导性?案例第?\d+号|检例第\d+号|指导性案例")
_REFERENCE = re.compile(r"入库编号|人民法院案例库|参考案例")
_DECISION = re.compile(r"行政复议(?:终止)?(?:决定|调解)书|不予受理决定书|驳回行政复议申请决定书")
_JUDGMENT = re.compile(r"(?:判决|裁定)书(?:[(（]|$|\n)")


def kind_of(head: str) -> Kind:
    """The kind that the head of a record (title, number, masthead) states; a typical case else."""
    folded = fold_text(head)
    if _GUIDING.search(folded):
        return Kind.GUIDING_CASE
    if _REFERENCE.search(folded):
        return Kind.REFERENCE_CASE
    if any(_DECISION.search(fold_text(line)) and len(line) < 40 for line in head.splitlines()):
        return Kind.REVIEW_DECISION
    if any(_JUDGMENT.search(line.strip()) and len(line) < 40 for line in head.splitlines()):
        return Kind.JUDGMENT
    return Kind.TYPICAL_CASE
