"""An article among the results, shown like a record."""

from __future__ import annotations

from collections.abc import Sequence

from kb.answers import Coded, Hit, Passage
from kb.labels import STATUTE_LABELS
from kb.law.provisions import Provision, parse_address, place
from kb.model import Role, Section, Span
from kb.search.engine import Key, ScorePart
from kb.search.excerpt import best_excerpt
from kb.search.highlight import Asked, Place, Places, located, marks, merged
from kb.search.hits import Parts, mark_list, matches, score_parts, why
from kb.statutes.book import StatuteBook
from kb.text.dates import written

_SHOWN = 160


def statute_hits(book: StatuteBook, keys: Sequence[Key], asked: Asked, parts: Parts) -> list[Hit]:
    """The articles that an engine found, in its order; those whose text is gone are left out."""
    hits = [_hit(book, key, asked, parts.get(key.id, ())) for key in keys]
    return [hit for hit in hits if hit is not None]


def _hit(book: StatuteBook, key: Key, asked: Asked, parts: Sequence[ScorePart]) -> Hit | None:
    provision = parse_address(key.id)
    text = _text(book, provision)
    about = book.about(provision.work)
    edition = provision.version and about.edition(provision.version)
    if not text or not edition:
        return None
    title = about.title + place(provision.at)
    newest = edition == [e for e in about.editions if e.has_text][-1]
    kind = "statute" if newest else "statute_superseded"
    found = Places(located(title, asked.wanted), located(text, asked.wanted))
    return Hit(
        id=key.id,
        path=f"/statutes/{key.id}",
        kind=Coded(code=kind, label=STATUTE_LABELS[kind]),
        title=title,
        title_marks=mark_list(merged(place[:2] for place in found.title), 0),
        subtitle=f"{written(edition.day)}起施行" + ("" if edition.certain else "（推定）"),
        score=round(key.score, 6),
        passages=[_passage(text, place(provision.at), asked, found.text)],
        why=why(asked, found.numbers()),
        matches=matches(asked, found),
        score_parts=score_parts(parts),
        regions=[],
        acts=[],
        issues=[],
        outcomes=[],
        statutes=[],
        dockets=[],
        batch="",
        publishers=[about.issuer] if about.issuer else [],
        decided=None,
        published=edition.day,
        url="",
    )


def _text(book: StatuteBook, provision: Provision) -> str:
    if provision.at.article is None:
        return book.text(provision.work, provision.version).preamble
    article = book.glance(provision)
    return article.text if article else ""


def _passage(text: str, heading: str, asked: Asked, places: Sequence[Place]) -> Passage:
    """A short article whole; of a long one the part where the query stands best."""
    whole = Span(0, len(text))
    section = Section(Role.OTHER, heading, whole, whole)
    excerpt = best_excerpt(text, section, places, asked) if len(text) > _SHOWN else None
    shown = excerpt.span if excerpt else Span(0, min(len(text), _SHOWN))
    return Passage(
        heading=heading,
        role=Role.OTHER.value,
        text=shown.of(text),
        start=shown.start,
        marks=mark_list(marks(places, shown), shown.start),
    )
