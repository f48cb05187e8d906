"""What is missing or doubtful in a draft, in a few words each."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from kb.model import CitationStatus, Content, Role, settled
from kb.store.rows import claims_of

FIELDS = {
    "regions": lazy_gettext("地区"),
    "decided": lazy_gettext("决定日期"),
    "dockets": lazy_gettext("案号"),
    "parties": lazy_gettext("当事人"),
    "acts": lazy_gettext("行政行为"),
    "issues": lazy_gettext("争议焦点"),
    "outcomes": lazy_gettext("处理结果"),
    "citations": lazy_gettext("引用法条"),
}
"""The fields that a person checks, in the order of the page."""
_WANTED = ("regions", "decided", "acts", "issues", "outcomes")


def missing(content: Content) -> list[str]:
    """The fields and sections that a case should have and this one has not."""
    absent = [str(FIELDS[field]) for field in _WANTED if not settled(claims_of(content, field))]
    if content.section(Role.FACTS) is None:
        absent.append(gettext("“基本案情”一段"))
    return absent


def doubtful(content: Content) -> list[str]:
    """What a person should look at: citations left open, warnings of whoever read the source."""
    unclear = [
        one for one in settled(content.citations) if one.status is not CitationStatus.RESOLVED
    ]
    said = [gettext("%(n)s 处引用未能确认", n=len(unclear))] if unclear else []
    return [*said, *content.warnings]
