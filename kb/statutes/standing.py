"""Whether what a citation names is there, in each version it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.law.crosswalk import Correspondence
from kb.law.located import locate
from kb.law.provisions import Pinpoint, Provision
from kb.law.text import Article
from kb.model import Citation, CitationStatus
from kb.statutes.values import Checked, Edition, Force, Standing, StatuteAbout


@dataclass(frozen=True, slots=True)
class Sources:
    """What is asked while checking: an article of an edition, and where a provision went."""

    article: Callable[[Edition, int | str], Article | None]
    follow: Callable[[str, Pinpoint, date, date], tuple[Correspondence, ...]]


def check(citation: Citation, about: StatuteAbout, sources: Sources) -> tuple[Checked, ...]:
    """One answer for each version that the citation may mean; one without a version where nothing
    is known of any. Nothing for a citation that is not resolved to a work."""
    if citation.work is None or citation.status is CitationStatus.UNRESOLVED:
        return ()
    days = (citation.version,) if citation.version else citation.candidates
    if days:
        return tuple(_in_version(citation, about, day, sources) for day in days)
    return (_in_any(citation, about, sources),)


def _in_version(citation: Citation, about: StatuteAbout, day: date, sources: Sources) -> Checked:
    edition = about.edition(day)
    provision = Provision(about.title, day, _pinpoint(citation))
    if edition is None:
        return Checked(citation, provision, Standing.NO_TEXT)
    if not edition.has_text:
        absent = _beyond_last(provision.at, edition)
        standing = Standing.ABSENT if absent else Standing.NO_TEXT
        return Checked(citation, provision, standing, "article" if absent else "")
    missing = _missing(provision.at, edition, sources)
    if missing:
        return Checked(citation, provision, Standing.ABSENT, missing)
    if edition.force is not Force.SUPERSEDED:
        return Checked(citation, provision, Standing.FOUND)
    now = [other for other in about.editions if other.force is Force.IN_FORCE]
    newer = sources.follow(about.title, provision.at, day, now[-1].day) if now else ()
    return Checked(citation, provision, Standing.SUPERSEDED, newer=newer)


def _in_any(citation: Citation, about: StatuteAbout, sources: Sources) -> Checked:
    """The newest version that has the place, where the citation leaves the version open."""
    answers = [
        _in_version(citation, about, edition.day, sources)
        for edition in reversed(about.editions)
        if edition.has_text
    ]
    for answer in answers:
        if answer.standing is not Standing.ABSENT:
            return answer
    # A version whose text is not here may have it.
    complete = answers and all(edition.has_text for edition in about.editions)
    if complete and not about.undated:
        return answers[0]
    return Checked(citation, Provision(about.title, None, _pinpoint(citation)), Standing.NO_TEXT)


def _pinpoint(citation: Citation) -> Pinpoint:
    return Pinpoint(citation.article, citation.paragraph, citation.item, citation.subitem)


def _beyond_last(at: Pinpoint, edition: Edition) -> bool:
    """Whether a version known by its number of articles only has too few of them."""
    return (
        isinstance(at.article, int)
        and bool(edition.articles)
        and at.article > (edition.articles or 0)
    )


def _missing(at: Pinpoint, edition: Edition, sources: Sources) -> str:
    """The outermost part that is not there, "" where all is."""
    if at.article is None:
        return ""
    article = sources.article(edition, at.article)
    if article is None:
        return "article"
    return next(_absent_parts(article.text, at), "")


def _absent_parts(text: str, at: Pinpoint) -> Iterator[str]:
    steps = (
        ("paragraph", Pinpoint(at.article, at.paragraph)),
        ("item", Pinpoint(at.article, at.paragraph, at.item)),
        ("subitem", at),
    )
    for name, place in steps:
        if locate(text, place) is None:
            yield name
