"""A page that holds one case: a typical case, or one in the form of guiding and reference cases."""

from __future__ import annotations

from ingest.document import BlockKind, SourceDocument
from ingest.layout.boundaries import Stretch, cases
from ingest.layout.kinds import kind_of
from ingest.layout.page import Page, page_of
from ingest.layout.sections import sections_of
from ingest.layout.titles import (
    clean_subtitle,
    clean_title,
    from_page_title,
    is_case_title,
    is_masthead,
    is_subtitle,
    may_be_title,
)
from ingest.layout.unfit import reason_against
from ingest.layout.vocabulary import Needs, known
from kb.model import Content, Role
from kb.text.normalise import fold_text

EXPECTS = "一页一案：标题之下有基本案情、裁判结果、典型意义等小标题，或标题为某某案的长文"

_TELLING = frozenset(Role) - {Role.HEAD, Role.KEYWORDS, Role.STATUTES, Role.OTHER, Role.TAIL}
_LONG_ENOUGH = 200  # characters of sentences


def recognise(document: SourceDocument) -> float:
    """0.8 with several headings of a case, 0.6 with one, 0.4 for a long text named as a case."""
    page = page_of(document)
    if reason_against(page) or len(cases(page)) >= 2:
        return 0.0
    telling = {h.words for h in page.headings if h and h.role in _TELLING}
    plain = {words for words in telling if (h := known(words)) and h.needs is Needs.NOTHING}
    of_a_case = page.speaks_of_a_case(0, len(page.lines))
    title, _, _ = _head(page)
    if plain and len(telling) >= 2 and (of_a_case or len(telling) >= 3 or is_case_title(title)):
        return 0.8
    if (plain and of_a_case) or (telling and is_case_title(title)):
        return 0.6
    prose = sum(len(line.text) for line in page.lines if line.is_prose)
    is_told = prose >= max(_LONG_ENOUGH, 0.5 * len(document.text))
    return 0.4 if is_case_title(title) and is_told and of_a_case else 0.0


def parse(document: SourceDocument) -> tuple[Content, ...]:
    """The one case, with every word of the page but a foreword above the number it may bear."""
    page = page_of(document)
    stretch = _stretch(page)
    parsed = sections_of(page, stretch)
    head = "\n".join(line.text for line in page.lines[: stretch.head_end])
    return (
        Content(
            kind=kind_of(head),
            title=stretch.title,
            subtitle=stretch.subtitle,
            text=parsed.text,
            sections=parsed.sections,
            warnings=stretch.warnings + parsed.warnings,
        ),
    )


def _stretch(page: Page) -> Stretch:
    numbered = cases(page)
    if numbered:
        start = numbered[0]
        has_foreword = any(line.is_prose for line in page.lines[: start.first])
        first = start.first if has_foreword else 0
        return Stretch(
            first, start.head_end, len(page.lines), start.title, start.subtitle, start.warnings
        )
    title, subtitle, head_end = _head(page)
    warnings: tuple[str, ...] = ()
    if not title:
        title, warnings = _name_of(page.document.origin), ("正文中没有标题，暂以文件名为标题",)
    return Stretch(0, head_end, len(page.lines), title, subtitle, warnings)


def _head(page: Page) -> tuple[str, str, int]:
    """Title, subtitle and the first line below them."""
    end = 0
    while end < len(page.lines) and not page.headings[end] and _stands_in_head(page, end):
        end += 1
    title_at = _title_at(page, end)
    if title_at is None:
        return from_page_title(page.document.meta.title), "", end
    title = clean_title(page.lines[title_at].text)
    for at in (*range(title_at + 1, end), *range(title_at)):
        text = page.lines[at].text
        if is_subtitle(text):
            return title, clean_subtitle(text), end
    for at in (*range(title_at + 1, end), *range(title_at)):
        text = page.lines[at].text
        if is_case_title(text) and not is_masthead(text) and clean_title(text) != title:
            return title, clean_title(text), end
    return title, "", end


def _stands_in_head(page: Page, at: int) -> bool:
    line = page.lines[at]
    return line.kind is BlockKind.HEADING or (may_be_title(line) and not line.is_prose)


def _title_at(page: Page, end: int) -> int | None:
    """The line of the title: the page's top heading, else the line the page itself is titled by,
    else a line that names a case, else the first that is no masthead."""
    head = [at for at in range(end) if not is_masthead(page.lines[at].text)]
    headings = [at for at in head if page.lines[at].kind is BlockKind.HEADING]
    if headings:
        return min(headings, key=lambda at: page.lines[at].level)
    page_title = fold_text(page.document.meta.title)
    for at in head:
        if len(page.lines[at].folded) >= 6 and page.lines[at].folded in page_title:
            return at
    for at in head:
        if is_case_title(page.lines[at].text):
            return at
    return head[0] if head and not page.document.meta.title else None


def _name_of(origin: str) -> str:
    return origin.rstrip("/").split("/")[-1].rsplit(".", 1)[0]
