"""What a page says of itself: title, publisher, date and address, each with where it stood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from ingest.read import masthead
from ingest.read.lines import clean

_TITLE_META = ("articletitle", "og:title", "twitter:title", "title")
_PUBLISHER_META = (
    "contentsource", "source", "mediaid", "og:article:author", "article:author",
    "dc.publisher", "publisher",
)  # fmt: skip
_DATE_META = (
    "pubdate", "publishdate", "article:published_time", "og:published_time", "publication_date",
    "datepublished", "dc.date", "og:release_date", "weibo: article:create_at", "date",
)  # fmt: skip
_URL_META = ("og:url", "url")
_TITLE_HINT = re.compile(
    r"\b(?:title|tit|biaoti|bt|activity-name|headline|arti_title|con_tit)\b", re.I
)
_SITE_PART = re.compile(r"\s*[-_|—–‒·«»<>＿｜]+\s*")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_CHINA = timezone(timedelta(hours=8))
_SCRIPT_TITLE = re.compile(r"""var\s+msg_title\s*=\s*(['"])(.*?)\1""")
_SCRIPT_NAME = re.compile(r"""var\s+nickname\s*=\s*(?:htmlDecode\()?(['"])(.*?)\1""")
_SCRIPT_DAY = re.compile(r"""var\s+(?:ct|svr_time|oriCreateTime)\s*=\s*['"]?(\d{10})['"]?""")
_SCRIPT_TIME = re.compile(
    r"""(?:createTime|publish_time)\s*=\s*['"](\d{4}-\d\d-\d\d[^'"]{0,9})['"]"""
)
_SCRIPT_URL = re.compile(r"""var\s+msg_link\s*=\s*(['"])(https?:.*?)\1""")


@dataclass(frozen=True, slots=True)
class Said:
    """One value and the place where it stands."""

    value: str
    where: str


class Claims:
    """All that a page's head, scripts and marked elements say, best first.

    markup: the page's source, for what only scripts and comments hold.
    """

    def __init__(self, soup: BeautifulSoup, markup: str, fetched_from: str) -> None:
        self._soup = soup
        self._meta = _meta_tags(soup)
        self._markup = markup
        self._fetched_from = fetched_from
        self._linked = _linked_data(soup)

    def titles(self) -> tuple[Said, ...]:
        found = [Said(self._meta[k], f"meta[name={k}]") for k in _TITLE_META[:1] if k in self._meta]
        found += self._title_elements()
        found += [
            Said(self._meta[k], f"meta[name={k}]") for k in _TITLE_META[1:] if k in self._meta
        ]
        found += self._script(_SCRIPT_TITLE, 2, "script var msg_title")
        found += [Said(v, "ld+json headline") for v in self._linked.get("headline", [])]
        window = clean(self._soup.title.get_text()) if self._soup.title else ""
        if window:
            found += [Said(part, "title") for part in _without_site(window, found)]
        return tuple(said for said in found if len(said.value) >= 2)

    def publishers(self, seen: Iterable[masthead.Masthead]) -> tuple[Said, ...]:
        found = [
            Said(name, f"meta[name={key}]")
            for key in _PUBLISHER_META
            if key in self._meta
            and (name := masthead.name_of(self._meta[key]))
            and not name.startswith("http")
        ]
        found += [Said(said.publisher, "来源行") for said in seen if said.publisher]
        found += [Said(text, "#js_name") for text in self._texts("js_name")]
        found += self._script(_SCRIPT_NAME, 2, "script var nickname")
        found += [Said(v, "ld+json publisher") for v in self._linked.get("publisher", [])]
        if "sitename" in self._meta:
            found.append(Said(self._meta["sitename"], "meta[name=sitename]"))
        return tuple(found)

    def days(self, seen: Iterable[masthead.Masthead]) -> tuple[Said, ...]:
        found = [
            Said(self._meta[key], f"meta[name={key}]")
            for key in _DATE_META
            if key in self._meta and re.search(r"(?:19|20)\d\d", self._meta[key])
        ]
        found += [Said(said.published, "发布时间行") for said in seen if said.published]
        found += [Said(v, "ld+json datePublished") for v in self._linked.get("datePublished", [])]
        for key, pattern in (("ct", _SCRIPT_DAY), ("createTime", _SCRIPT_TIME)):
            script = pattern.search(self._markup)
            if script:
                value = script.group(1)
                found.append(Said(_china(value) if value.isdigit() else value, f"script {key}"))
        found += [
            Said(day, "#publish_time")
            for t in self._texts("publish_time")
            if (day := masthead.first_day(t))
        ]
        for tag in self._soup.find_all("time", limit=3):
            value = str(tag.get("datetime") or masthead.first_day(tag.get_text()))
            if re.search(r"(?:19|20)\d\d", value):
                found.append(Said(value, "time"))
        return tuple(found)

    def urls(self) -> tuple[Said, ...]:
        """The page's own address. Another host's word is not taken for a page that was fetched."""
        base = self._fetched_from
        found = []
        link = self._soup.find("link", rel="canonical", href=True)
        if link:
            found.append(Said(str(link["href"]), "link[rel=canonical]"))
        found += [
            Said(self._meta[key], f"meta[name={key}]") for key in _URL_META if key in self._meta
        ]
        found += self._script(_SCRIPT_URL, 2, "script var msg_link")
        saved = _SAVED_FROM.search(self._markup[:4096])
        if saved:
            found.append(Said(saved.group(1), "saved from url"))
        found = [Said(urljoin(base, said.value.strip()), said.where) for said in found]
        good = [said for said in found if _is_page(said.value, base)]
        return (*good, Said(base, "网址")) if base else tuple(good)

    def base(self) -> str:
        """The address that relative links start from, "" where none is known."""
        tag = self._soup.find("base", href=True)
        own = self._fetched_from or next((said.value for said in self.urls()), "")
        return urljoin(own, str(tag["href"])) if tag else own

    def _title_elements(self) -> list[Said]:
        found = [Said(clean(tag.get_text()), "h1") for tag in self._soup.find_all("h1", limit=5)]
        for tag in self._soup.find_all(
            ["div", "p", "span", "td", "h2", "h3", "strong"], limit=4000
        ):
            names = f"{tag.get('id') or ''} {tag.get('class') or ''}"
            if names != " " and _TITLE_HINT.search(names):
                text = tag.get_text()
                if len(text) < 300:
                    found.append(Said(clean(text), f"{tag.name}.{names.strip().split()[0]}"))
        window = clean(self._soup.title.get_text()) if self._soup.title else ""
        named = [window, *(self._meta[key] for key in _TITLE_META if key in self._meta)]
        # The site's own name may stand in an h1 and in the window's title: too short to be ours.
        shortest = max(4, max(map(len, _SITE_PART.split(window))) // 2)
        bare = [(re.sub(r"\s+", "", said.value), said) for said in found]
        within = re.sub(r"\s+", "", "\n".join(named))
        good = [said for text, said in bare if shortest <= len(text) <= 120 and text in within]
        return sorted(good, key=lambda said: -len(said.value))

    def _texts(self, name: str) -> list[str]:
        tag = self._soup.find(id=name)
        text = clean(tag.get_text()) if tag else ""
        return [text] if text else []

    def _script(self, pattern: re.Pattern[str], group: int, where: str) -> list[Said]:
        found = pattern.search(self._markup)
        value = clean(re.sub(r"\\x26amp;|&amp;", "&", found.group(group))) if found else ""
        return [Said(value, where)] if value else []


def _meta_tags(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = (
            str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        )
        value = clean(str(tag.get("content") or ""))
        if key and value:
            found.setdefault(key, value)
    return found


def _linked_data(soup: BeautifulSoup) -> dict[str, list[str]]:
    """headline, publisher and datePublished of the page's JSON-LD."""
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("script", type="application/ld+json", limit=5):
        try:
            data = json.loads(tag.get_text())
        except ValueError:
            continue
        items = data if isinstance(data, list) else [data]
        for item in (one for one in items if isinstance(one, dict)):
            for key in ("headline", "datePublished", "publisher"):
                value = item.get(key)
                value = value.get("name") if isinstance(value, dict) else value
                if isinstance(value, str) and value.strip():
                    found.setdefault(key, []).append(clean(value))
    return found


def _without_site(window: str, known: list[Said]) -> list[str]:
    """The window's title without the site's name: the known title it begins with, or its
    longest part where marks divide it, or all of it."""
    bare = re.sub(r"\s+", "", window)
    for said in known:
        if len(said.value) >= 4 and bare.startswith(re.sub(r"\s+", "", said.value)):
            return []
    parts = [part for part in _SITE_PART.split(window) if part]
    if len(parts) < 2:
        return [window]
    longest = max(parts, key=len)
    first = parts[0] if len(parts[0]) >= 8 else longest
    return [first, window] if first != window else [window]


def _is_page(url: str, fetched_from: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if not fetched_from:
        return parts.path not in ("", "/") or bool(parts.query)
    own = urlsplit(fetched_from)
    if parts.hostname != own.hostname:
        return False
    return parts.path not in ("", "/") or own.path in ("", "/")


def _china(seconds: str) -> str:
    moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA)
    return moment.strftime("%Y-%m-%d %H:%M")
