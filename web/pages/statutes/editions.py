"""The versions of a statute as a reader chooses between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, gettext, lazy_gettext

from kb.law.provisions import Pinpoint, Provision
from kb.statutes import Edition, StatuteAbout
from kb.statutes.values import Force
from web import links

WHOLE = Pinpoint()
_FORCE = {
    Force.COMING: lazy_gettext("尚未施行"),
    Force.IN_FORCE: lazy_gettext("现行有效"),
    Force.SUPERSEDED: lazy_gettext("已被修改"),
    Force.REPEALED: lazy_gettext("已废止"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A version to choose. day: as in addresses. since: the day it came into force, in words.
    href: where its text stands, "" where it is not here. shown: whether this page shows it."""

    day: date
    since: str
    until: str
    force: Force
    standing: str
    href: str
    articles: int | None
    shown: bool


def choices(about: StatuteAbout, shown: Edition | None = None) -> list[Choice]:
    """The versions of a statute, newest first."""
    return [choice(edition, shown=edition == shown) for edition in reversed(about.editions)]


def choice(edition: Edition, at: Pinpoint = WHOLE, *, shown: bool = False) -> Choice:
    """A version, leading to its text, or to a place in it."""
    href = links.provision(Provision(edition.work, edition.day, at)) if edition.has_text else ""
    return Choice(
        day=edition.day,
        since=since(edition),
        until=format_date(edition.last_day, "long") if edition.last_day else "",
        force=edition.force,
        standing=str(_FORCE[edition.force]),
        href=href,
        articles=edition.articles,
        shown=shown,
    )


def since(edition: Edition) -> str:
    """2024年1月1日起施行; with a word where that day is only the earliest it can be."""
    said = gettext("%(day)s起施行", day=format_date(edition.day, "long"))
    return said if edition.certain else said + gettext("（推定）")


def before(about: StatuteAbout, edition: Edition) -> Edition | None:
    """The newest version before this one whose text is here."""
    earlier = [e for e in about.editions if e.has_text and e.day < edition.day]
    return earlier[-1] if earlier else None


def after(about: StatuteAbout, edition: Edition) -> Edition | None:
    """The oldest version after this one whose text is here."""
    return next((e for e in about.editions if e.has_text and e.day > edition.day), None)
