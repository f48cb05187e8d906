"""Bytes to text: what the bytes themselves prove goes before what a page declares of itself."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ingest.read.mojibake import naturalness
from kb.errors import BadSource

_ALIASES = {
    **dict.fromkeys(
        ("gb2312", "gb_2312", "gb_2312-80", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "euc-cn"),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950", "big5-eten"), "big5hkscs"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8", "u8"), "utf-8"),
    **dict.fromkeys(("utf-16", "unicode", "ucs-2", "utf16"), "utf-16"),
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_HEAD = 4096
_SAMPLE = 200_000
_ENOUGH = 40
_CLEARLY_BETTER = 0.15
_READS_AS_CHINESE = 0.3
_DAMAGE_BORNE = 0.002


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was won. encoding: Python's name. how: bom, bytes, header, markup,
    detected or damaged. warnings: for the person who checks the record."""

    text: str
    encoding: str
    how: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, origin: str, *, content_type: str = "", markup: bool = False) -> Decoded:
    """The text of `data`.

    content_type: the HTTP header, whose charset is believed before the page's own; markup: look
    for a declaration inside (meta, XML). A declaration yields to strict decoding: what is valid
    UTF-8 is UTF-8, and GB2312, GBK and GB18030 are all read as GB18030, their superset.
    Raises BadSource where no encoding reads the bytes without heavy loss.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_bom(data[len(mark) :], encoding, origin)
    header = _declared(content_type.encode("ascii", "ignore"))
    declared = header or (_declared(data[:_HEAD]) if markup else "")
    wide = _wide(data)
    if wide:
        return Decoded(data.decode(wide), wide, "detected")
    text = _strictly(data, "utf-8")
    if text is not None and not _better_as_declared(text, data, declared):
        return Decoded(text, "utf-8", "bytes", _contradiction(declared, "utf-8", text))
    return _legacy(data, origin, declared, "header" if header else "markup")


def _with_bom(data: bytes, encoding: str, origin: str) -> Decoded:
    text = _strictly(data, encoding)
    if text is not None:
        return Decoded(text, encoding, "bom")
    return _damaged(data, origin, [encoding])


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    if not found:
        return ""
    name = found.group(1).decode("ascii").lower()
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _wide(data: bytes) -> str:
    """UTF-16 without its mark, "" if it is not: every other byte of its ASCII is zero."""
    if len(data) < 4 or len(data) % 2:
        return ""
    head = data[:_HEAD]
    zeros = [head[0::2].count(0), head[1::2].count(0)]
    if max(zeros) > len(head) // 32 and min(zeros) * 4 <= max(zeros):
        encoding = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        return encoding if _strictly(data, encoding) is not None else ""
    return ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _better_as_declared(text: str, data: bytes, declared: str) -> bool:
    """A short GBK text may happen to be valid UTF-8: two-byte letters then, and no hanzi."""
    if declared in ("", "utf-8", "utf-16", "ascii") or text.isascii():
        return False
    if any(char >= "ࠀ" for char in text):  # three bytes and more do not happen by chance
        return False
    other = _strictly(data, declared)
    return other is not None and naturalness(other) > _READS_AS_CHINESE


def _contradiction(declared: str, found: str, text: str) -> tuple[str, ...]:
    if declared in ("", found, "ascii", "utf-16") or text.isascii():
        return ()
    return (f"网页声明的编码是 {declared}，按字节实为 {found}，已按后者读取",)


def _legacy(data: bytes, origin: str, declared: str, how: str) -> Decoded:
    order = [declared] if declared and declared not in ("utf-8", "utf-16", "ascii") else []
    order += [name for name in ("gb18030", "big5hkscs") if name not in order]
    wide = ["utf-16-le", "utf-16-be"] if len(data) >= _ENOUGH else []  # all hanzi, no zero byte
    found = [
        (naturalness(text[:_SAMPLE]), name, text)
        for name in order + wide
        if (text := _strictly(data, name)) is not None
    ]
    if found:
        best = max(found, key=lambda item: item[0])
        first = found[0]
        if first[1] == declared and best[0] < first[0] + _CLEARLY_BETTER:
            return Decoded(first[2], first[1], how)
        if best[0] > _READS_AS_CHINESE or len(data) < _ENOUGH:
            return Decoded(best[2], best[1], "detected", _contradiction(declared, best[1], best[2]))
    lossy = _damaged(data, origin, ["utf-8", *order], strict=bool(found))
    if lossy.text:
        return lossy
    guess = from_bytes(data[:_SAMPLE]).best()
    text = _strictly(data, guess.encoding) if guess else None
    if guess and text is not None and (not found or naturalness(text) > max(f[0] for f in found)):
        return Decoded(text, guess.encoding, "detected")
    if found:
        return Decoded(best[2], best[1], "detected")
    raise BadSource(
        origin,
        "无法判断文字编码：按 UTF-8、GB18030、Big5、UTF-16 读取都有大量错误。"
        "请用浏览器或文本编辑器打开后另存为 UTF-8 编码再试",
    )


def _damaged(data: bytes, origin: str, order: list[str], strict: bool = False) -> Decoded:
    """The reading with fewest unreadable bytes, if they are few; empty where there is none.

    strict: some encoding reads every byte, so that a damaged reading must be very good.
    """
    best = Decoded("", "", "damaged")
    best_loss = 1.0
    for name in order:
        text = data.decode(name, errors="replace")
        letters = sum(1 for char in text[:_SAMPLE] if char > "\x7f") or 1
        loss = text[:_SAMPLE].count("�") / letters
        if loss < best_loss and naturalness(text[:_SAMPLE]) > _READS_AS_CHINESE:
            best, best_loss = Decoded(text, name, "damaged"), loss
    lost = best.text.count("�")
    if lost > 2 and best_loss > _DAMAGE_BORNE * (1 if strict else 5):
        best = Decoded("", "", "damaged")
    if not best.text:
        if len(order) == 1:
            raise BadSource(origin, f"文件开头标明 {order[0]} 编码，但内容不是该编码，文件可能损坏")
        return best
    at = best.text.index("�")
    before = best.text[max(0, at - 12) : at]
    warning = f"有 {lost} 处字节无法按 {best.encoding} 读取，第一处在“{before}”之后"
    return Decoded(best.text, best.encoding, "damaged", (warning,))
