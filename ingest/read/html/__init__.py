"""HTML: a published page to its main text, with what the page says of itself."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

from ingest.document import Block, PageMeta, SourceDocument
from ingest.read.charset import decode
from ingest.read.html.main_text import MainText, choose, is_file
from ingest.read.html.meta import Claims, Said
from ingest.read.html.pieces import Page, pieces_of
from ingest.read.html.verdict import refuse
from ingest.read.raw import Raw

_CODE = re.compile(r"<(script|style)\b([^>]{0,2000})>", re.I)
_DATA_URI = re.compile(r"data:[\w/+.-]{1,40};base64,[A-Za-z0-9+/=\s]{64,}")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.I)
_STRANGE_BREAKS = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.I)


def read(raw: Raw) -> SourceDocument:
    """The main text of a page.

    Raises BadSource for a page that holds none: a shell for scripts, a frame, an error, a login,
    a list of links; or one whose encoding cannot be told.
    """
    decoded = decode(raw.data, raw.origin, content_type=raw.content_type, markup=True)
    soup = BeautifulSoup(_slim(decoded.text), "lxml", multi_valued_attributes=None)
    claims = Claims(soup, decoded.text, raw.url)
    titles = claims.titles()
    page = pieces_of(soup)
    main = choose(page, tuple(said.value for said in titles))
    base = claims.base()
    title = soup.title.get_text() if soup.title else ""
    warnings = refuse(soup, page, main, title.strip(), base, raw.origin)
    return SourceDocument(
        origin=raw.origin,
        sha256=raw.sha256,
        media="html",
        blocks=tuple(
            Block(piece.text, piece.kind, piece.level, strong=piece.strong) for piece in main.pieces
        ),
        meta=_meta(claims, titles, main),
        attachments=_attachments(page, base),
        warnings=decoded.warnings + warnings,
    )


def _slim(markup: str) -> str:
    """The page without what no reader sees and no parser needs to see: code and images in text."""
    declaration = _DECLARATION.match(markup)
    markup = _without_code(markup[declaration.end() :] if declaration else markup)
    markup = _DATA_URI.sub("data:,", markup)
    return _STRANGE_BREAKS.sub("<br>", markup)


def _without_code(markup: str) -> str:
    """Scripts and styles emptied, but for data that tells of the page. One pass, however broken
    the page: a script that never ends is left to the parser."""
    lower = markup.lower() if markup.isascii() else _ascii_lower(markup)
    kept: list[str] = []
    start = 0
    while tag := _CODE.search(markup, start):
        end = lower.find(f"</{tag.group(1).lower()}", tag.end())
        if end < 0:
            break
        kept.append(markup[start : end if "ld+json" in tag.group(2) else tag.end()])
        start = end
    return "".join([*kept, markup[start:]])


def _ascii_lower(text: str) -> str:
    """Lower case without changing any offset, as str.lower may (İ)."""
    return text.translate(_LOWER)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _meta(claims: Claims, titles: tuple[Said, ...], main: MainText) -> PageMeta:
    unsaid = all(said.where == "title" and said.value != main.title for said in titles)
    if main.title and unsaid:
        titles = (Said(main.title, "正文上方的标题"), *titles)
    found = {
        "title": titles,
        "publisher": claims.publishers(main.mastheads),
        "published": claims.days(main.mastheads),
        "url": claims.urls(),
    }
    best = {name: said[0] for name, said in found.items() if said}
    return PageMeta(
        **{name: said.value for name, said in best.items()},
        where=tuple((name, said.where) for name, said in best.items()),
    )


def _attachments(page: Page, base: str) -> tuple[str, ...]:
    """Files that the page offers, as addresses; relative ones stay so where no base is known."""
    found: list[str] = []
    for piece in page.pieces:
        for address, _ in () if piece.around else piece.links:
            if is_file(address) and not address.lower().startswith(("javascript:", "data:")):
                whole = urljoin(base, address) if base else address
                if whole not in found:
                    found.append(whole)
    return tuple(found)


def file_name(address: str) -> str:
    """The readable name of a linked file."""
    return unquote(urlsplit(address).path).rsplit("/", 1)[-1]
