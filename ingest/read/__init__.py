"""Reading: any supported file or page becomes a SourceDocument; each format has its reader here.

A new format is a file beside this one, a line in `_READERS` and a line in `kinds.SUFFIXES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.document import SourceDocument
from ingest.read import docx, html, jsonl, markdown, mojibake, pdf, text
from ingest.read.kinds import SUFFIXES, Kind, kind_of
from ingest.read.raw import Raw
from kb.errors import BadSource

__all__ = ["SUFFIXES", "read", "read_bytes", "read_many", "read_many_bytes"]


_READERS: dict[Kind, Callable[[Raw], SourceDocument]] = {
    Kind.HTML: html.read,
    Kind.MARKDOWN: markdown.read,
    Kind.DOCX: docx.read,
    Kind.PDF: pdf.read,
    Kind.TEXT: text.read,
    Kind.JSONL: jsonl.read,
}


def read(path: Path, *, name: str | None = None) -> SourceDocument:
    """One file as a document. name: what decides the format where the content does not.

    Raises BadSource where the file cannot be opened or read, is of a kind that is not supported,
    or holds several records (JSON Lines: use `read_many`).
    """
    return _read(_raw(path, name))


def read_bytes(
    data: bytes, origin: str, *, content_type: str = "", url: str = ""
) -> SourceDocument:
    """As `read`, for bytes at hand. content_type, url: the HTTP header and address of a fetched
    page."""
    return _read(Raw(data, origin, content_type, url))


def read_many(path: Path, *, name: str | None = None) -> Iterator[SourceDocument | BadSource]:
    """The documents of a file: one, or of JSON Lines one a line with the origin "file.jsonl#12".

    Never raises BadSource: what cannot be read, a line or the whole, is yielded as one.
    """
    try:
        raw = _raw(path, name)
    except BadSource as bad:
        yield bad
    else:
        yield from _read_many(raw)


def read_many_bytes(
    data: bytes, origin: str, *, content_type: str = "", url: str = ""
) -> Iterator[SourceDocument | BadSource]:
    """As `read_many`, for bytes at hand."""
    return _read_many(Raw(data, origin, content_type, url))


def _raw(path: Path, name: str | None) -> Raw:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadSource(str(path), f"打不开文件（{_reason(error)}）") from error
    return Raw(data, str(path), name=name or path.name)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return error.strerror or "读取失败"


def _read(raw: Raw) -> SourceDocument:
    return _checked(_READERS[kind_of(raw)](raw))


def _read_many(raw: Raw) -> Iterator[SourceDocument | BadSource]:
    try:
        if kind_of(raw) is not Kind.JSONL:
            yield _read(raw)
            return
        documents = jsonl.read_lines(raw)
        for document in documents:
            yield document if isinstance(document, BadSource) else _tried(document)
    except BadSource as bad:
        yield bad


def _tried(document: SourceDocument) -> SourceDocument | BadSource:
    try:
        return _checked(document)
    except BadSource as bad:
        return bad


def _checked(document: SourceDocument) -> SourceDocument:
    """Refuses mojibake, wherever the text went wrong; a few lost characters are a warning."""
    wrong = mojibake.diagnose(document.text)
    if wrong:
        raise BadSource(
            document.origin, f"{wrong}。请从原网页重新保存（编码选 UTF-8），或换一个来源"
        )
    lost = mojibake.few_lost(document.text)
    if lost:
        warning = f"有 {lost} 处文字在来源处已丢失（显示为“�”或“锟斤拷”），请对照原文补正"
        return replace(document, warnings=(*document.warnings, warning))
    return document
