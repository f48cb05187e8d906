"""Choosing the reader: by content first, by name second; the unsupported is named."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.document import SourceDocument
from ingest.read import SUFFIXES, read, read_bytes, read_many
from kb.errors import BadSource
from tests.ingest.read.pdfs import Words, write


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


PAGE = "<!DOCTYPE html><html><body><p>某公司不服某局决定，申请复议。</p></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (PAGE.encode(), "a.txt", "html"),
        (PAGE.encode("utf-16"), "a", "html"),
        (b"\xef\xbb\xbf\n<!-- c -->" + PAGE.encode(), "a", "html"),
        ("<div>甲不服。</div><p>乙。</p><p>丙。</p>".encode(), "a.aspx", "html"),
        (write([[Words(90, 90, "某公司不服某局决定，申请行政复议。")]]), "a.html", "pdf"),
        ("# 标题\n\n甲不服。<br>".encode(), "a.md", "markdown"),
        ("甲不服。".encode("gb18030"), "a.TXT", "text"),
        ("甲不服。".encode(), "渝府复〔2024〕1号", "text"),
        ('{"title":"甲","text":"乙。"}'.encode(), "a.ndjson", "jsonl"),
    ],
)
def test_content_goes_before_the_name(data: bytes, name: str, media: str) -> None:
    assert read_bytes(data, name).media == media


def test_the_name_of_an_address_and_its_type_count() -> None:
    data = "# 标题\n\n甲不服。".encode()
    assert (
        read_bytes(data, "u", url="http://a.example/x.md?y=1", content_type="text/markdown").media
        == "markdown"
    )
    assert (
        read_bytes(data, "http://a.example/x.md?y=1", url="http://a.example/x.md?y=1").media
        == "markdown"
    )
    assert read_bytes(data, "http://a.example/x", url="http://a.example/x").media == "text"


@pytest.mark.parametrize(
    ("data", "name", "said", "way_out"),
    [
        (b"", "a.html", "空的", "下载完整"),
        (b" \n\r\n", "a.txt", "空的", "下载完整"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", r"旧版 Word 文档（\.doc）", r"另存为"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "Excel", r"\.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "加密", "去掉密码"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.png", "PNG 图片", "OCR"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.jpg", "JPEG 图片", "OCR"),
        (zipped("xl/workbook.xml"), "a.xlsx", "Excel", "复制"),
        (zipped("OFD.xml"), "a.ofd", "OFD", "PDF"),
        (zipped("a.txt"), "a.zip", "ZIP", "解压"),
        (b"PK\x03\x04broken", "a.docx", "损坏", "重新下载"),
        (b"Rar!\x1a\x07", "a.rar", "RAR", "解压"),
        (b"{\\rtf1 abc}", "a.doc", "RTF", r"\.docx"),
        ("普通文字，不是文档。".encode(), "a.docx", r"名为 \.docx", "重新下载"),
        (bytes(range(256)) * 20, "a.bin", "二进制", "可读取的格式"),
        ("甲".encode(), "a.xyz", r"“\.xyz”", "可读取的格式"),
        (b'{"a": 1}', "a.json", "JSON", "jsonl"),
        (b"From: <Saved>\r\nContent-Type: multipart/related;\r\n", "a.mht", "MHT", r"\.html"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_a_way_out(
    data: bytes, name: str, said: str, way_out: str
) -> None:
    with pytest.raises(BadSource, match=f"{said}.*{way_out}") as caught:
        read_bytes(data, name)
    assert caught.value.origin == name


def test_data_from_an_address_is_no_page() -> None:
    with pytest.raises(BadSource, match="接口数据"):
        read_bytes(
            b'{"code": 0}', "u", content_type="text/html; charset=utf-8", url="http://a.example/x"
        )


def test_files_that_cannot_be_opened(tmp_path) -> None:
    with pytest.raises(BadSource, match="文件不存在"):
        read(tmp_path / "none.html")
    with pytest.raises(BadSource, match="文件夹"):
        read(tmp_path)
    found = list(read_many(tmp_path / "none.html"))
    assert len(found) == 1
    assert isinstance(found[0], BadSource)


def test_one_document_of_one_file(tmp_path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    (found,) = read_many(path)
    assert isinstance(found, SourceDocument)
    assert found.origin == str(path)
    assert found == read(path)
    assert path.suffix in SUFFIXES
