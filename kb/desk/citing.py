"""Citations that could not be settled when a source was read, settled with the statutes known
today: a law may have been imported since, or a person have given the day of the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from threading import Lock
from typing import TypeVar

from cachetools import LRUCache, cached

from kb import law
from kb.law.statutes import Registry
from kb.model import Citation, CitationStatus, Claim, ClaimSource, Content, settled
from kb.store.desk import SETTLED, Draft
from kb.store.worklist import OPEN, WorkItem

D = TypeVar("D", Draft, WorkItem)

_MOST_CHARACTERS = 4_000_000  # of the texts whose citations are kept


def today(held: Iterable[D], registry: Callable[[], Registry]) -> list[D]:
    """Each with its citations as they are known today; of what is published, or was, the words
    stand. registry: asked once at most."""
    known = cache(registry)
    return [_today(one, known) if one.stage in OPEN else one for one in held]


def _today(one: D, registry: Callable[[], Registry]) -> D:
    content = settle(one.content, registry)
    return one if content is one.content else replace(one, content=content)


def before(stored: Content, shown: Content, saved: Content, note: str) -> tuple[Content, str]:
    """What someone's save is to be compared with to tell what they changed, and the note of its
    revision, which names what was settled with it. stored: the draft; shown: the same as known
    today."""
    if stored.citations == shown.citations or saved.citations == stored.citations:
        return stored, note
    return shown, f"{note}；{SETTLED}" if note else SETTLED


def settle(content: Content, registry: Callable[[], Registry]) -> Content:
    """The content with what the registry knows of its citations by now; the very same one where
    that is nothing new. What a person decided stays as it is."""
    decided = {claim.value for claim in content.citations if _is_decided(claim)}
    waiting = {one.value for one in content.citations if _is_open(one.value)} - decided
    if not waiting:
        return content
    day = next(iter(settled(content.decided)), None)
    _, known = _cited(content.text, day, registry())
    claims = tuple(
        _anew(claim, known) if claim.value in waiting else claim for claim in content.citations
    )
    return content if claims == content.citations else content.with_fields(citations=claims)


def _is_decided(claim: Claim[Citation]) -> bool:
    return claim.rejected or claim.evidence.source is ClaimSource.PERSON


def _is_open(citation: Citation) -> bool:
    return citation.status is not CitationStatus.RESOLVED or citation.version is None


@cached(LRUCache(_MOST_CHARACTERS, lambda known: known[0]), lock=Lock())
def _cited(text: str, day: date | None, registry: Registry) -> tuple[int, tuple[Citation, ...]]:
    """What a text cites, after what it takes to keep it. The last texts looked at are kept: drafts
    are looked at again and again."""
    return len(text) + 1, law.cite(text, day, registry)


def _anew(claim: Claim[Citation], known: tuple[Citation, ...]) -> Claim[Citation]:
    """The claim as the text is read now; a name that is known begins earlier than one that is
    not."""
    place = claim.value.span
    there = [one for one in known if one.span.start < place.end and place.start < one.span.end]
    if len(there) != 1 or there[0] == claim.value:
        return claim
    [found] = there
    evidence = replace(
        claim.evidence, rule=f"citations.{found.rule}", quote=found.raw, span=found.span
    )
    return replace(claim, value=found, evidence=evidence)
