"""A record among the results: its passages, and the short lines that say why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb import law, places
from kb.answers import Hit, Mark, Match, Passage, ScorePartAnswer
from kb.model import Content, Span, settled
from kb.search.cards import Card, Cards
from kb.search.engine import Key, ScorePart
from kb.search.excerpt import excerpts
from kb.search.highlight import Asked, Places, Why, cited, merged, places_in, telling
from kb.search.request import FacetName

_MOST_PLACES = 20

Parts = Mapping[str, Sequence[ScorePart]]
"""What the scores of records are made of, by id."""


def case_hits(cards: Cards, keys: Sequence[Key], asked: Asked, parts: Parts) -> list[Hit]:
    """The records that an engine found, in its order, leaving out what is gone."""
    scores = {key.id: key.score for key in keys}
    return [
        case_hit(card, scores[record_id], asked, parts.get(record_id, ()))
        for record_id, card in cards.of(scores).items()
    ]


def case_hit(card: Card, score: float, asked: Asked, parts: Sequence[ScorePart]) -> Hit:
    """A record as it is shown among the results."""
    content = card.case.content
    found = places_in(content, asked)
    return card.hit.model_copy(
        update={
            "title_marks": mark_list(merged(place[:2] for place in found.title), 0),
            "score": round(score, 6),
            "passages": [
                Passage(
                    heading=excerpt.section.heading,
                    role=excerpt.section.role.value,
                    text=excerpt.span.of(content.text),
                    start=excerpt.span.start,
                    marks=mark_list(excerpt.marks, excerpt.span.start),
                )
                for excerpt in excerpts(content, asked, found.text)
            ],
            "why": [
                *why(asked, found.numbers()),
                *_region(content, asked),
                *[f"引用：{law.label(citation)}" for citation in cited(content, asked)][:1],
            ],
            "matches": matches(asked, found),
            "score_parts": score_parts(parts),
        }
    )


def why(asked: Asked, numbers: Sequence[int]) -> list[str]:
    """Which of the words typed stand in a record, and which synonyms serve for others."""
    standing = [asked.wanted[number] for number in telling(asked, numbers)]
    words = [w.typed for w in standing if w.why not in (Why.SYNONYM, Why.PROVISION)]
    others = [f"{w.typed}（{w.meant}）" for w in standing if w.why is Why.SYNONYM]
    lines = [f"命中：{'、'.join(dict.fromkeys(words))}"] if words else []
    return [*lines, f"同义词：{'、'.join(dict.fromkeys(others))}"] if others else lines


def _region(content: Content, asked: Asked) -> list[str]:
    """The region that the search asks for."""
    wanted = asked.filed.get(FacetName.REGION)
    if not wanted:
        return []
    return [
        f"地区：{region.name}"
        for region in settled(content.regions)
        if not wanted.isdisjoint(places.ancestors(region.code))
    ][:1]


def matches(asked: Asked, found: Places) -> list[Match]:
    """Where each thing asked for stands."""
    title: dict[int, list[tuple[int, int]]] = {}
    text: dict[int, list[tuple[int, int]]] = {}
    for stretches, standing in ((title, found.title), (text, found.text)):
        for start, end, number in standing:
            stretches.setdefault(number, []).append((start, end))
    return [
        Match(
            term=asked.wanted[number].typed,
            kind=asked.wanted[number].why.value,
            meant=asked.wanted[number].meant,
            title=title.get(number, [])[:_MOST_PLACES],
            text=text.get(number, [])[:_MOST_PLACES],
            count=len(title.get(number, ())) + len(text.get(number, ())),
        )
        for number in sorted({*title, *text})
    ]


def score_parts(parts: Sequence[ScorePart]) -> list[ScorePartAnswer]:
    """What a score is made of, as it is answered."""
    return [
        ScorePartAnswer(kind=part.kind, text=part.text, score=round(part.score, 6))
        for part in parts
    ]


def mark_list(spans: Iterable[Span], base: int) -> list[Mark]:
    """Stretches as marks of a text that begins at base."""
    return [Mark(start=span.start - base, end=span.end - base) for span in spans]
