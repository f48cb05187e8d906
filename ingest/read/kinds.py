"""What a source is, by its content first and by its name second; what is not supported is named."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from ingest.read.raw import Raw
from kb.errors import BadSource


class Kind(StrEnum):
    """The formats that can be read."""

    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"
    PDF = "pdf"
    TEXT = "text"
    JSONL = "jsonl"


_EXPECTED = (
    "可读取的格式：网页（.html）、Markdown（.md）、Word（.docx）、PDF、纯文本（.txt）、JSONL"
)
_SAVE_DOCX = "请用 Word 或 WPS 另存为 .docx 再导入"
_SAVE_PDF = "请另存为 .docx 或带文字的 PDF 再导入"
_OCR = "请先做文字识别（OCR），存成文字再导入"
_SIGNATURES = (
    (b"{\\rtf", "RTF 文档", _SAVE_DOCX),
    (b"\x89PNG", "PNG 图片", _OCR),
    (b"\xff\xd8\xff", "JPEG 图片", _OCR),
    (b"GIF8", "GIF 图片", _OCR),
    (b"BM", "BMP 图片", _OCR),
    (b"II*\x00", "TIFF 图片", _OCR),
    (b"MM\x00*", "TIFF 图片", _OCR),
    (b"Rar!", "RAR 压缩包", "请先解压，再导入其中的文件"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压，再导入其中的文件"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压，再导入其中的文件"),
    (b"SQLite format 3", "数据库文件", _EXPECTED),
    (b"\x7fELF", "程序文件", _EXPECTED),
    (b"MZ", "程序文件", _EXPECTED),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "加密的 Office 文件", "请用 Office 或 WPS 打开，去掉密码后另存再试"),
    ("WordDocument", "旧版 Word 文档（.doc）", _SAVE_DOCX),
    ("Workbook", "Excel 表格（.xls）", "请把需要的文字复制到 .docx 或 .txt 再导入"),
    ("PowerPoint Document", "PowerPoint 演示文稿（.ppt）", _SAVE_PDF),
)
_ZIP_MEMBERS = (
    ("xl/workbook.xml", "Excel 表格（.xlsx）", "请把需要的文字复制到 .docx 或 .txt 再导入"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx）", _SAVE_PDF),
    ("OFD.xml", "OFD 版式文件", "请用 OFD 阅读器转成带文字的 PDF 或 .docx 再导入"),
    ("META-INF/container.xml", "电子书（.epub）", _SAVE_PDF),
    ("content.xml", "OpenDocument 文档（.odt）", _SAVE_DOCX),
)
SUFFIXES = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".shtml": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".docx": Kind.DOCX,
    ".pdf": Kind.PDF,
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
}
"""The endings of names and the formats they mean where the content leaves it open."""

_TEXTUAL = (Kind.HTML, Kind.MARKDOWN, Kind.TEXT, Kind.JSONL)
_MEDIA_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/markdown": Kind.MARKDOWN,
    "text/plain": Kind.TEXT,
    "application/jsonl": Kind.JSONL,
    "application/x-ndjson": Kind.JSONL,
}
_HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script)\b",
    re.I | re.S,
)
_TAGS = re.compile(r"<(?:html|body|div|p|br|table|td|span|meta)\b[^>]*>", re.I)
_MHTML = re.compile(r"\A\s*(?:From:|MIME-Version:|Subject:).*?multipart/related", re.I | re.S)
_LOOK = 4096


def kind_of(raw: Raw) -> Kind:
    """The format to read a source in.

    Raises BadSource for an empty file and for kinds that cannot be read, saying what was found,
    what is expected and a way out.
    """
    data = raw.data
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BadSource(raw.origin, "文件是空的。请核对是否下载完整")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(raw)
    if data.startswith(_OLE):
        raise _old_office(raw)
    for signature, name, way_out in _SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            raise BadSource(raw.origin, f"这是{name}，不能直接读取。{way_out}")
    if data[4:12] in (b"ftypheic", b"ftypmif1") or data[8:12] == b"WEBP":
        raise BadSource(raw.origin, f"这是图片，不能直接读取。{_OCR}")
    return _textual(raw)


def _zipped(raw: Raw) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise BadSource(
            raw.origin, "文件已损坏：像是 Word 文档（.docx）或压缩包，但打不开。请重新下载"
        ) from error
    if "word/document.xml" in members:
        return Kind.DOCX
    for member, name, way_out in _ZIP_MEMBERS:
        if member in members:
            raise BadSource(raw.origin, f"这是{name}，不能直接读取。{way_out}")
    raise BadSource(raw.origin, "这是 ZIP 压缩包，不能直接读取。请先解压，再导入其中的文件")


def _old_office(raw: Raw) -> BadSource:
    for stream, name, way_out in _OLE_STREAMS:
        if stream.encode("utf-16-le") in raw.data:
            return BadSource(raw.origin, f"这是{name}，不能直接读取。{way_out}")
    return BadSource(raw.origin, f"这是旧版 Office 文件，不能直接读取。{_SAVE_DOCX}")


def _textual(raw: Raw) -> Kind:
    head = _head(raw.data)
    if _HTML.match(head):
        return Kind.HTML
    if _MHTML.match(head):
        raise BadSource(
            raw.origin,
            "这是 MHT 网页存档，不能直接读取。请在浏览器里另存为“网页，仅 HTML”（.html）",
        )
    if _is_binary(raw.data):
        raise BadSource(raw.origin, f"这是二进制文件，认不出格式。{_EXPECTED}")
    by_name = SUFFIXES.get(raw.suffix) or _MEDIA_TYPES.get(raw.media_type)
    if raw.suffix == ".json" or raw.media_type == "application/json":
        raise BadSource(
            raw.origin,
            "这是 JSON 数据，不是网页或文书。每行一条记录的数据请存成 .jsonl；"
            "接口数据请改用网页的网址",
        )
    if by_name in (Kind.MARKDOWN, Kind.JSONL):
        return by_name
    if len(_TAGS.findall(head)) >= 3:
        return Kind.HTML
    if by_name is Kind.HTML and re.match(r"\s*[{\[]", head) and "<" not in head[:200]:
        raise BadSource(raw.origin, "网址返回的是接口数据（JSON），不是网页。请改用网页的网址")
    if by_name in _TEXTUAL:
        return by_name
    if by_name:
        raise BadSource(raw.origin, f"名为 {raw.suffix}，内容却不是，文件可能损坏。请重新下载")
    if raw.url or not re.fullmatch(r"\.[a-z0-9]{1,6}", raw.suffix):
        return Kind.TEXT
    raise BadSource(raw.origin, f"不认识的文件类型“{raw.suffix}”。{_EXPECTED}")


def _head(data: bytes) -> str:
    """The beginning as far as its ASCII goes: enough to see marks and tags."""
    head = data[:_LOOK]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:64].count(0) > 16:
        head = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_binary(data: bytes) -> bool:
    """Control characters that no text in any encoding has in such number; UTF-16 has a mark or
    zero bytes in every second place."""
    head = data[:_LOOK]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) // 40 and min(zeros) * 4 <= max(zeros):
        return False
    controls = sum(head.count(bytes([n])) for n in (0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18))
    return controls > max(4, len(head) // 50)
