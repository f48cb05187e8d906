"""Whole pages in the styles of real sites: what is read of each is written beside it and was read
by a person. A page without its `.expected.txt` gets one, and fails until it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import SourceDocument
from ingest.read import read_bytes

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_reads_as_expected(page: Path) -> None:
    encoding = page.stem.partition(".")[2] or "utf-8"
    data = page.read_text("utf-8").encode("gb18030" if encoding == "gb2312" else encoding)
    found = shown(read_bytes(data, page.name))
    expected = page.with_suffix(".expected.txt")
    if not expected.exists():
        expected.write_text(found, "utf-8")
        pytest.fail(f"wrote {expected.name}: read it, correct the page's reader or keep it")
    assert found == expected.read_text("utf-8")


def shown(document: SourceDocument) -> str:
    """A document for people: what the page says of itself, then block by block."""
    meta = document.meta
    where = dict(meta.where)
    lines = [
        f"{name}: {getattr(meta, name)}  <- {where[name]}"
        for name in ("title", "publisher", "published", "url")
        if getattr(meta, name)
    ]
    lines += [f"attachment: {address}" for address in document.attachments]
    lines += [f"warning: {warning}" for warning in document.warnings]
    lines.append("")
    for block in document.blocks:
        mark = block.kind.value[0].upper() + (str(block.level) if block.level else "")
        lines.append(f"{mark}{'*' if block.strong else ''}\t{block.text}")
    return "\n".join(lines) + "\n"
