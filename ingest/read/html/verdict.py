"""Pages that hold no record: shells for scripts, frames, errors, logins, lists of links."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from ingest.read.html.main_text import MainText, is_file
from ingest.read.html.pieces import Page
from ingest.read.page_words import pattern, words
from kb.errors import BadSource

_SHORT = 150
_NOTHING = 15
_MANY_LINKS = 8
_SAVE_AS = "请用浏览器打开，等正文显示后另存为网页（HTML）或打印为 PDF 再导入"


def refuse(
    soup: BeautifulSoup, page: Page, main: MainText, title: str, base: str, origin: str
) -> tuple[str, ...]:
    """Raises BadSource, saying what the page is, where it is no record; else gives warnings."""
    if main.weight < _SHORT:
        _refuse_short(soup, page, main, title, base, origin)
    return _refuse_list(page, main, title, origin)


def _refuse_short(
    soup: BeautifulSoup, page: Page, main: MainText, title: str, base: str, origin: str
) -> None:
    text = title + "\n" + "\n".join(piece.text for piece in page.pieces)
    near = text[:1500]
    if found := _word(near, "guard"):
        raise BadSource(origin, f"这是网站的访问验证页（“{found}”），不是正文。{_SAVE_AS}")
    if (found := _word(near, "gone")) or title.strip() in ("404", "403", "500", "502"):
        raise BadSource(
            origin, f"这是出错页（“{found or title.strip()}”），网页可能已删除或移动，请核对网址"
        )
    if soup.find("input", type=re.compile("^password$", re.I)) or (
        main.weight < _NOTHING and _word(near, "login")
    ):
        raise BadSource(origin, f"这是登录页，正文要登录后才能看到。{_SAVE_AS}")
    _refuse_frames(soup, main, base, origin)
    if found := _word(f"{near}\n{_unscripted(soup)}", "script"):
        raise BadSource(origin, f"网页里没有正文，正文由脚本生成（“{found}”）。{_SAVE_AS}")
    if main.weight == 0 and len(re.sub(r"\s", "", text[len(title) :])) < _NOTHING:
        how = "网页里没有正文，正文可能由脚本生成" if soup.find("script") else "网页里没有正文"
        raise BadSource(origin, f"{how}。{_SAVE_AS}")


def _refuse_frames(soup: BeautifulSoup, main: MainText, base: str, origin: str) -> None:
    if main.weight >= _NOTHING and not soup.find("frameset"):
        return
    frames = soup.find_all(["frame", "iframe"], src=True, limit=4)
    sources = [str(frame["src"]).strip() for frame in frames]
    pages = [urljoin(base, source) for source in sources if not source.startswith("about:")]
    if pages:
        raise BadSource(
            origin, f"正文在框架页里，这一页只是外框。请改为导入框架页：{'、'.join(pages)}"
        )


def _refuse_list(page: Page, main: MainText, title: str, origin: str) -> tuple[str, ...]:
    away = [
        piece
        for piece in page.pieces
        if piece.linked * 10 >= len(piece.text) * 6
        and any(not link.startswith("#") and not is_file(link) for link, _ in piece.links)
    ]
    linked = sum(piece.linked for piece in away)
    text = title + "\n" + "\n".join(piece.text for piece in page.pieces[:60])
    said = pattern("verdict", "found_list_patterns").search(text)
    way_out = "请逐篇打开，导入各篇文章自己的网页或网址"
    if said and len(away) >= 3 and re.search("搜索|检索|查询结果", title):
        raise BadSource(origin, f"这是搜索结果页（“{said.group()}”），不是案例正文。{way_out}")
    if len(away) >= _MANY_LINKS and main.weight * 3 < linked:
        raise BadSource(origin, f"这是列表页（有 {len(away)} 行链接，几乎没有正文）。{way_out}")
    if said and len(away) >= 3:
        return (f"页面含有“{said.group()}”，可能是搜索结果或列表，请核对正文",)
    if main.weight == 0:
        return ("没有找到成句的正文，请核对读到的文字",)
    return ()


def _word(text: str, key: str) -> str:
    return next((word for word in words("verdict", key) if word in text), "")


def _unscripted(soup: BeautifulSoup) -> str:
    return "\n".join(tag.get_text() for tag in soup.find_all("noscript", limit=5))
