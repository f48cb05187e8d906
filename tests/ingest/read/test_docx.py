"""DOCX: order, headings, numbers Word shows, revisions, notes, boxes, damage."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from ingest.document import BlockKind
from ingest.read import read_bytes
from ingest.read.numbering import numeral
from kb.errors import BadSource

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document):
    return read_bytes(saved(document), "x.docx")


def with_xml(*paragraphs: str):
    document = Document()
    for paragraph in paragraphs:
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(f"<w:p {NS}>{paragraph}</w:p>")
        )
    return document


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_in_their_order() -> None:
    document = Document()
    document.add_heading("行政复议典型案例（示例）", 0)
    document.add_heading("案例一　某公司案", 2)
    document.add_paragraph("正文第一段。\n软回车之后。")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("项目", "金额", "罚款", "5000元"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("末段。")
    found = read(document)
    assert [(b.kind, b.level, b.text) for b in found.blocks] == [
        (BlockKind.HEADING, 1, "行政复议典型案例（示例）"),
        (BlockKind.HEADING, 2, "案例一　某公司案"),
        (BlockKind.PARAGRAPH, 0, "正文第一段。"),
        (BlockKind.PARAGRAPH, 0, "软回车之后。"),
        (BlockKind.TABLE, 0, "项目 | 金额\n罚款 | 5000元"),
        (BlockKind.PARAGRAPH, 0, "末段。"),
    ]
    assert found.meta.title == "行政复议典型案例（示例）"
    assert found.meta.publisher == ""


def test_a_table_that_frames_text_is_text() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "基本案情", "甲不服乙局决定。" * 40
    table.cell(1, 0).text, table.cell(1, 1).text = "结果", "维持。"
    assert [block.text[:5] for block in read(document).blocks] == [
        "基本案情",
        "甲不服乙局",
        "结果",
        "维持。",
    ]


def test_bold_is_found_in_runs_and_styles() -> None:
    found = read(
        with_xml(
            run("【基本案", "<w:b/>") + run("情】", "<w:b/>"),
            run("甲", "<w:b/>") + run("不服"),
            run("不粗", '<w:b w:val="0"/>'),
            '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>' + run("标题"),
        )
    ).blocks
    assert [block.strong for block in found] == [True, False, False, True]


def test_revisions_are_settled_and_reported() -> None:
    found = read(
        with_xml(
            run("甲")
            + f"<w:ins>{run('乙')}</w:ins>"
            + "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
            + f"<w:hyperlink>{run('丁')}</w:hyperlink>"
            + "<w:moveFrom><w:r><w:t>戊</w:t></w:r></w:moveFrom>"
        )
    )
    assert found.text == "甲乙丁"
    assert "修订痕迹" in found.warnings[0]


def test_fields_hidden_words_and_boxes() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>{0}</w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(run("文本框里的字"))
    found = read(
        with_xml(
            "<w:r><w:instrText>PAGEREF _Toc</w:instrText></w:r>"
            + run("看不见", "<w:vanish/>") + run("正文") + box,
            run("下一段"),
        )
    )  # fmt: skip
    assert [block.text for block in found.blocks] == ["正文", "文本框里的字", "下一段"]


def test_headers_and_footers_are_no_text() -> None:
    document = with_xml(run("正文"))
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    assert read(document).text == "正文"


def test_notes_stand_at_the_end() -> None:
    data = saved(with_xml(run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("继续")))
    note = f'<w:footnote w:id="2"><w:p>{run("说明。")}</w:p></w:footnote>'
    notes = f"<w:footnotes {NS}>{note}</w:footnotes>"
    link = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    kind = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", link.encode())
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", kind.encode())
            new.writestr(name, part)
        new.writestr("word/footnotes.xml", notes)
    found = read_bytes(buffer.getvalue(), "x.docx")
    assert [block.text for block in found.blocks] == ["正文[1]继续", "[1] 说明。"]
    assert "1 条脚注" in found.warnings[0]


def numbered(levels: list[tuple[str, str]], *items: tuple[int, str]):
    """A document with one list. levels: (form, text); items: (level, words)."""
    document = with_xml(
        *(
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
            + run(text)
            for level, text in items
        )
    )
    root = document.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{shapes}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return document


def test_numbers_are_written_as_word_shows_them() -> None:
    document = numbered(
        [
            ("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"),
            ("decimal", "%3."), ("decimal", "%1.%4"),
        ],
        (0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (0, "戊"), (1, "己"), (2, "庚"), (3, "辛"),
    )  # fmt: skip
    assert [block.text for block in read(document).blocks] == [
        "一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己", "1.庚", "二.1辛",
    ]  # fmt: skip


def test_numerals_that_cannot_be_written_are_reported() -> None:
    found = read(numbered([("hebrew1", "%1.")], (0, "甲")))
    assert found.text == "1.甲"
    assert "hebrew1" in found.warnings[0]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (10, "chineseCounting", "十"), (12, "japaneseCounting", "十二"),
        (105, "chineseCountingThousand", "一百零五"),
        (210, "chineseCounting", "二百一十"), (21, "chineseLegalSimplified", "贰拾壹"),
        (3, "ideographTraditional", "丙"),
        (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (3, "decimalEnclosedCircle", "③"),
        (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"),
        (1, "none", ""), (1, "hebrew1", None),
    ],
)  # fmt: skip
def test_numerals(count: int, form: str, written: str | None) -> None:
    assert numeral(count, form) == written


def test_damage_is_named() -> None:
    data = saved(with_xml(run("正文")))
    with pytest.raises(BadSource, match="损坏"):
        read_bytes(data[: len(data) // 2], "x.docx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name)[:200] if name == "word/document.xml" else old.read(name)
            )
    with pytest.raises(BadSource, match="损坏"):
        read_bytes(buffer.getvalue(), "x.docx")


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(BadSource, match="没有文字"):
        read(Document())
