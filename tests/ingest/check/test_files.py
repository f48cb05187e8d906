"""What DOCX and PDF files say beside their text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from ingest.check.files import check_file
from ingest.check.findings import Field, Kind

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAMPLES = Path(__file__).parents[3] / "index_data" / "samples"


def docx(author: str = "python-docx", extra: str = "") -> bytes:
    document = Document()
    document.core_properties.author = author
    paragraph = document.add_paragraph("示例正文。")
    if extra:
        for node in parse_xml(f"<w:p {_NS}>{extra}</w:p>"):
            paragraph._p.append(node)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def pdf(info: str, annotation: str = "") -> bytes:
    """A PDF of one empty page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots [{annotation}] >>",
        f"<< {info} >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\n"
    return data + f"{trailer}startxref\n{start}\n%%EOF".encode()


def utf16(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex()}>"


def test_the_author_of_a_docx() -> None:
    (found,) = check_file(docx("陈建国"))
    assert (found.kind, found.quote, found.rule) == (Kind.METADATA, "陈建国", "metadata.creator")
    assert found.places[0].field is Field.FILE
    assert not found.maskable


@pytest.mark.parametrize("author", ["python-docx", "Administrator", "微软用户", "", "WPS_1234"])
def test_programs_and_machines_are_nobody(author: str) -> None:
    assert check_file(docx(author)) == ()


def test_tracked_changes_and_hidden_words_of_a_docx() -> None:
    extra = (
        '<w:del w:id="1" w:author="李秀英"><w:r><w:delText>原名王芳</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="李秀英"><w:r><w:t>某</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>电话13800138025</w:t></w:r>"
    )
    found = {(one.rule, one.quote) for one in check_file(docx(extra=extra))}
    assert found == {
        ("metadata.del", "李秀英"),
        ("metadata.ins", "李秀英"),
        ("metadata.deleted", "原名王芳"),
        ("metadata.hidden", "电话13800138025"),
    }


def test_comments_of_a_docx() -> None:
    data = io.BytesIO(docx())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(
            "word/comments.xml",
            f'<w:comments {_NS}><w:comment w:id="0" w:author="赵敏"><w:p><w:r><w:t>此处是赵敏'
            "</w:t></w:r></w:p></w:comment></w:comments>",
        )
    found = [(one.rule, one.quote) for one in check_file(data.getvalue())]
    assert found == [("metadata.comment", "赵敏"), ("metadata.comment", "此处是赵敏")]


def test_the_author_of_a_pdf_and_comments_on_its_pages() -> None:
    note = f"<< /Type /Annot /Subtype /Text /T {utf16('何军')} /Contents {utf16('请核对')} >>"
    found = [one.quote for one in check_file(pdf(f"/Author {utf16('谢丽娟')}", note))]
    assert found == ["谢丽娟", "何军", "请核对"]
    assert check_file(pdf("/Author (Administrator)")) == ()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"%PDF-1.4 broken", "示例正文".encode(), docx()[:900]]
)
def test_what_cannot_be_opened_says_nothing(data: bytes) -> None:
    assert check_file(data) == ()


def test_the_samples_are_clean() -> None:
    for path in (*SAMPLES.glob("*.docx"), *SAMPLES.glob("*.pdf")):
        assert check_file(path.read_bytes()) == (), path.name
