"""The registry that ships with the project and the texts in the store, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kb.errors import NotFound
from kb.law.statutes import Registry, Version, Work, WorkKind
from kb.statutes.values import Edition, Force, StatuteAbout
from kb.store.statutes import StoredVersion, StoredWork

IMPORT = "import"


def joined(base: Registry, stored: Iterable[StoredWork]) -> Registry:
    """The registry with every work that has a text here. A version whose day in force is not sure
    does not take part in dating: its day stands among the undated changes."""
    return base.with_works(_work(work, base.work(work.title)) for work in stored)


def about(work: Work, stored: StoredWork | None, today: date) -> StatuteAbout:
    """What is known of a work from both."""
    texts = {version.day: version for version in stored.versions} if stored else {}
    registered = {version.in_force: version for version in work.versions}
    days = sorted({*texts, *registered})
    return StatuteAbout(
        title=work.title,
        full_title=stored.full_title if stored else work.full_title,
        kind=stored.kind if stored else work.kind,
        issuer=work.issuer or (stored.issuer if stored else ""),
        aliases=work.aliases,
        editions=tuple(
            _edition(work, day, after, registered.get(day), texts.get(day), today)
            for day, after in zip(days, (*days[1:], None), strict=False)
        ),
        undated=tuple(sorted(set(work.undated) - {text.dated for text in texts.values()})),
        ended=work.ended,
    )


def current(told: StatuteAbout, today: date) -> Edition:
    """The version to show where none is named: the one in force today if its text is here, else
    the newest whose text is. Raises NotFound where there is no text."""
    texts = [edition for edition in told.editions if edition.has_text]
    if not texts:
        raise NotFound(f"《{told.title}》尚未导入全文：请运行 kb laws import 导入")
    begun = [edition for edition in texts if edition.day <= today]
    return (begun or texts)[-1]


def _work(stored: StoredWork, known: Work | None) -> Work:
    return Work(
        title=stored.title,
        full_title=stored.full_title,
        # A work must have a rank; the one that claims least stands in for an unknown one.
        kind=stored.kind or (known.kind if known else WorkKind.LOCAL_RULE),
        issuer=stored.issuer,
        versions=tuple(_versions(stored, known)),
        undated=tuple(v.dated or v.day for v in stored.versions if not v.certain),
    )


def _versions(stored: StoredWork, known: Work | None) -> Iterator[Version]:
    registered = {version.in_force: version for version in known.versions} if known else {}
    for version in stored.versions:
        if not version.certain:
            continue
        same = registered.get(version.day)
        yield Version(
            in_force=version.day,
            adopted=(same.adopted if same else None) or version.dated,
            note=same.note if same else IMPORT,
            articles=version.articles,
        )


def _edition(
    work: Work,
    day: date,
    after: date | None,
    registered: Version | None,
    text: StoredVersion | None,
    today: date,
) -> Edition:
    last_day = after - timedelta(days=1) if after else work.ended
    return Edition(
        work=work.title,
        day=day,
        certain=text.certain if text else True,
        adopted=registered.adopted if registered else text.dated if text else None,
        last_day=last_day,
        force=_force(day, last_day, work.ended, today),
        has_text=text is not None,
        articles=text.articles if text else registered.articles if registered else None,
        rule=text.rule if text else registered.note if registered else "",
    )


def _force(day: date, last_day: date | None, ended: date | None, today: date) -> Force:
    if day > today:
        return Force.COMING
    if ended and ended < today:
        return Force.REPEALED
    return Force.SUPERSEDED if last_day and last_day < today else Force.IN_FORCE
