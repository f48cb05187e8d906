"""The day of the decision: the last one that the result says something was decided on."""

from __future__ import annotations

import re
from datetime import date

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted, shifted
from ingest.extract.options import Options
from ingest.extract.paper_closing import closing_day
from ingest.extract.parts import decision
from kb.model import Claim, Content
from kb.text.dates import days

_DECIDES = re.compile(
    r"(?:作出|下达|制作|制发|出具|以).{0,60}?(?:决定|判决|裁定|调解书|意见书|号)|"
    r"(?:复议|政府|机关|法院|委员会|局).{0,24}?(?:决定|判决|裁定|准予|准许|终止)|"
    r"^(?:作出)?(?:判决|裁定|决定|终止|驳回|撤销|准予|依法)"
)
_DAY_OF = re.compile(r"(?:作出|决定|判决|裁定)(?:的)?(?:日期|时间)(?:为|是)?[:：]?$")
_NOT_YET = re.compile(r"起施行|施行后|届满|之前|以前|起至|自$|至$")


def decided(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[date], ...]:
    """At most one claim: the day a formal paper closes with, else from the sections that tell the
    result; none where no day stands beside words of deciding, or where the day lies after the
    page's publication."""
    if closing := closing_day(content):
        return (closing,)
    latest = max((claim.value for claim in content.published), default=date.max)
    best: Claim[date] | None = None
    for section in decision(content):
        body = section.body.of(content.text)
        for day, span in days(body):
            before, after = body[max(0, span.start - 24) : span.start], body[span.end :]
            clause = re.split(r"[。；\n]", after, maxsplit=1)[0][:80]
            if day > latest or not _says_decided(before, clause):
                continue
            if best is None or day >= best.value:
                evidence = quoted("decided.result", content.text, shifted(span, section.body.start))
                best = Claim(day, evidence)
    return (best,) if best else ()


def _says_decided(before: str, clause: str) -> bool:
    if _NOT_YET.search(clause[:6]) or _NOT_YET.search(before[-2:]):
        return False
    return bool(_DECIDES.search(clause.lstrip("，, ")) or _DAY_OF.search(before))
