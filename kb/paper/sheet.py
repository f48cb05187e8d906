"""The pieces of which a document is made: A4, 仿宋 for the text and 黑体 for headings, as official
papers have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TEXT, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_WIDTH, _HEIGHT, _LEFT, _RIGHT = Mm(210), Mm(297), Mm(28), Mm(26)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def blank(title: str, author: str, head: str) -> Document:
    """An empty document. head: what stands at the head of every page."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.language = fit(title)[:255], author, "zh-CN"
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)
    core.comments = core.keywords = core.last_modified_by = ""
    for name, font, size in (
        ("Normal", TEXT, 12),
        ("Title", HEAD, 24),
        ("Heading 1", HEAD, 16),
        ("Heading 2", HEAD, 13),
    ):
        _font(document.styles[name], font, size)
    for line in document.styles["Title"].element.iter(qn("w:pBdr")):
        line.getparent().remove(line)
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(top, head, HEAD, 10.5)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", TEXT, 10.5)
    _field(foot, "PAGE")
    _run(foot, " —", TEXT, 10.5)
    return document


def title(document: Document, words: str) -> None:
    """The title, a third down its page."""
    made = document.add_paragraph(style="Title")
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(190), Pt(40)
    _run(made, words, HEAD, 24)


def centred(document: Document, words: str, *, bold: bool = False) -> None:
    made = document.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(made, words, HEAD if bold else TEXT, 14)


def heading(
    document: Document,
    words: str,
    *,
    level: int = 1,
    bookmark: str = "",
    new_page: bool = False,
) -> None:
    """bookmark: a name for links to it."""
    made = document.add_heading(level=level)
    made.paragraph_format.page_break_before = new_page
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(12), Pt(6)
    if level == 1:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _run(made, words, HEAD, 16 if level == 1 else 13)
    if bookmark:
        number = str(len(document.element.body.findall(f".//{qn('w:bookmarkStart')}")))
        run._r.addprevious(_element("w:bookmarkStart", {"w:id": number, "w:name": bookmark}))
        run._r.addnext(_element("w:bookmarkEnd", {"w:id": number}))


def entry(document: Document, words: str, bookmark: str) -> None:
    """A line of the contents, which leads to a bookmark; its page number is filled in by the
    program that opens the document."""
    made = document.add_paragraph()
    place = _WIDTH - _LEFT - _RIGHT
    made.paragraph_format.tab_stops.add_tab_stop(place, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    link = _element("w:hyperlink", {"w:anchor": bookmark})
    run = _run(made, f"{words}\t", TEXT, 12)
    made._p.append(link)
    link.append(run._r)
    _field(made, f"PAGEREF {bookmark}", stale=True)


def facts(document: Document, rows: Iterable[tuple[str, str]]) -> None:
    """A table of names and values."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for name, value in rows:
        cells = table.add_row().cells
        for cell, words, font, width in (
            (cells[0], name, HEAD, Mm(26)),
            (cells[1], value, TEXT, Mm(130)),
        ):
            cell.width = width
            _run(cell.paragraphs[0], words, font, 10.5)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def paragraph(document: Document, words: str) -> None:
    """Body text: two characters in, half a line between lines."""
    made = document.add_paragraph()
    made.paragraph_format.line_spacing = 1.5
    made.paragraph_format.space_after = Pt(0)
    indent = made._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(int(Pt(24).twips)))
    _run(made, words, TEXT, 12)


def note(document: Document, words: str) -> None:
    """Small print."""
    made = document.add_paragraph()
    made.paragraph_format.space_before = Pt(12)
    _run(made, words, TEXT, 9)


def fit(words: str) -> str:
    """The words without the signs that XML cannot hold."""
    return _UNFIT.sub("", words)


def _run(made: Paragraph, words: str, font: str, size: float) -> Run:
    run = made.add_run(fit(words))
    run.font.size, run.font.name = Pt(size), LATIN
    run.font.color.rgb = RGBColor(0, 0, 0)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)  # or Word takes the Latin font's stand-in for Chinese
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _font(style: ParagraphStyle, font: str, size: float) -> None:
    style.font.size, style.font.name = Pt(size), LATIN
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the one named
    fonts.set(qn("w:eastAsia"), font)


def _field(made: Paragraph, code: str, *, stale: bool = False) -> None:
    """A value that the program which opens the document works out. stale: at once."""
    begin = _element(
        "w:fldChar", {"w:fldCharType": "begin"} | ({"w:dirty": "true"} if stale else {})
    )
    words = _element("w:instrText", {"xml:space": "preserve"})
    words.text = f" {code} "
    for part in (begin, words, _element("w:fldChar", {"w:fldCharType": "end"})):
        run = made.add_run()
        run.font.size, run.font.name = Pt(10.5), LATIN
        run._r.append(part)


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
