"""Which statute, version and place an address asks for, by whatever name it calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from kb import law
from kb.errors import BadRequest, NotFound
from kb.law.provisions import Pinpoint, Provision, article_number, parse_address
from kb.law.statutes import name_key
from kb.statutes.book import StatuteBook
from kb.statutes.values import Edition, StatuteAbout

_NEAR, _ALIKE, _LONGEST = 8, 0.55, 80


def asked(book: StatuteBook, address: str) -> Provision:
    """The provision of an address, its statute by its own title. The name may be an alias, and a
    place may be written as people type it (行复法30, 行政复议法第三十条).

    Raises BadRequest for what is no address, NotFound for a name that is not known.
    """
    provision = parse_address(address.strip("/ 　"))
    if work := book.registry().work(provision.work):
        return replace(provision, work=work.title)
    if provision.at.article is None:
        typed = law.typed(provision.work, book.registry())
        if typed and typed.work:
            at = Pinpoint(typed.article, typed.paragraph, typed.item, typed.subitem)
            return Provision(typed.work, provision.version or typed.version, at)
    raise NotFound(f"没有收录名为《{provision.work.strip('《》')}》的法规")


def typed_article(words: str) -> int | str:
    """The number of an article as someone types it: 30, 三十, 第三十条, 120之1. Raises
    BadRequest."""
    bare = words.strip().removeprefix("第").replace("条", "")
    try:
        return article_number(bare)
    except ValueError:
        raise BadRequest("article", f"“{words[:20]}”不是条号，应如 30 或 第三十条") from None


def edition_of(about: StatuteAbout, provision: Provision) -> Edition | None:
    """The edition that an address names; None where it names none. Raises NotFound for a day on
    which no version came into force."""
    if provision.version is None:
        return None
    edition = about.edition(provision.version)
    if edition is None:
        raise NotFound(f"《{about.title}》没有 {provision.version} 起施行的版本")
    return edition


def near(book: StatuteBook, name: str) -> list[str]:
    """Titles that someone may mean by a name that is not known: those that hold it, the shortest
    first, then those that look like it."""
    key = name_key(name.partition("@")[0].partition("/")[0][:_LONGEST])
    if len(key) < 2:
        return []
    titles = dict(_names(book))
    holding = sorted((name for name in titles if key in name), key=len)
    alike = get_close_matches(key, [name for name in titles if len(name) < 40], _NEAR, _ALIKE)
    return list(dict.fromkeys(titles[name] for name in (*holding[:_NEAR], *alike)))[:_NEAR]


def _names(book: StatuteBook) -> Iterator[tuple[str, str]]:
    """Every name by its key, with the title of its statute."""
    for work in book.registry().works:
        for name in (*work.aliases, work.title):
            yield name_key(name), work.title
