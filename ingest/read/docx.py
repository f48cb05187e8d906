"""DOCX: paragraphs and tables in their order, with the numbers Word shows and notes at the end."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from ingest.document import Block, BlockKind, PageMeta, SourceDocument
from ingest.read.lines import clean, split_run_on
from ingest.read.numbering import Numbering
from ingest.read.raw import Raw
from ingest.read.text import meta_of
from kb.errors import BadSource

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LIMIT = 300_000_000
# XML that cannot be parsed is a SyntaxError, a broken deflate stream a zlib.error.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, PackageNotFoundError, KeyError, ValueError, SyntaxError,
    AttributeError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
_LONG_CELL = 200
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_TEXT_HOLDERS = (f"{_W}txbxContent",)
_SKIPPED = (
    *_DELETED, f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", f"{_MC}Fallback",
    f"{_W}sectPr", f"{_W}commentReference", f"{_W}rt",
)  # fmt: skip


def read(raw: Raw) -> SourceDocument:
    """The words of a Word document as a reader sees it: insertions kept, deletions dropped, heads
    and feet of pages dropped, text boxes where they are anchored, notes at the end.

    Raises BadSource for a damaged file.
    """
    _check_size(raw)
    try:
        document = Document(io.BytesIO(raw.data))
        return _Reader(document, raw).run()
    except _DAMAGE as error:
        raise BadSource(
            raw.origin, "文件已损坏，不是完整的 Word 文档（.docx）。请用 Word 或 WPS 打开修复后另存"
        ) from error


def _check_size(raw: Raw) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BadSource(raw.origin, "文件已损坏，打不开这个 Word 文档（.docx）") from error
    if size > _LIMIT:
        raise BadSource(raw.origin, f"解开后有 {size // 1_000_000} MB，超过 300 MB，不予读取")


class _Reader:
    def __init__(self, document: Any, raw: Raw) -> None:
        self._raw = raw
        self._body = document.element.body
        self._part = document.part
        styles = self._part.styles.element
        self._styles = _Styles(styles)
        self._numbering = Numbering(self._related(REL.NUMBERING), styles)
        self._blocks: list[Block] = []
        self._notes: list[tuple[str, str]] = []
        self._revised = False
        self._count = 0

    def run(self) -> SourceDocument:
        self._walk(self._body)
        if not any(block.text for block in self._blocks):
            raise BadSource(
                self._raw.origin, "文档里没有文字；若是扫描图片，需要先做文字识别（OCR）"
            )
        meta = self._meta()
        warnings = self._append_notes()
        return SourceDocument(
            origin=self._raw.origin,
            sha256=self._raw.sha256,
            media="docx",
            blocks=tuple(self._blocks),
            meta=meta,
            warnings=warnings,
        )

    def _related(self, kind: str) -> Any | None:
        """The root of a part that the document refers to, None where there is none."""
        for relation in self._part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None

    def _walk(self, holder: Any) -> None:
        for child in holder:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in _DELETED:
                self._revised = True
            elif child.tag == f"{_MC}AlternateContent":
                self._walk(next(iter(child), ()))
            elif child.tag not in (f"{_W}sectPr", f"{_W}sdtPr", f"{_W}sdtEndPr"):
                self._walk(child)  # content controls, insertions, custom markup

    def _paragraph(self, paragraph: Any) -> None:
        self._count += 1
        properties = paragraph.find(f"{_W}pPr")
        style = _value(properties.find(f"{_W}pStyle")) if properties is not None else ""
        style = style or self._styles.default
        text, strong = self._text(paragraph)
        number = self._numbering.of(properties, style) if text.strip() else ""
        level = self._styles.level(properties, style)
        place = f"第 {self._count} 段"
        for line in (number + text).split("\n"):
            for part in [line] if level else split_run_on(line):
                if shown := clean(part):
                    heading = level > 0 and len(shown) <= 100
                    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
                    self._blocks.append(Block(shown, kind, level * heading, place, strong))
        for box in _boxes(paragraph):
            self._walk(box)

    def _text(self, paragraph: Any) -> tuple[str, bool]:
        """The words of a paragraph, with line breaks as \\n, and whether all are bold."""
        parts: list[str] = []
        bold: list[bool] = []
        base = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or self._styles.default
        for node, run in _inline(paragraph):
            if node.tag in _DELETED or (node.tag == f"{_W}ins"):
                self._revised = True
                continue
            words = self._words(node)
            if not words or (run is not None and self._styles.hidden(run)):
                continue
            parts.append(words)
            if words.strip():
                bold.append(run is not None and self._styles.bold(run, base))
        return "".join(parts), bool(bold) and all(bold)

    def _words(self, node: Any) -> str:
        if node.tag == f"{_W}t":
            return node.text or ""
        if node.tag in (f"{_W}br", f"{_W}cr"):
            return "\n" if node.get(f"{_W}type") in (None, "textWrapping") else ""
        if node.tag == f"{_W}tab":
            return "\t"
        if node.tag == f"{_W}noBreakHyphen":
            return "-"
        if node.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = "footnote" if node.tag.endswith("footnoteReference") else "endnote"
            self._notes.append((kind, node.get(f"{_W}id")))
            return f"[{len(self._notes)}]"
        return ""

    def _table(self, table: Any) -> None:
        rows = [
            [self._cell(cell) for cell in _cells(row)]
            for row in table.iter(f"{_W}tr")
            if next(row.iterancestors(f"{_W}tbl")) is table
        ]
        rows = [row for row in rows if any(row)]
        filled = [row for row in rows if sum(bool(cell) for cell in row) > 1]
        longest = max((len(cell) for row in rows for cell in row), default=0)
        if len(filled) < 2 or longest > _LONG_CELL:  # a frame around text, not data
            for row in table.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is table:
                    for cell in _cells(row):
                        self._walk(cell)
            return
        self._count += 1
        text = "\n".join(" | ".join(row) for row in rows)
        self._blocks.append(Block(text, BlockKind.TABLE, place=f"第 {self._count} 段（表格）"))

    def _cell(self, cell: Any) -> str:
        texts = [
            self._text(paragraph)[0]
            for paragraph in cell.iter(f"{_W}p")
            if next(paragraph.iterancestors(f"{_MC}Fallback"), None) is None
        ]
        return clean(" ".join(text.strip() for text in texts if text.strip()))

    def _append_notes(self) -> tuple[str, ...]:
        warnings = []
        notes = self._notes
        roots = {"footnote": self._related(REL.FOOTNOTES), "endnote": self._related(REL.ENDNOTES)}
        for number, (kind, name) in enumerate(list(notes), start=1):
            root = roots[kind]
            found = root.findall(f"{_W}{kind}") if root is not None else []
            for note in (one for one in found if one.get(f"{_W}id") == name):
                text = clean(" ".join(self._text(p)[0] for p in note.iter(f"{_W}p")))
                self._blocks.append(Block(f"[{number}] {text}", place=f"注 {number}"))
        if notes:
            warnings.append(f"文档有 {len(notes)} 条脚注或尾注，已按 [1]、[2] 编号附在文末")
        if self._revised:
            warnings.append("文档含修订痕迹：插入的文字已保留，删除的文字已去掉，请核对")
        if self._numbering.unknown:
            kinds = "、".join(sorted(self._numbering.unknown))
            warnings.append(f"有 {kinds} 格式的自动编号无法还原，已用阿拉伯数字代替")
        return tuple(warnings)

    def _meta(self) -> PageMeta:
        """From the first lines of the text: a file's properties name who typed it, no publisher."""
        return meta_of(tuple(self._blocks), url=self._raw.url)


