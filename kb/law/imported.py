"""Where the text of a statute belongs: under which title, and as the version of which day.

The registry's days were checked by hand, so they win over what a text says of itself; a text's own
word wins over the day of its last change, which is only the earliest day it can be in force.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kb.errors import BadSource
from kb.law.statutes import Registry, Version, Work, WorkKind, name_key
from kb.law.text import StatuteText

REGISTRY_RULE = "registry"
_CERTAIN = ("head", "closing_article", "published")
# A statute may be published some days after the day on which it came into force.
_LATE = timedelta(days=31)
_NOT_IN_ADDRESSES = re.compile(r"[@/]")
_COUNTRY = re.compile(r"(?:^|(?<=[《〈]))中华人民共和国(?!成立)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with its place. title, key: of the work, key telling the work from all others.

    day: the version's, as in addresses. certain: whether it is the day in force, or only the
    earliest it can be. rule: where it was read (`StatuteText.rule`, or registry).
    """

    text: StatuteText
    title: str
    key: str
    kind: WorkKind | None
    issuer: str
    day: date
    certain: bool
    rule: str


def place_text(text: StatuteText, known: Registry) -> Placed:
    """Raises BadSource for a title that no address can hold, or a text without any day."""
    work = known.work(text.full_title)
    title = work.title if work else _COUNTRY.sub("", text.full_title)
    if not title or _NOT_IN_ADDRESSES.search(title):
        raise BadSource(text.origin, f"标题“{text.full_title}”不能含有 @ 或 /，也不能为空")
    day, certain, rule = _day(text, work)
    return Placed(
        text=text,
        title=title,
        key=name_key(title),
        kind=work.kind if work else text.kind,
        issuer=(work.issuer if work else "") or text.issuer,
        day=day,
        certain=certain,
        rule=rule,
    )


def _day(text: StatuteText, work: Work | None) -> tuple[date, bool, str]:
    registered = _registered(text, work) if work else None
    if registered is not None:
        return registered.in_force, True, REGISTRY_RULE
    if text.in_force and (text.dated is None or text.in_force >= text.dated - _LATE):
        return text.in_force, text.rule in _CERTAIN, text.rule
    day = text.dated or text.in_force
    if day is None:
        raise BadSource(text.origin, "没有通过、公布或施行的日期，无法确定是哪个版本")
    return day, False, "amended_on"


def _registered(text: StatuteText, work: Work) -> Version | None:
    """The registry's version that was adopted, or came into force, on the day the text says."""
    adopted = [v for v in work.versions if text.dated and v.adopted == text.dated]
    if adopted:
        return adopted[0]
    later = text.dated and text.in_force and text.in_force < text.dated - _LATE
    same = [v for v in work.versions if not later and v.in_force == text.in_force]
    return same[0] if same else None
