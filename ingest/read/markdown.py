"""Markdown: headings, paragraphs, tables; every word kept, marks and comments dropped."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ingest.document import Block, BlockKind, PageMeta, SourceDocument
from ingest.read import masthead
from ingest.read.charset import decode
from ingest.read.lines import clean, unwrap
from ingest.read.raw import Raw
from kb.errors import BadSource

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEAD_END = re.compile(r"<!--\s*INFO END\s*-->")
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^#\s]))(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_ROW_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_BULLET = re.compile(r"(\s*)[-*+]\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*+]\s+|\d{1,3}[.)]\s*(?!\d))\S")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_STRONG = re.compile(
    r"(?<![\w*＊])(\*\*|__)(?=[^\s*_，。；：、])(.{1,500}?)(?<=[^\s*_])\1(?![\w*＊])"
)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\s]+(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(
    r"(?<!!)\[([^\]\n]+)\]\(\s*<?((?:https?:|mailto:|/|\.|#|[\w%-]+[./])[^)\s>]*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_TAG = re.compile(
    r"</?(?:br|p|div|span|center|font|u|b|i|em|strong|sup|sub|small|big|hr|a|img)\b[^<>]*>", re.I
)
_BREAK_TAG = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[\\\[*_<&]")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$", re.I)
_KEYS = {
    "title": "title", "标题": "title", "publisher": "publisher", "发布机构": "publisher",
    "来源": "publisher", "source": "publisher", "date": "published", "published": "published",
    "发布日期": "published", "发布时间": "published", "日期": "published", "url": "url",
    "网址": "url", "链接": "url", "batch": "batch", "批次": "batch", "region": "region",
    "地区": "region",
}  # fmt: skip
_PUBLISHED_BY = re.compile(r"(.{2,60}?)\s*(?:联合)?(?:发布|印发|公布|编发)$")


def read(raw: Raw) -> SourceDocument:
    """The blocks of a Markdown text, in order, without their marks.

    Front matter (`title`, `publisher`, `date`, `url`, `batch`, `region`) goes into the meta; the
    lines of a head that ends with `<!-- INFO END -->` go there too and stay in the text.
    Raises BadSource where the encoding cannot be told or there is not one word.
    """
    decoded = decode(raw.data, raw.origin, content_type=raw.content_type)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    fields = _front_matter(front.group(1)) if front else {}
    skipped = front.group().count("\n") if front and fields else 0
    body = text[front.end() :] if front and fields else text
    blocks, links = _Blocks(body, skipped).run()
    if not blocks:
        raise BadSource(raw.origin, "文件里没有文字")
    meta = _meta(fields, blocks, _head_lines(body, skipped))
    if raw.url and not meta.url:
        meta = replace(meta, url=raw.url, where=(*meta.where, ("url", "网址")))
    return SourceDocument(
        origin=raw.origin,
        sha256=raw.sha256,
        media="markdown",
        blocks=tuple(blocks),
        meta=meta,
        attachments=tuple(dict.fromkeys(link for link in links if _FILE.search(link))),
        warnings=decoded.warnings,
    )


def _front_matter(text: str) -> dict[str, str]:
    """Lines `key: value`, and lists below a key; only the keys we know."""
    found: dict[str, str] = {}
    key = ""
    for line in text.split("\n"):
        item = re.match(r"\s+-\s+(.*)|-\s+(.*)", line)
        pair = re.match(r"([\w\u4e00-\u9fff]+)\s*[:：]\s*(.*)$", line)
        if item and key:
            value = _unquoted(item.group(1) or item.group(2))
            found[key] = f"{found[key]}、{value}" if found.get(key) else value
        elif pair:
            key = _KEYS.get(pair.group(1).lower(), "")
            if key:
                found[key] = "、".join(map(_unquoted, _listed(pair.group(2))))
    return found


def _listed(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [part for part in value[1:-1].split(",") if part.strip()]
    return [value] if value else []


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
        return value[1:-1]
    return value.split(" #")[0].strip()


def _head_lines(body: str, skipped: int) -> int:
    """The number of the line that ends the head, 0 where there is none."""
    end = _HEAD_END.search(body)
    return skipped + body.count("\n", 0, end.start()) + 1 if end else 0


class _Blocks:
    """Goes through the lines once, gathering paragraphs between the marked ones."""

    def __init__(self, body: str, skipped: int) -> None:
        body = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)
        self._lines = body.split("\n")
        self._skipped = skipped
        self._blocks: list[Block] = []
        self._links: list[str] = []
        self._gathered: list[str] = []
        self._from = 0
        self._rows: list[str] = []
        self._fenced = False
        self._quoted = False

    def run(self) -> tuple[list[Block], list[str]]:
        for number, line in enumerate(self._lines):
            self._take(number, line)
        self._flush()
        return self._blocks, self._links

    def _take(self, number: int, line: str) -> None:
        if _FENCE.match(line):
            self._flush()
            self._fenced = not self._fenced
        elif self._fenced:
            self._flush()
            self._add(line, number)
        elif _ROW.match(line) or (self._rows and "|" in line):
            self._flush_paragraph()
            self._from = self._from if self._rows else number
            self._rows.append(line)
        elif not line.strip():
            self._flush()
        elif self._gathered and _UNDERLINE.match(line):
            self._underlined(line)
        elif heading := _HEADING.match(line):
            self._flush()
            self._add(heading.group(2), number, level=len(heading.group(1)))
        elif _RULE.match(line):
            self._flush()
        else:
            self._gather(number, line)

    def _gather(self, number: int, line: str) -> None:
        if not self._gathered:
            self._quoted = bool(_QUOTE.match(line))
        if self._quoted:  # a line inside a paragraph may begin with the > of 修改<…法>的决定
            line = _QUOTE.sub("", line)
        if self._rows or _ITEM.match(line):
            self._flush()
        if not self._gathered:
            self._from = number
        self._gathered.append(_BULLET.sub(r"\1", line, count=1) if _BULLET.match(line) else line)

    def _underlined(self, line: str) -> None:
        *before, title = self._gathered
        self._gathered = before
        number = self._from + len(before)
        self._flush()
        self._add(title, number, level=1 if "=" in line else 2)

    def _flush(self) -> None:
        self._flush_paragraph()
        rows = [
            [self._words(cell) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
            for row in self._rows
            if not _ROW_RULE.fullmatch(row)
        ]
        if rows:
            text = "\n".join(" | ".join(row) for row in rows)
            self._blocks.append(Block(text, BlockKind.TABLE, place=self._place(self._from)))
        self._rows = []

    def _flush_paragraph(self) -> None:
        lines, self._gathered = self._gathered, []
        number = self._from
        for paragraph in unwrap(lines):
            self._add(paragraph, number)
            number += paragraph.count("\n") + 1

    def _add(self, text: str, number: int, level: int = 0) -> None:
        whole = re.fullmatch(r"\s*(\*\*|__)(?!\s)([^*_]+)(?<!\s)\1\s*", text)
        for part in _BREAK_TAG.split(text):
            if shown := self._words(part):
                kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
                self._blocks.append(Block(shown, kind, level, self._place(number), bool(whole)))

    def _words(self, text: str) -> str:
        """A line without the marks around its words. A lone * may mask a name (杨**) and stays."""
        if not _MARKS.search(text):
            return clean(text)
        text = _IMAGE.sub("", text)
        self._links += [found.group(2) for found in _LINK.finditer(text)]
        text = _LINK.sub(r"\1", text)
        text = _STRONG.sub(r"\2", text)
        text = _TAG.sub("", text)
        text = _ESCAPE.sub(r"\1", text)
        return clean(html.unescape(text))

    def _place(self, number: int) -> str:
        return f"第 {number + self._skipped + 1} 行"


def _meta(fields: dict[str, str], blocks: list[Block], head_end: int) -> PageMeta:
    where = dict.fromkeys(fields, "文首元数据")
    found = dict(fields)

    def claim(name: str, value: str, block: Block) -> None:
        if value and name not in found:
            found[name], where[name] = value, block.place

    title = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    if title and title.level == 1:
        claim("title", title.text, title)
    for block in _before(blocks, head_end):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        said = masthead.parse(block.text)
        by = _PUBLISHED_BY.fullmatch(block.text)
        if said and said.complete:
            claim("publisher", said.publisher, block)
            claim("published", said.published, block)
        elif by:
            claim("publisher", by.group(1), block)
        elif len(block.text) <= 60 and block.text[-1] not in "。；，":
            claim("batch", block.text, block)
    return PageMeta(**found, where=tuple(where.items()))


def _before(blocks: list[Block], head_end: int) -> list[Block]:
    def line(block: Block) -> int:
        return int(block.place.split()[1])

    return [block for block in blocks if line(block) < head_end]
