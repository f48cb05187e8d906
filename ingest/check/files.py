"""What a DOCX or PDF file says beside its text: authors, comments, tracked changes, hidden words.

It is only reported: the file itself is to be cleaned where it was written.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from lxml import etree
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSException
from pdfminer.utils import decode_text

from ingest.check.findings import Certainty, Field, Finding, Kind, Place
from kb.model import Span

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES = {"docProps/core.xml", "docProps/app.xml"}
_LABELS = {
    "creator": "作者", "lastModifiedBy": "最后修改者", "Manager": "主管", "Author": "作者",
    "description": "备注", "comment": "批注作者", "ins": "修订（插入）", "del": "修订（删除）",
    "moveFrom": "修订（移出）", "moveTo": "修订（移入）",
}  # fmt: skip
# What programs and machines fill in; nobody is meant.
_NOBODY = re.compile(
    r"(?:python-docx|administrator|admin|user|users|windows 用户|windows user"
    r"|微软用户|microsoft.*|office.*|wps.*|apache poi|libreoffice.*|un-?named|unknown|author"
    r"|作者|示例|用户|hp|dell|lenovo|thinkpad|acer|asus|pc|[\W\d_]*)$",
    re.I,
)
_LONGEST = 60  # characters of a comment or change that are quoted
_LARGEST = 50_000_000  # bytes of one part of a DOCX
_PAGES = 2000
_WHY = "文件{}中有“{}”，随文件公布会泄露个人信息，请在原程序中清除后另存"


def check_file(data: bytes) -> tuple[Finding, ...]:
    """Personal information beside the text of a DOCX or PDF; () for other kinds and for files that
    cannot be opened, of which whoever reads them tells."""
    found: Iterable[Finding] = ()
    try:
        if data[:4] == b"PK\x03\x04":
            found = tuple(_docx(data))
        elif b"%PDF-" in data[:1024]:
            found = tuple(_pdf(data))
    except (zipfile.BadZipFile, zlib.error, PDFException, PSException, etree.XMLSyntaxError):
        return ()
    except (KeyError, ValueError, TypeError, OSError, EOFError, NotImplementedError):
        return ()
    return tuple(dict.fromkeys(found))


def _docx(data: bytes) -> Iterator[Finding]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            name = entry.filename
            wanted = name in _PROPERTIES or re.fullmatch(r"word/[a-z]+\d*\.xml", name)
            if not wanted or entry.file_size > _LARGEST:
                continue
            root = etree.fromstring(archive.read(entry), _PARSER)
            yield from _properties(root) if name in _PROPERTIES else _marks(root)


# Nothing outside the file is fetched, no entity is put in.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _properties(root: etree._Element) -> Iterator[Finding]:
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        if name in ("creator", "lastModifiedBy", "Manager"):
            yield from _author(node.text, f"metadata.{name}", _LABELS[name])


def _marks(root: etree._Element) -> Iterator[Finding]:
    """Comments, tracked changes and hidden runs, with whoever made them."""
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        if name in ("comment", "ins", "del", "moveFrom", "moveTo") and node.get(f"{_W}author"):
            yield from _author(node.get(f"{_W}author"), f"metadata.{name}", _LABELS[name])
        if name == "comment":
            yield from _words(node, "metadata.comment", "批注")
        elif name in ("del", "moveFrom"):
            yield from _words(node, "metadata.deleted", "已删除但仍保存在修订中的文字")
        elif name == "r" and _hidden(node):
            yield from _words(node, "metadata.hidden", "隐藏文字")


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")


def _words(node: etree._Element, rule: str, label: str) -> Iterator[Finding]:
    words = "".join(one.text or "" for one in node.iter(f"{_W}t", f"{_W}delText")).strip()
    if words:
        quote = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        yield _finding(quote, rule, _WHY.format("", label), Certainty.LIKELY)


def _author(name: str | None, rule: str, label: str) -> Iterator[Finding]:
    name = (name or "").strip()
    if name and not _NOBODY.match(name):
        yield _finding(name, rule, _WHY.format("属性", label), Certainty.LIKELY)


def _finding(quote: str, rule: str, why: str, certainty: Certainty) -> Finding:
    return Finding(Kind.METADATA, quote, (Place(Field.FILE, Span(0, 0)),), rule, why, certainty)


def _pdf(data: bytes) -> Iterator[Finding]:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for info in document.info:
        yield from _author(_text(info.get("Author")), "metadata.Author", "作者")
    yield from _xmp(document)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= _PAGES:
            return
        for annotation in resolve1(page.annots) or ():
            yield from _annotation(resolve1(annotation))


def _xmp(document: PDFDocument) -> Iterator[Finding]:
    stream = resolve1(document.catalog.get("Metadata"))
    if not isinstance(stream, PDFStream):
        return
    root = etree.fromstring(stream.get_data().strip(b"\x00 \r\n"), _PARSER)
    for node in root.iter(etree.Element):
        if etree.QName(node).localname == "creator":
            yield from _author("".join(map(str, node.itertext())), "metadata.xmp", "作者（XMP）")


def _annotation(annotation: object) -> Iterator[Finding]:
    """A comment on a page; links and form fields are none."""
    if not isinstance(annotation, dict):
        return
    kind = getattr(annotation.get("Subtype"), "name", "")
    if kind in ("Link", "Widget", "Popup"):
        return
    yield from _author(_text(annotation.get("T")), "metadata.comment", "批注作者")
    words = _text(annotation.get("Contents")).strip()
    if words:
        why = _WHY.format("", "批注")
        yield _finding(words[:_LONGEST], "metadata.comment", why, Certainty.LIKELY)


def _text(value: object) -> str:
    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else str(value or "")
