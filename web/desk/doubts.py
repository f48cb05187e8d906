"""What is missing or doubtful in a draft, in a few words each."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from kb.desk.completeness import Gap, gaps, wanted
from kb.model import CitationStatus, Content, settled
from web.desk.called import SECTIONS

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


def missing(content: Content) -> list[str]:
    """The fields and sections that a case should have and this one has not."""
    return [_called(gap) for gap in (*gaps(content), *wanted(content))]


def optional(content: Content) -> list[str]:
    """Those of them that publishing does not wait for, so that no gate says them."""
    return [_called(gap) for gap in wanted(content)]


def doubtful(content: Content) -> list[str]:
    """What a person should look at: citations left open, warnings of whoever read the source."""
    unclear = [
        one for one in settled(content.citations) if one.status is not CitationStatus.RESOLVED
    ]
    said = [gettext("%(n)s 处引用未能确认", n=len(unclear))] if unclear else []
    return [*said, *content.warnings]


def _called(gap: Gap) -> str:
    if gap.roles:
        return gettext("“%(name)s”一段", name=SECTIONS[gap.roles[0]])
    return str(FIELDS[gap.field]) if gap.field else gettext("标题")
