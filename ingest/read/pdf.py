"""PDF with a text layer: printed lines back to paragraphs, heads and feet of pages dropped."""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from ingest.document import Block, BlockKind, SourceDocument
from ingest.read.lines import NUMBERED, STARTS_BLOCK, join
from ingest.read.pdf_lines import PdfLine, lines_of, tidy, without_furniture
from ingest.read.raw import Raw
from ingest.read.text import meta_of
from kb.errors import BadSource

_CID = re.compile(r"\(cid:\d+\)")
_FEW_LETTERS = 12
_GARBAGE = 0.05
_LARGER = 1.12
_ENDED = re.compile(r"[。！？；：”’）】…]$")


def read(raw: Raw) -> SourceDocument:
    """The paragraphs of a PDF, each with its page ("第 3 页").

    Raises BadSource where it is encrypted, damaged, scanned (it needs OCR) or its letters cannot
    be told from their shapes' numbers.
    """
    pages, tables, images = _opened(raw)
    lines = [line for page in pages for line in page]
    letters = sum(len(line.text) for line in lines) + sum(len(b.text) for _, b in tables)
    _check_letters(raw, lines, letters, len(pages), images)
    kept, dropped = without_furniture(pages)
    blocks = _with_tables(_paragraphs(kept), tables)
    bare = [n for n, page in enumerate(pages, start=1) if images[n - 1] and not page]
    warnings = []
    if dropped:
        warnings.append(f"已去掉每页重复的页眉页脚：{'；'.join(dropped[:3])}")
    if bare:
        listed = "、".join(map(str, bare[:10]))
        warnings.append(f"第 {listed} 页只有图片，没有文字，其中的文字需要先做文字识别（OCR）")
    return SourceDocument(
        origin=raw.origin,
        sha256=raw.sha256,
        media="pdf",
        blocks=tuple(blocks),
        meta=meta_of(tuple(blocks), url=raw.url),
        warnings=tuple(warnings),
    )


_Tables = list[tuple[tuple[int, float], Block]]


def _opened(raw: Raw) -> tuple[list[list[PdfLine]], _Tables, list[bool]]:
    """Lines by page, tables with their place, and which pages bear images."""
    pages: list[list[PdfLine]] = []
    tables: _Tables = []
    images: list[bool] = []
    try:
        with _quiet(), pdfplumber.open(io.BytesIO(raw.data)) as document:
            for number, page in enumerate(document.pages, start=1):
                found = _tables_of(page, number)
                boxes = [box for box, _ in found]
                pages.append(lines_of(page, number, boxes))
                tables += [((number, box[1]), block) for box, block in found]
                images.append(bool(page.images))
                page.close()
    except Exception as error:  # pdfminer raises whatever a broken file leads it into
        raise BadSource(raw.origin, _why(error)) from error
    if not pages:
        raise BadSource(raw.origin, "PDF 里没有一页，文件可能损坏，请重新下载或另存")
    return pages, tables, images


def _why(error: BaseException) -> str:
    chain: BaseException | None = error
    while chain is not None:
        inner = chain.args[0] if chain.args and isinstance(chain.args[0], BaseException) else None
        if any(
            isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in (chain, inner)
        ):
            return "PDF 已加密，需要密码才能读取。请用 PDF 软件去掉密码后另存再试"
        chain = chain.__cause__ or chain.__context__
    return "PDF 已损坏，无法读取。请重新下载，或用 PDF 软件打开后另存再试"


