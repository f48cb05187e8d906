"""Says which work and version each citation of a text means, and says so where that is not sure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kb.law import shorthand
from kb.law.citations import Found, VersionHint, find
from kb.law.pinpoints import NUMERAL
from kb.law.provisions import Pinpoint, place
from kb.law.statutes import Dating, Registry, Work, registry
from kb.model import Citation, CitationStatus, Span
from kb.text.normalise import Folded, fold_text

_LONGEST_TYPED = 90
# What parties agree between them; its articles are no provisions of law.
_PRIVATE_PAPER = re.compile(r"(?:合同|合同书|协议|协议书|章程)(?:\([^()]{1,6}\))?$")


def cite(
    text: str, decided: date | None = None, known: Registry | None = None
) -> tuple[Citation, ...]:
    """Every citation of a statute in a text, resolved, in text order.

    decided: the day of the decision, from which follows the version where the text names none.
    known: the registry to resolve with; by default the one that ships with the project.
    A text that is nothing but a typed short form (行复法30(1)(2)) is read as one.
    """
    names = known or registry()
    folded, found = find(text, names)
    if not found and len(text) <= _LONGEST_TYPED:
        short = typed(text, names, decided)
        return (short,) if short and short.article is not None else ()
    resolver = _Resolver(text, folded, names, decided)
    return tuple(c for c in map(resolver.resolve, found) if c is not None)


def label(citation: Citation) -> str:
    """How a citation is shown: 行政处罚法第三十三条第一款第二项; unresolved ones as written."""
    if citation.work is None:
        return citation.raw
    at = Pinpoint(citation.article, citation.paragraph, citation.item, citation.subitem)
    return citation.work + place(at)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A version, or why there is none."""

    version: date | None
    status: CitationStatus
    rule: str
    candidates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Resolver:
    text: str
    folded: Folded
    names: Registry
    decided: date | None

    def resolve(self, found: Found) -> Citation | None:
        """None for a title in 《》 that is no statute and names no article, or a contract's."""
        work = self.names.work_of_key(found.name) if found.name else None
        if work is None:
            if found.at is None and not found.formal:
                return None
            if found.name and _PRIVATE_PAPER.search(found.name):
                return None
            why = "without_antecedent" if found.name is None else "unknown_name"
            settled = _Settled(None, CitationStatus.UNRESOLVED, why)
        else:
            settled = settle(work, found.hint, self.decided, found.at)
        span = self.folded.span(found.start, found.end)
        at = found.at or Pinpoint()
        how = {"title": "registry", "bare": "registry"}.get(found.how, found.how)
        return Citation(
            span=span,
            raw=span.of(self.text),
            work=work.title if work else None,
            version=settled.version,
            article=at.article,
            paragraph=at.paragraph,
            item=at.item,
            subitem=at.subitem,
            status=settled.status,
            rule="+".join(filter(None, (how, settled.rule))),
            candidates=settled.candidates,
        )


def settle(
    work: Work, hint: VersionHint | None, decided: date | None, at: Pinpoint | None
) -> _Settled:
    """The version a citation means: as the text names it, or else by the day of the decision."""
    if hint is not None and hint.earlier:
        return _earlier(work, decided)
    if hint is not None and hint.year is not None:
        dating = work.versions_of_year(hint.year, hint.month, hint.day)
        return _from_dating(dating, "bracketed_version", at)
    if decided is None:
        return _Settled(None, CitationStatus.RESOLVED, "")
    return _from_dating(work.version_on(decided), "decision_date", at)


def _earlier(work: Work, decided: date | None) -> _Settled:
    """旧法, 修订前的: some version before the one in force."""
    until = decided or date.max
    begun = [v.in_force for v in work.versions if v.in_force <= until][:-1]
    if len(begun) == 1 and not work.undated:
        return _Settled(begun[0], CitationStatus.RESOLVED, "earlier_version")
    return _Settled(None, CitationStatus.AMBIGUOUS, "earlier_version", tuple(begun))


