"""Writes small PDF files for tests: text at given places in fonts that every reader knows."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True)
class Words:
    """text with its left edge x and baseline y, from the upper left corner, in points."""

    x: float
    y: float
    text: str
    size: float = 12
    bold: bool = False


def write(pages: list[list[Words]], *, image: bool = False, rules: str = "") -> bytes:
    """A PDF of pages. image: each page bears a picture; rules: drawing operators on each page."""
    objects: list[bytes] = [b"", b""]  # catalogue and page tree, filled in below
    fonts = [_font(objects, "STSong-Light"), _font(objects, "STSong-Light,Bold")]
    picture = 0
    if image:
        picture = _add(
            objects,
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream",
        )
    kids = []
    for page in pages:
        content = "\n".join(_shown(words) for words in page) + "\n" + rules
        if image:
            content += "\nq 500 0 0 700 40 40 cm /I1 Do Q"
        packed = zlib.compress(content.encode("ascii"))
        stream = _add(
            objects,
            b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        )
        resources = f"/Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>"
        resources += f"/XObject<</I1 {picture} 0 R>>" if image else ""
        kids.append(
            _add(
                objects,
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {A4[0]} {A4[1]}]"
                f"/Resources<<{resources}>>/Contents {stream} 0 R>>".encode(),
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>".encode()
    return _file(objects)


def _shown(words: Words) -> str:
    code = words.text.encode("utf-16-be").hex()
    font = "F2" if words.bold else "F1"
    return f"BT /{font} {words.size} Tf {words.x} {A4[1] - words.y} Td <{code}> Tj ET"


def _font(objects: list[bytes], name: str) -> int:
    descriptor = _add(
        objects,
        f"<</Type/FontDescriptor/FontName/{name}/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>".encode(),
    )
    inner = _add(
        objects,
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)"
        f"/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]"
        f"/FontDescriptor {descriptor} 0 R>>".encode(),
    )
    return _add(
        objects,
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}-UniGB-UCS2-H/Encoding/UniGB-UCS2-H"
        f"/DescendantFonts[{inner} 0 R]>>".encode(),
    )


def _add(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