@contextmanager
def _quiet() -> Iterator[None]:
    """pdfminer logs each oddity of a font; what matters to the user is said by our errors."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _check_letters(
    raw: Raw, lines: list[PdfLine], letters: int, pages: int, images: list[bool]
) -> None:
    text = "\n".join(line.text for line in lines)
    codes = sum(len(code) for code in _CID.findall(text))
    private = sum(1 for char in text if "\ue000" <= char <= "\uf8ff")
    if letters and (codes + private) > letters * _GARBAGE:
        raise BadSource(
            raw.origin,
            "PDF 的字体没有文字对照表，读出的是字形编号而不是文字。"
            "请改用原网页或 Word 文件，或先做文字识别（OCR）",
        )
    if letters < _FEW_LETTERS * pages and (any(images) or letters == 0):
        raise BadSource(
            raw.origin, "PDF 是扫描件或图片，没有文字层，需要先做文字识别（OCR）后再导入"
        )


def _tables_of(page: Any, number: int) -> list[tuple[tuple[float, ...], Block]]:
    """Ruled tables of two rows and columns at least; a frame around text is none."""
    if len(page.lines) + len(page.rects) + len(page.curves) < 4:
        return []
    found = []
    for table in page.find_tables():
        rows = [[tidy((cell or "").replace("\n", "")) for cell in row] for row in table.extract()]
        rows = [row for row in rows if any(row)]
        filled = [row for row in rows if sum(bool(cell) for cell in row) > 1]
        if len(filled) >= 2 and max(len(cell) for row in rows for cell in row) <= 200:
            text = "\n".join(" | ".join(row) for row in rows)
            found.append((table.bbox, Block(text, BlockKind.TABLE, place=f"第 {number} 页")))
    return found


@dataclass(slots=True)
class _Paragraph:
    lines: list[PdfLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Page:
    """The measures of a document's text. size: of most letters; left, right: of most lines;
    step: from one line to the next."""

    size: float
    left: float
    right: float
    step: float


def _paragraphs(lines: list[PdfLine]) -> list[tuple[tuple[int, float], Block]]:
    if not lines:
        return []
    measures = _measures(lines)
    paragraphs: list[_Paragraph] = []
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        if before is None or _begins(before, line, measures):
            paragraphs.append(_Paragraph())
        paragraphs[-1].lines.append(line)
    sizes = sorted({_size(p) for p in paragraphs if _size(p) >= measures.size * _LARGER})
    return [_block(paragraph, sizes[::-1]) for paragraph in paragraphs]


def _measures(lines: list[PdfLine]) -> _Page:
    weights: dict[float, int] = {}
    for line in lines:
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    size = max(weights, key=lambda key: weights[key])
    body = [line for line in lines if abs(line.size - size) < 1] or lines
    lefts = sorted(line.x0 for line in body)
    rights = sorted(line.x1 for line in body)
    steps = [
        b.top - a.top
        for a, b in pairwise(body)
        if a.page == b.page and 0 < b.top - a.top < size * 4
    ]
    step = statistics.median(steps) if steps else size * 1.5
    return _Page(size, lefts[len(lefts) // 10], rights[int(len(rights) * 0.9)], step)


def _begins(before: PdfLine, line: PdfLine, page: _Page) -> bool:
    """Whether a line begins a paragraph rather than going on with the one before."""
    em = max(page.size, 1)
    if abs(before.size - line.size) > 1:
        return True
    if line.size >= page.size * _LARGER:
        return not _goes_on_as_title(before, line)
    if line.page == before.page and line.top - before.top > page.step * 1.6:
        return True
    if _centred(line, page) or _centred(before, page):
        return True
    if STARTS_BLOCK.match(line.text):
        return True
    if line.x0 > page.left + em * 0.9:  # indented
        return not (abs(line.x0 - before.x0) < em * 0.5 and before.x1 > page.right - em * 1.5)
    if before.x1 < page.right - em * 2.2:  # ended short of the margin
        return True
    return bool(
        (NUMBERED.match(line.text) and _ENDED.search(before.text))
        or (before.bold != line.bold and (_ENDED.search(before.text) or len(before.text) < 25))
    )


def _goes_on_as_title(before: PdfLine, line: PdfLine) -> bool:
    """A title of several lines: one look, close together, nothing new begun."""
    return (
        line.page == before.page
        and line.bold == before.bold
        and line.top - before.top < line.size * 2.4
        and not STARTS_BLOCK.match(line.text)
        and not NUMBERED.match(line.text)
        and not _ENDED.search(before.text.rstrip("）”"))
    )


def _centred(line: PdfLine, page: _Page) -> bool:
    em = page.size
    left, right = line.x0 - page.left, page.right - line.x1
    return left > em * 2.5 and right > em * 2.5 and abs(left - right) < em * 2


def _block(paragraph: _Paragraph, larger: list[float]) -> tuple[tuple[int, float], Block]:
    lines = paragraph.lines
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text)
    text = tidy(text)
    strong = all(line.bold for line in lines)
    first = lines[0]
    kind, level = BlockKind.PARAGRAPH, 0
    if len(text) <= 80 and not text.endswith("。") and _size(paragraph) in larger:
        kind, level = BlockKind.HEADING, min(6, larger.index(_size(paragraph)) + 1)
    return (first.page, first.top), Block(text, kind, level, f"第 {first.page} 页", strong)


def _size(paragraph: _Paragraph) -> float:
    return paragraph.lines[0].size


def _with_tables(paragraphs: list[tuple[tuple[int, float], Block]], tables: _Tables) -> list[Block]:
    """Paragraphs and tables in the order of the pages."""
    both = paragraphs + tables
    return [block for _, block in sorted(both, key=lambda item: item[0])]
