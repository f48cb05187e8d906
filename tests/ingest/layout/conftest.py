"""Documents written down as plain text, the way a reader would hand them over."""

from collections.abc import Callable

import pytest

from ingest.document import Block, BlockKind, PageMeta, SourceDocument

Writer = Callable[..., SourceDocument]


@pytest.fixture(scope="session")
def write() -> Writer:
    """write(text, title=…): a line a block; "## " makes a heading, **…** a line in bold."""
    return _document


def _document(text: str, *, origin: str = "示例.html", **meta: str) -> SourceDocument:
    blocks = tuple(_block(line) for line in text.strip("\n").split("\n") if line.strip())
    return SourceDocument(
        origin=origin, sha256="0" * 64, media="html", blocks=blocks, meta=PageMeta(**meta)
    )


def _block(line: str) -> Block:
    line = line.strip(" ")
    if line.startswith("#") and " " in line:
        marks, words = line.split(" ", 1)
        if set(marks) == {"#"}:
            return Block(words, BlockKind.HEADING, level=len(marks))
    if line.startswith("**") and line.endswith("**") and len(line) > 4:
        return Block(line[2:-2], strong=True)
    return Block(line)
