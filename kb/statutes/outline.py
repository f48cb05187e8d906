"""The contents of a statute, from the headings its articles stand under."""

from __future__ import annotations

from collections.abc import Sequence

from kb.law.text import Article
from kb.statutes.values import OutlineEntry


def outline(articles: Sequence[Article]) -> tuple[OutlineEntry, ...]:
    """Each heading once, where it begins, in text order."""
    entries: list[OutlineEntry] = []
    path: tuple[str, ...] = ()
    for article in articles:
        same = next(
            (
                depth
                for depth, (was, now) in enumerate(zip(path, article.headings, strict=False))
                if was != now
            ),
            min(len(path), len(article.headings)),
        )
        for depth, text in enumerate(article.headings[same:], same):
            entries.append(OutlineEntry(text, depth, article.number))
        path = article.headings
    return tuple(entries)
