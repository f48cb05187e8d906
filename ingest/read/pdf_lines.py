"""The lines of a PDF page with their place and look, and the furniture of pages told from text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_RADICALS = str.maketrans(
    "⺁⺟⺠⺩⺫⺬⺮⺯⺱⺶⺷⺻⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻳",
    "厂母民王目示竹糸罓羊羊聿肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟",
)
_CJK = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_GAP = re.compile(
    f"(?<=[{_CJK}]) +(?=[{_CJK}])|(?<=[{_CJK}]) +(?=[\\d(])|(?<=[\\d)]) +(?=[{_CJK}])"
)
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―─·.~]*(?:第\s*)?(?:\d{1,4}|[一二三四五六七八九十百]{1,5}|[ivxIVX]{1,6})\s*(?:页)?"
    r"(?:\s*[/／,，共]?\s*(?:共)?\s*\d{1,4}\s*页?)?[\s\-—–―─·.~]*"
)
_HANZI = re.compile(f"[{_CJK}]")
_WIDE = 0.7
_NARROW = 0.15
_MARGIN = 0.13
_SAME_PLACE = 6.0


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One printed line. Coordinates in points from the page's upper left corner; size: of its
    letters; bold: most of it; page: from 1."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    height: float
    width: float


def lines_of(page: Any, number: int, without: Sequence[tuple[float, ...]] = ()) -> list[PdfLine]:
    """The lines of a pdfplumber page from top to bottom. without: boxes (x0, top, x1, bottom)
    whose letters are left out, as those of tables."""
    if without:
        page = page.filter(lambda item: not any(_inside(item, box) for box in without))
    found = []
    for line in page.extract_text_lines(
        return_chars=True, strip=True, x_tolerance_ratio=0.3, y_tolerance=4
    ):
        chars = line["chars"]
        text = tidy(_spaced(chars))
        if text and chars:
            sizes = Counter(round(char["size"], 1) for char in chars)
            bold = sum(1 for char in chars if _is_bold(char))
            found.append(
                PdfLine(
                    text, line["x0"], line["x1"], line["top"], line["bottom"],
                    sizes.most_common(1)[0][0], bold * 2 > len(chars), number,
                    float(page.height), float(page.width),
                )
            )  # fmt: skip
    return found


def _spaced(chars: list[dict[str, Any]]) -> str:
    """The letters of a line, with a space where the print shows one: for hanzi, which justified
    lines push apart a little, only a gap of most of a hanzi's width is meant."""
    seen = sorted((c for c in chars if c["text"].strip()), key=lambda c: float(c["x0"]))
    parts: list[str] = []
    for before, char in zip([None, *seen[:-1]], seen, strict=True):
        if before is not None:
            gap = (char["x0"] - before["x1"]) / max(char["size"], 1)
            hanzi = _HANZI.match(before["text"]) or _HANZI.match(char["text"])
            if gap > (_WIDE if hanzi else _NARROW):
                parts.append("\u3000" if hanzi else " ")
        parts.append(str(char["text"]))
    return "".join(parts)


def tidy(text: str) -> str:
    """Words of a PDF as they were meant: look-alike radicals become hanzi, and the gaps that
    justified lines leave between hanzi close. Letters spaced out one by one stay."""
    text = "".join(
        unicodedata.normalize("NFKC", char) if "\u2f00" <= char <= "\u2fdf" else char
        for char in text.translate(_RADICALS)
    )
    text = text.replace("\u00ad", "").replace("\u00a0", " ").replace("\u200b", "").strip()
    return text if re.fullmatch(r"\S(?: +\S)+", text) else _GAP.sub("", text)


def without_furniture(pages: Iterable[list[PdfLine]]) -> tuple[list[PdfLine], list[str]]:
    """The lines without running heads, feet and page numbers, and the heads and feet dropped.

    A running head stands near the edge at the same height, with the same words but for digits,
    on more than half of the pages of a document of three pages or more.
    """
    pages = [page for page in pages if page]
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_key(line) for line in page if _at_edge(line)})
    dropped: list[str] = []
    kept: list[PdfLine] = []
    for page in pages:
        edges = {id(page[0]), id(page[-1]), id(page[-2]) if len(page) > 1 else 0}
        for line in page:
            key = _key(line)
            repeats = max(counts[key[0], key[1] + step] for step in (-1, 0, 1))
            running = len(pages) >= 3 and _at_edge(line) and repeats * 2 > len(pages)
            numbered = id(line) in edges and _at_edge(line) and _PAGE_NUMBER.fullmatch(line.text)
            if running and not numbered and line.text not in dropped:
                dropped.append(line.text)
            if not running and not numbered:
                kept.append(line)
    return kept, dropped


def _key(line: PdfLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / _SAME_PLACE)


def _at_edge(line: PdfLine) -> bool:
    return line.top < line.height * _MARGIN or line.bottom > line.height * (1 - _MARGIN)


def _is_bold(char: dict[str, Any]) -> bool:
    """By the font's name; heading faces such as 黑体 and 小标宋 are as bold as text gets."""
    name = str(char["fontname"]).lower()
    return any(
        mark in name for mark in ("bold", "heavy", "black", "simhei", "heiti", "xbs", "小标宋")
    )


def _inside(item: dict[str, Any], box: tuple[float, ...]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
