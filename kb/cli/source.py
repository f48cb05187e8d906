"""What a command is given to look at: a text, a file, or standard input."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kb.cli.shared import WORDS, remark
from kb.errors import BadSource

STANDARD_INPUT = "-"


def text_of(source: str) -> tuple[str, bool]:
    """The text to look at, and whether it was taken out of a page or paper, so that offsets count
    in the text and not in the file. Raises BadSource."""
    if source == STANDARD_INPUT:
        return _read(sys.stdin.buffer.read(), "标准输入")
    path = _existing(source)
    if path is None:
        return str(WORDS.convert(source, None, None)), False
    if path.is_dir():
        raise BadSource(source, "这是文件夹，请给出其中的文件")
    try:
        return _read(path.read_bytes(), source)
    except OSError as error:
        raise BadSource(source, f"打不开文件（{error.strerror or error}）") from error


def _existing(source: str) -> Path | None:
    """The file or folder of this name; None where there is none, so that it is a text. Raises
    BadSource for what can only be meant as a file."""
    if not source.strip() or "\0" in source:
        return None
    path = Path(source)
    try:
        if path.exists():
            return path
    except OSError:  # a text is too long for a name
        return None
    if re.fullmatch(r"\S+\.[A-Za-z]{2,8}", source) and _readable(path):
        raise BadSource(source, "没有这个文件")
    return None


def _readable(path: Path) -> bool:
    from ingest.read import SUFFIXES

    return path.suffix.lower() in SUFFIXES


def _read(data: bytes, origin: str) -> tuple[str, bool]:
    from ingest.read import read_bytes
    from ingest.read.charset import decode
    from ingest.read.kinds import Kind

    if not data.strip():
        return "", False
    document = read_bytes(data, origin)
    for warning in document.warnings:
        remark(f"注意 {origin}：{warning}", style="yellow")
    if document.media == Kind.TEXT:
        # Whoever holds the file can count in it, so not one line break of it may be changed.
        return decode(data, origin).text, False
    return document.text, True
