"""A page as a row of pieces: the lines a reader sees, each with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingest.document import BlockKind
from ingest.read.html.tables import is_data_table, is_short_row, rows_of
from ingest.read.lines import clean, split_run_on, unwrap_groups
from ingest.read.page_words import words

_BLOCKS = frozenset(words("tags", "blocks"))
_DROPPED = frozenset(words("tags", "dropped"))
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_NOT_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
_SOURCE_SPACE = re.compile(r"[ \t\r\n\f]+")
_CJK_BREAK = re.compile(r"(?<=[\u3001-\uffef])[ \t]*[\r\n]\s*(?=[\u3001-\uffef])")
_LONG_HEADING = 100


@dataclass(slots=True)
class Piece:
    """One line as a reader sees it. linked: how many of its characters are link text.
    links: (address, text) of its links. around: stands in an element named as furniture;
    info: in one named as the line of source and date."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    strong: bool = False
    linked: int = 0
    links: tuple[tuple[str, str], ...] = ()
    around: bool = False
    info: bool = False


@dataclass(slots=True, eq=False)
class Node:
    """A block element and the pieces inside it, from start to end."""

    tag: str
    names: frozenset[str]
    around: bool
    start: int
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    pieces: list[Piece]
    root: Node


def pieces_of(soup: BeautifulSoup) -> Page:
    """The whole page, furniture included. Linear in the size of the page."""
    body = soup.body or soup
    return _Walk(body).run()


