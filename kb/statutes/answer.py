"""A statute or an article as the interface gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kb.answers import (
    ArticleAnswer,
    CounterpartAnswer,
    HeadingAnswer,
    ItemAnswer,
    ParagraphAnswer,
    StatuteAnswer,
    StatuteLinks,
    StatuteVersionAnswer,
    SubitemAnswer,
)
from kb.law.crosswalk import Correspondence
from kb.law.provisions import Provision, place
from kb.law.text import Paragraph
from kb.model import Span
from kb.statutes.values import ArticlePage, Edition, StatuteAbout, VersionText


def whole_answer(text: VersionText, links: StatuteLinks) -> StatuteAnswer:
    """A version of a statute: its contents and the numbers of its articles."""
    address = Provision(text.about.title, text.edition.day).address()
    return _answer(text.about, text.edition, address, text.about.title, links).model_copy(
        update={
            "history": list(text.history),
            "preamble": text.preamble,
            "contents": [
                HeadingAnswer(text=entry.text, depth=entry.depth, first=entry.first)
                for entry in text.outline
            ],
            "articles": [article.number for article in text.articles],
        }
    )


def article_answer(page: ArticlePage, links: StatuteLinks) -> StatuteAnswer:
    """An article with its text. The page must have the place that was asked for."""
    span = page.span or Span(0, len(page.article.text))
    article = ArticleAnswer(
        number=page.article.number,
        headings=list(page.article.headings),
        text=page.article.text,
        paragraphs=[_paragraph(paragraph) for paragraph in page.paragraphs],
        start=span.start,
        end=span.end,
        cases=page.cited,
        older=list(_counterparts(page, page.older, later=False)),
        newer=list(_counterparts(page, page.newer, later=True)),
    )
    return _answer(
        page.about, page.edition, page.provision.address(), page.label, links
    ).model_copy(update={"article": article})


def _answer(
    about: StatuteAbout, edition: Edition, address: str, label: str, links: StatuteLinks
) -> StatuteAnswer:
    return StatuteAnswer(
        address=address,
        label=label,
        work=about.title,
        full_title=about.full_title,
        kind=about.kind.value if about.kind else None,
        issuer=about.issuer,
        aliases=list(about.aliases),
        version=edition.day,
        versions=[_version(one) for one in about.editions],
        history=[],
        preamble="",
        contents=[],
        articles=[],
        article=None,
        links=links,
    )


def _version(edition: Edition) -> StatuteVersionAnswer:
    return StatuteVersionAnswer(
        version=edition.day,
        certain=edition.certain,
        adopted=edition.adopted,
        last_day=edition.last_day,
        force=edition.force.value,
        has_text=edition.has_text,
        articles=edition.articles,
    )


def _paragraph(paragraph: Paragraph) -> ParagraphAnswer:
    return ParagraphAnswer(
        number=paragraph.number,
        text=paragraph.text,
        items=[
            ItemAnswer(
                number=item.number,
                text=item.text,
                subitems=[SubitemAnswer(number=n, text=text) for n, text in item.subitems],
            )
            for item in paragraph.items
        ],
    )


def _counterparts(
    page: ArticlePage, rows: Iterable[Correspondence], *, later: bool
) -> Iterator[CounterpartAnswer]:
    version = _beside(page, later=later)
    if version is None:
        return
    for row in rows:
        there, mine = (row.new, row.old) if later else (row.old, row.new)
        yield CounterpartAnswer(
            version=version,
            address=Provision(page.about.title, version, there).address() if there else "",
            label=place(there) if there else "",
            mine=place(mine) if mine else "",
            relation=row.relation.value,
            topic=row.topic,
            score=row.score,
        )


def _beside(page: ArticlePage, *, later: bool) -> date | None:
    """The day of the version before or after the one shown."""
    days = [edition.day for edition in page.about.editions]
    n = days.index(page.edition.day) + (1 if later else -1)
    return days[n] if 0 <= n < len(days) else None