def _from_dating(dating: Dating, rule: str, at: Pinpoint | None) -> _Settled:
    version = dating.version
    if version is not None:
        why = f":{dating.why}" if dating.why else ""
        return _Settled(version.in_force, CitationStatus.RESOLVED, rule + why)
    if dating.why == "no_versions":
        return _Settled(None, CitationStatus.RESOLVED, dating.why)
    candidates = tuple(version.in_force for version in dating.candidates)
    note = _only_in(dating, at)
    return _Settled(None, CitationStatus.AMBIGUOUS, f"{rule}:{dating.why}{note}", candidates)


def _only_in(dating: Dating, at: Pinpoint | None) -> str:
    """A note where only one candidate has so many articles; a note, as the number may be a slip."""
    if at is None or not isinstance(at.article, int):
        return ""
    able = [v for v in dating.candidates if v.articles is None or v.articles >= at.article]
    if len(able) == 1 < len(dating.candidates):
        return f":article_only_in_{able[0].in_force.isoformat()}"
    return ""


_SAID_BESIDE = re.compile(rf"(?:{shorthand.LEAD}|{shorthand.TAIL}|以及|或者|[、,，;；和与及或])*")

_ANOTHER_PLACE = re.compile(rf"第|\(?{NUMERAL}|之")


def typed(text: str, known: Registry | None = None, decided: date | None = None) -> Citation | None:
    """A citation as people type it into a search box (`kb.law.shorthand`), or in any form that
    prose uses. None if the text is anything else."""
    names = known or registry()
    text = text.strip()
    if not _may_cite(text, names):
        return None
    if citation := _typed(text, names, decided):
        return citation
    mended = shorthand.mended(text)
    citation = _typed(mended, names, decided) if mended != fold_text(text) else None
    if citation is None or citation.article is None:
        return None
    return replace(citation, raw=text, span=Span(0, len(text)))


def typed_several(text: str, known: Registry | None = None) -> tuple[Citation, ...]:
    """The citations of a text that says nothing else: 行政处罚法第33条、第34条, 处罚法33-35条; none
    if it is but one, or something else. Those of one range share its place in the text."""
    names = known or registry()
    if not _may_cite(text, names):
        return ()
    if several := _several(text, names):
        return several
    spelt = shorthand.spelt_out(text, names)
    whole = Span(0, len(text))
    found = _several(spelt, names) if spelt and spelt != fold_text(text) else ()
    return tuple(replace(one, raw=text, span=whole) for one in found)


def by_statute(citations: Iterable[Citation]) -> tuple[tuple[Citation, ...], ...]:
    """Citations of one text parted where it names a statute anew: 行政处罚法第33、34条和行政复议法
    第23条 are two and one."""
    named: list[list[Citation]] = []
    for citation in citations:
        same = named and (
            citation.span == named[-1][-1].span or _ANOTHER_PLACE.match(fold_text(citation.raw))
        )
        if same:
            named[-1].append(citation)
        else:
            named.append([citation])
    return tuple(map(tuple, named))


def _several(text: str, names: Registry) -> tuple[Citation, ...]:
    folded, found = find(text, names)
    beside, at = "", 0
    for one in found:
        beside, at = beside + folded.text[at : one.start], max(at, one.end)
    if len(found) < 2 or not _SAID_BESIDE.fullmatch(beside + folded.text[at:]):
        return ()
    resolver = _Resolver(text, folded, names, None)
    citations = [resolver.resolve(one) for one in found]
    known_all = tuple(citation for citation in citations if citation and citation.work)
    return known_all if len(known_all) == len(found) else ()


def _may_cite(text: str, names: Registry) -> bool:
    return len(text) <= _LONGEST_TYPED and names.may_name(fold_text(text))


def _typed(text: str, names: Registry, decided: date | None) -> Citation | None:
    folded, found = find(text, names)
    resolver = _Resolver(text, folded, names, decided)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(folded.text)):
        citation = resolver.resolve(found[0])
        return citation if citation and citation.work else None
    if short := shorthand.read(folded.text, names):
        key, at = short
        return resolver.resolve(Found(0, len(folded.text), key, at, "typed"))
    return None
