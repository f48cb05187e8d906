"""Documents a second from page to found case, beside the segmentation that any engine needs.

    python -m tests.bench.ingest --pages 100

Writes pages of real sentences in two layouts, takes them in on the embedded default, and prints the
rate of each stage as a multiple of jieba alone on the same text in the same run. What a process
loads once, jieba's dictionary and the tables of regions, statutes and cues, is loaded before.
"""

from __future__ import annotations

import argparse
import html
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.extract import Options, enrich
from ingest.layout import parse
from ingest.pipeline import ingest
from ingest.read import read
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.text.normalise import fold_text
from kb.text.segment import words
from tests.bench.corpus import documents

HEADINGS = ("基本案情", "复议办理", "典型意义")


def page(number: int, text: str) -> str:
    """A single-case page, as HTML for even numbers and Markdown for odd ones."""
    sentences = text.split("\n")
    third = max(1, len(sentences) // 3)
    parts = [sentences[:third], sentences[third : 2 * third], sentences[2 * third :]]
    title = f"某公司不服重庆市渝中区某局行政处罚案（其{number}）"
    if number % 2:
        body = "\n\n".join(
            f"## {heading}\n\n" + "\n\n".join(part)
            for heading, part in zip(HEADINGS, parts, strict=True)
        )
        return f"# {title}\n\n{body}\n"
    body = "".join(
        f"<p><strong>【{heading}】</strong></p>" + "".join(f"<p>{html.escape(s)}</p>" for s in part)
        for heading, part in zip(HEADINGS, parts, strict=True)
    )
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><div class=nav>"
        f"<a href=/>首页</a></div><h1>{title}</h1><div class=TRS_Editor>{body}</div></body></html>"
    )


def rate(what: str, count: int, work: Callable[[], object], baseline: float = 0.0) -> float:
    start = time.perf_counter()
    work()
    found = count / (time.perf_counter() - start)
    shown = f"   x{found / baseline:.2f} of jieba alone" if baseline else "   (baseline)"
    print(f"{what:28}{found:10,.1f} documents/s{shown}")
    return found


def load(path: Path) -> None:
    """Reads a first page, with all that reading it loads."""
    start = time.perf_counter()
    words("预热")
    document = read(path)
    for content in parse(document):
        enrich(content, document, Options())
    print(f"{'loading, once':28}{time.perf_counter() - start:10.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    options = parser.parse_args()
    texts = list(documents(options.pages))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "pages"
        folder.mkdir()
        for number, text in enumerate(texts):
            suffix = "md" if number % 2 else "html"
            (folder / f"{number:05}.{suffix}").write_text(page(number, text), "utf-8")
        paths = sorted(folder.iterdir())
        load(paths[0])
        base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": f"{temporary}/home"}))
        jieba = rate("jieba alone", len(texts), lambda: [words(fold_text(t)) for t in texts])
        read_documents = []
        rate("reading", len(paths), lambda: read_documents.extend(map(read, paths)), jieba)
        laid = []
        rate(
            "layout",
            len(paths),
            lambda: laid.extend((d, c) for d in read_documents for c in parse(d)),
            jieba,
        )
        rate("extraction", len(laid), lambda: [enrich(c, d, Options()) for d, c in laid], jieba)

        def take_in() -> object:
            return ingest(base, [str(folder)], Options())

        rate("all of it, stored", len(paths), take_in, jieba)
        rate("indexing what was stored", len(paths), base.index_changes, jieba)
        rate("again, nothing changed", len(paths), take_in, jieba)


if __name__ == "__main__":
    main()