@dataclass(slots=True)
class _Line:
    """A line being gathered."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    linked: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Frame:
    """An open element: what is left of its children and how to leave it."""

    element: Tag
    children: Iterator[object]
    block: bool = False
    node: Node | None = None
    bold: bool = False
    href: str | None = None
    around: bool = False
    info: bool = False
    ordinal: int = 0
    short_row: bool = False


# What ends the name of a section; other pictures say what they show.
_PICTURED = re.compile(
    r"[【\[]?(?:(?:基本|主要|简要)案情|案情(?:简介|回顾|介绍|概要)|(?:行政)?复议(?:结果|决定|办理|审理|过程|请求)"
    r"|(?:处理|办理|裁判|判决|审理)(?:结果|过程|理由|要旨)|争议焦点|(?:典型|案例|指导|社会|法治)(?:意义|启示|价值))[】\]]?[：:]?"
)


class _Walk:
    def __init__(self, body: Tag) -> None:
        self._body = body
        self._pieces: list[Piece] = []
        self._root = Node(body.name, frozenset(), False, 0)
        self._node = self._root
        self._lines: list[_Line] = []
        self._line = _Line()
        self._stack: list[_Frame] = []
        self._size: int | None = None
        self._measured = 0

    def run(self) -> Page:
        self._stack.append(
            _Frame(self._body, iter(self._body.children), node=self._root, block=True)
        )
        while self._stack:
            frame = self._stack[-1]
            child = next(frame.children, None)
            if child is None:
                self._leave(self._stack.pop())
            elif type(child) is NavigableString:
                self._add_text(str(child), frame)
            elif isinstance(child, Tag):
                self._enter(child, frame)
        self._root.end = len(self._pieces)
        return Page(self._pieces, self._root)

    def _enter(self, tag: Tag, frame: _Frame) -> None:
        name = tag.name
        if name == "img" and not self._hidden(tag):
            self._add_picture(tag, frame)
        if name in _DROPPED or self._hidden(tag):
            return
        if name == "br":
            self._end_line()
        elif name == "hr":
            self._flush(None)
        elif name == "table" and is_data_table(tag):
            self._flush(frame)
            self._add_table(tag, frame)
        elif name == "tr" and is_short_row(tag):
            self._open(tag, frame, block=True)
            self._stack[-1].short_row = True
        elif name in ("td", "th") and frame.short_row:
            self._line.parts.append("\u3000")
            self._open(tag, frame, block=False)
        else:
            self._open(tag, frame, block=name in _BLOCKS or "-" in name)

    def _open(self, tag: Tag, frame: _Frame, *, block: bool) -> None:
        style = str(tag.get("style") or "")
        bold = tag.name in _BOLD or frame.bold or bool(style and _BOLD_STYLE.search(style))
        if style and bold and _NOT_BOLD_STYLE.search(style):
            bold = False
        href = str(tag.get("href") or "").strip() if tag.name == "a" else frame.href
        opened = _Frame(tag, iter(tag.children), block, None, bold, href or None)
        opened.around, opened.info = frame.around, frame.info
        if tag.name == "a" and href:
            self._line.links.append((href, ""))
        if block:
            self._flush(frame)
            names = _names(tag)
            opened.around = (
                frame.around or tag.name in words("around", "tags") or _named(names, "name_starts")
            )
            opened.info = frame.info or _named(names, "info_starts")
            node = Node(tag.name, names, opened.around, len(self._pieces), parent=self._node)
            self._node.children.append(node)
            self._node = opened.node = node
            self._mark_item(tag, frame)
        self._stack.append(opened)

    def _mark_item(self, tag: Tag, frame: _Frame) -> None:
        """The number a browser shows before an item of a numbered list."""
        if tag.name != "li" or frame.element.name != "ol":
            return
        try:
            first = int(str(frame.element.get("start") or 1))
            frame.ordinal = int(
                str(tag.get("value") or frame.ordinal + (0 if frame.ordinal else first))
            )
        except ValueError:
            frame.ordinal += 1
        if re.match(r"\s*[（(]?[\d一二三四五六七八九十]{1,3}[）).、．]", _beginning(tag)):
            return
        if "none" not in str(frame.element.get("style") or "") and not self._node.around:
            self._line.parts.append(f"{frame.ordinal}. ")
        frame.ordinal += 1

    def _leave(self, frame: _Frame) -> None:
        if not frame.block:
            return
        self._flush(frame)
        if frame.node and frame.node is not self._root:
            frame.node.end = len(self._pieces)
            self._node = frame.node.parent or self._root

    def _add_text(self, text: str, frame: _Frame) -> None:
        if any(opened.element.name == "pre" for opened in self._stack[-4:]):
            first, *rest = text.splitlines() or [""]
            self._add_words(first, frame)
            for line in rest:
                self._end_line()
                self._add_words(line, frame)
            return
        self._add_words(_SOURCE_SPACE.sub(" ", _CJK_BREAK.sub("", text)), frame)

    def _add_words(self, text: str, frame: _Frame) -> None:
        line = self._line
        line.parts.append(text)
        letters = len(text.strip())
        line.letters += letters
        if frame.bold:
            line.bold += letters
        if frame.href and letters:
            line.linked += letters
            last = line.links[-1] if line.links else ("", "")
            if last[0] == frame.href:
                line.links[-1] = (last[0], last[1] + text)
            else:
                line.links.append((frame.href, text))

    def _add_picture(self, picture: Tag, frame: _Frame) -> None:
        """The words of a picture of a heading: pages draw 基本案情 with a frame around it."""
        said = str(picture.get("alt") or "").strip()
        if frame.href or frame.around or not _PICTURED.fullmatch(said):
            return
        self._end_line()
        self._add_words(said, frame)
        self._end_line()

    def _add_table(self, table: Tag, frame: _Frame) -> None:
        links = tuple((str(a.get("href")), a.get_text()) for a in table.find_all("a", href=True))
        text = "\n".join(" | ".join(row) for row in rows_of(table))
        linked = sum(len(label.strip()) for _, label in links)
        if text.strip(" |\n"):
            self._pieces.append(
                Piece(text, BlockKind.TABLE, linked=linked, links=links, around=frame.around)
            )

    def _end_line(self) -> None:
        self._lines.append(self._line)
        self._line = _Line()

    def _flush(self, frame: _Frame | None) -> None:
        """Makes pieces of the lines gathered since the last block began or ended."""
        self._end_line()
        lines, self._lines = self._lines, []
        if not any(line.letters for line in lines):
            pending = [link for line in lines for link in line.links]
            self._line.links = pending if frame and not frame.block else []
            return
        heading = int(frame.element.name[1]) if frame and _is_heading(frame.element.name) else 0
        texts = [_left(line.text) for line in lines]
        groups = [list(range(len(lines)))] if heading else unwrap_groups(texts)
        for group in groups:
            self._add_group([lines[number] for number in group], heading, frame or self._stack[-1])

    def _add_group(self, lines: list[_Line], heading: int, frame: _Frame) -> None:
        text = "\n".join(line.text for line in lines)
        letters = sum(line.letters for line in lines)
        strong = 0 < letters == sum(line.bold for line in lines)
        links = tuple(link for line in lines for link in line.links)
        linked = sum(line.linked for line in lines)
        for part in [text] if heading else split_run_on(text):
            shown = clean(part)
            if not shown:
                continue
            share = linked if len(part) * 2 > len(text) or linked == letters else 0
            piece = Piece(shown, strong=strong, linked=share, links=links)
            piece.around, piece.info = frame.around, frame.info
            if heading and len(shown) <= _LONG_HEADING:
                piece.kind, piece.level = BlockKind.HEADING, heading
            self._pieces.append(piece)
            links = ()

    def _hidden(self, tag: Tag) -> bool:
        """Not shown; but what makes up most of a page is shown by a script later, and kept."""
        style = str(tag.get("style") or "")
        if not tag.has_attr("hidden") and not (style and _HIDDEN_STYLE.search(style)):
            return False
        if self._size is None:
            self._size = len(self._body.get_text())
        if self._measured > 20 * self._size:  # hidden in hidden in hidden: enough
            return True
        size = len(tag.get_text())
        self._measured += size
        return size * 2 < self._size


def _beginning(tag: Tag) -> str:
    """The first words of an element, without gathering all of them."""
    found = ""
    for text in islice(tag.strings, 5):
        found += str(text)
        if len(found.strip()) >= 8:
            break
    return found


def _names(tag: Tag) -> frozenset[str]:
    found = f"{tag.get('id') or ''} {tag.get('class') or ''}".lower()
    return frozenset(found.split())


def _named(names: frozenset[str], key: str) -> bool:
    harmless = words("around", "harmless") + words("containers", "names")
    return any(name.startswith(words("around", key)) and name not in harmless for name in names)


def _is_heading(name: str) -> bool:
    return len(name) == 2 and name[0] == "h" and name[1] in "123456"


def _left(text: str) -> str:
    """A line with its indent of wide spaces, without those of the page's source."""
    return text.strip(" ")
