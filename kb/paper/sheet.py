"""The pieces of which a document is made: A4, 仿宋 for the text and 黑体 for headings, as official
papers have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

TEXT, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_WIDTH, _HEIGHT, _LEFT, _RIGHT = Mm(210), Mm(297), Mm(28), Mm(26)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Style(StrEnum):
    """What paragraphs are, by the ids of their styles."""

    TITLE = "Title"
    HEADING = "Heading1"
    PART = "Heading2"
    TEXT = "CaseText"
    CENTRED = "CaseCentred"
    MARK = "CaseMark"
    ENTRY = "CaseEntry"
    NAME = "CaseName"
    VALUE = "CaseValue"
    NOTE = "CaseNote"


_Shape = tuple[str, float, float, float]
_OWN: dict[Style, _Shape] = {
    Style.TEXT: (TEXT, 12, 0, 0),
    Style.CENTRED: (TEXT, 14, 0, 6),
    Style.MARK: (HEAD, 14, 24, 0),
    Style.ENTRY: (TEXT, 12, 0, 4),
    Style.NAME: (HEAD, 10.5, 0, 0),
    Style.VALUE: (TEXT, 10.5, 0, 0),
    Style.NOTE: (TEXT, 9, 12, 0),
}
"""Font, its size, the space above and below, in points."""
_BUILT_IN: dict[str, _Shape] = {
    "Normal": (TEXT, 12, 0, 0),
    "Title": (HEAD, 24, 190, 40),
    "Heading 1": (HEAD, 16, 12, 8),
    "Heading 2": (HEAD, 13, 12, 6),
}
_CENTRED = (Style.CENTRED, Style.MARK)


def blank(title: str, author: str, head: str) -> Document:
    """An empty document. head: what stands at the head of every page."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.language = fit(title)[:255], author, "zh-CN"
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)
    core.comments = core.keywords = core.last_modified_by = ""
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    _say(section.header.paragraphs[0], head, Style.NAME)
    foot = section.footer.paragraphs[0]
    _say(foot, "— ", Style.VALUE)
    _field(foot, "PAGE")
    _say(foot, " —", Style.VALUE)
    for line in (section.header.paragraphs[0], foot):
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def say(document: Document, words: str, style: Style) -> None:
    """A paragraph."""
    _say(document.add_paragraph(), words, style)


def heading(document: Document, words: str, bookmark: str = "") -> None:
    """A heading on a new page. bookmark: a name for links to it."""
    made = document.add_paragraph()
    made.paragraph_format.page_break_before = True
    run = _say(made, words, Style.HEADING)
    if bookmark:
        number = bookmark.lstrip("abcdefghijklmnopqrstuvwxyz")
        run.addprevious(_element("w:bookmarkStart", {"w:id": number, "w:name": bookmark}))
        run.addnext(_element("w:bookmarkEnd", {"w:id": number}))


def entry(document: Document, words: str, bookmark: str) -> None:
    """A line of the contents, which leads to a bookmark; its page number is filled in by the
    program that opens the document."""
    made = document.add_paragraph()
    link = _element("w:hyperlink", {"w:anchor": bookmark})
    run = _say(made, f"{words}\t", Style.ENTRY)
    made._p.append(link)
    link.append(run)
    _field(made, f"PAGEREF {bookmark}", stale=True)


def facts(document: Document, rows: Iterable[tuple[str, str]]) -> None:
    """A table of names and values."""
    said = list(rows)
    table = document.add_table(rows=len(said), cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row, (name, value) in zip(table.rows, said, strict=True):
        for cell, words, style, width in zip(
            row.cells, (name, value), (Style.NAME, Style.VALUE), (Mm(26), Mm(130)), strict=True
        ):
            cell.width = width
            _say(cell.paragraphs[0], words, style)


def fit(words: str) -> str:
    """The words without the signs that XML cannot hold."""
    return _UNFIT.sub("", words)


def _styles(document: Document) -> None:
    styles = document.styles
    for name, (font, size, above, below) in _BUILT_IN.items():
        _shape(styles[name], font, size, above, below)
    for line in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        line.getparent().remove(line)
    for name in ("Title", "Heading 1"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for style, (font, size, above, below) in _OWN.items():
        made = styles.add_style(style.value, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _shape(made, font, size, above, below)
        if style in _CENTRED:
            made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = styles[Style.TEXT.value]
    body.paragraph_format.line_spacing = 1.5
    indent = body.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")  # two characters, whatever the font
    indent.set(qn("w:firstLine"), "480")
    styles[Style.ENTRY.value].paragraph_format.tab_stops.add_tab_stop(
        Length(_WIDTH - _LEFT - _RIGHT), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _shape(style: ParagraphStyle, font: str, size: float, above: float, below: float) -> None:
    style.font.size, style.font.name, style.font.bold = Pt(size), LATIN, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the one named
    fonts.set(qn("w:eastAsia"), font)  # or Word takes the Latin font's stand-in for Chinese


def _say(made: Paragraph, words: str, style: Style) -> BaseOxmlElement:
    """Words put at the end of a paragraph of this style, as a run."""
    made._p.style = style.value
    run = made.add_run(fit(words))._r
    # So that quotation marks, which both have, are taken from the Chinese font.
    run.get_or_add_rPr().append(_element("w:rFonts", {"w:hint": "eastAsia"}))
    return run


def _field(made: Paragraph, code: str, *, stale: bool = False) -> None:
    """A value that the program which opens the document works out. stale: at once."""
    dirty = {"w:dirty": "true"} if stale else {}
    words = _element("w:instrText", {"xml:space": "preserve"})
    words.text = f" {code} "
    begin = _element("w:fldChar", {"w:fldCharType": "begin"} | dirty)
    for part in (begin, words, _element("w:fldChar", {"w:fldCharType": "end"})):
        made.add_run()._r.append(part)


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