class _Styles:
    """What styles say of headings and bold, through the styles they are based on."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in root.findall(f"{_W}style")}
        self.default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{_W}type") == "paragraph"
                and style.get(f"{_W}default") in ("1", "true")
            ),
            "",
        )

    def level(self, properties: Any | None, style: str) -> int:
        """The level of a heading, 1 to 6; 0 for other paragraphs."""
        own = properties.find(f"{_W}outlineLvl") if properties is not None else None
        if own is not None:
            return _outline(own)
        for found in self._chain(style):
            outline = found.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return _outline(outline)
            name = _value(found.find(f"{_W}name")).lower()
            if name in ("title", "标题"):
                return 1
            for start in ("heading ", "标题 "):
                if name.startswith(start) and name[len(start) :].isdigit():
                    return min(6, int(name[len(start) :]))
        return 0

    def bold(self, run: Any, paragraph_style: str) -> bool:
        properties = run.find(f"{_W}rPr")
        if properties is not None:
            own = properties.find(f"{_W}b")
            if own is not None:
                return _on(own)
            named = self._styled_bold(_value(properties.find(f"{_W}rStyle")))
            if named is not None:
                return named
        return bool(self._styled_bold(paragraph_style))

    def hidden(self, run: Any) -> bool:
        found = run.find(f"{_W}rPr/{_W}vanish")
        return found is not None and _on(found)

    def _styled_bold(self, style: str) -> bool | None:
        for found in self._chain(style):
            bold = found.find(f"{_W}rPr/{_W}b")
            if bold is not None:
                return _on(bold)
        return None

    def _chain(self, style: str) -> Iterator[Any]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style].find(f"{_W}basedOn"))


def _inline(paragraph: Any) -> Iterator[tuple[Any, Any | None]]:
    """Every node of a paragraph that may bear words, in order, with the run it stands in.
    Deleted stretches come as their own node, without what is in them."""
    stack: list[tuple[Any, Any | None]] = [(child, None) for child in reversed(paragraph)]
    while stack:
        node, run = stack.pop()
        if node.tag in (*_DELETED, f"{_W}ins"):
            yield node, None
        if node.tag in _SKIPPED or node.tag in _TEXT_HOLDERS:
            continue
        if node.tag == f"{_W}r":
            run = node
        yield node, run
        stack.extend((child, run) for child in reversed(node))


def _boxes(paragraph: Any) -> list[Any]:
    """The text boxes anchored in a paragraph; the copy for older programs left out."""
    return [
        box
        for box in paragraph.iter(f"{_W}txbxContent")
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors())
        and next(box.iterancestors(f"{_W}p"), None) is paragraph
    ]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]


def _outline(node: Any) -> int:
    level = int(_value(node) or 9)
    return level + 1 if level < 6 else 0


def _on(node: Any) -> bool:
    return node.get(f"{_W}val") not in ("0", "false", "off", "none")


def _value(node: Any | None) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")
