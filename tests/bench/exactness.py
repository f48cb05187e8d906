"""Whether every part of every text is found when it is quoted, and nothing else is.

    python -m tests.bench.exactness

Quotes random stretches of two or more characters of the published cases, of the bundled samples and
of articles of statutes, the way a reader types them, and compares what is found with reading the
texts. Ends with 1 where a record was missed or wrongly found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from ingest.extract import Options
from ingest.pipeline import ingest
from ingest.statutes.importing import import_statutes
from kb.law.provisions import Pinpoint, Provision, place
from kb.search.engine import Engine
from kb.search.parse import understand
from kb.search.query import Node, Quoted
from kb.search.request import Sort
from kb.search.whoosh.engine import WhooshEngine
from kb.service import KnowledgeBase, analysis_version
from kb.settings import Settings
from kb.statutes import StatuteBook
from kb.text.normalise import fold_text
from tests.bench.corpus import shared
from tests.reading import Texts, parts_of

SAMPLES = Path(__file__).parent.parent.parent / "index_data" / "samples"
LENGTHS = (2, 2, 2, 3, 3, 4, 5, 6, 8, 11, 17, 30, 60, 120)
_SHOWN = 10


@dataclass
class Tally:
    """quoted: how many. missed, wrong: each quotation with the records."""

    quoted: int = 0
    missed: list[tuple[str, set[str]]] = field(default_factory=list)
    wrong: list[tuple[str, set[str]]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.quoted:,} quoted, {len(self.missed)} missed, {len(self.wrong)} wrong"


def stretches(parts: Mapping[str, Sequence[str]], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Without end: each record in turn, and a stretch of one of its parts, longer parts oftener."""
    for name, some in cycle(parts.items()):
        weights = [max(0, len(part) - 1) for part in some]
        if not any(weights):
            continue
        [part] = draw.choices(some, weights)
        size = min(draw.choice(LENGTHS), len(part))
        start = draw.randrange(len(part) - size + 1)
        if len(fold_text(part[start : start + size])) > 1:
            yield name, part[start : start + size]


def check(
    engine: Engine, parts: Mapping[str, Sequence[str]], count: int, draw: random.Random
) -> Tally:
    """Quotes so many stretches in an engine that holds these records."""
    texts, tally = Texts(parts), Tally()
    for name, quoted in islice(stretches(parts, draw), count):
        node = understand(f'"{quoted}"').node
        found, expected = _found(engine, node, len(parts)), texts.with_quotation(quoted)
        if not isinstance(node, Quoted):  # it holds quotation marks: several may be meant
            found &= expected
        tally.quoted += 1
        if (missed := expected - found) or name not in expected:
            tally.missed.append((quoted, missed or {name}))
        if wrong := found - expected:
            tally.wrong.append((quoted, wrong))
    return tally


def _found(engine: Engine, node: Node, most: int) -> set[str]:
    found = engine.search(node, {}, sort=Sort.NEWEST, start=0, after=None, size=most, facets=())
    if found.total != len(found.hits):
        raise SystemExit(f"{node}: {found.total} counted, {len(found.hits)} given")
    return {key.id for key in found.hits}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    bad = False
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        for what, engine, parts in (
            ("published cases", *_cases(home / "cases", shared() / "cases")),
            ("samples", *_cases(home / "samples", SAMPLES)),
            ("articles", *_articles(home / "laws", options.articles)),
        ):
            start = time.perf_counter()
            tally = check(engine, parts, -(-options.count // 3), random.Random(f"7 {what}"))
            seconds = time.perf_counter() - start
            print(f"{what}: {len(parts):,} records, {tally}, {seconds:.1f} s", flush=True)
            for said, ids in (*tally.missed[:_SHOWN], *tally.wrong[:_SHOWN]):
                print(f"  {said!r}: {sorted(ids)[:5]}")
            bad = bad or bool(tally.missed or tally.wrong)
    sys.exit(bad)


def _cases(home: Path, folder: Path) -> tuple[Engine, dict[str, Sequence[str]]]:
    settings = Settings.from_environment({"KB_HOME": str(home)})
    base = KnowledgeBase.open(settings)
    if ingest(base, [str(folder)], Options()).failed:
        raise SystemExit(f"{folder} could not be read")
    base.index_changes()
    parts = {answer.id: parts_of(base.case(answer.id).content) for answer in base.published()}
    return WhooshEngine(settings.index, analysis_version()), parts


def _articles(home: Path, count: int) -> tuple[Engine, dict[str, Sequence[str]]]:
    """The first statutes by name of file, until there are so many articles."""
    settings = Settings.from_environment({"KB_HOME": str(home)})
    base = KnowledgeBase.open(settings)
    for path in sorted((shared() / "laws").rglob("*.md")):
        if base.statutes.counts().articles >= count:
            break
        import_statutes(base.statutes, [path])
    base.index_statutes()
    parts: dict[str, Sequence[str]] = {}
    for work in base.statutes.works():
        for version in work.versions:
            text = base.statutes.text(work.title, version.day)
            said = [(Pinpoint(article.number), article.text) for article in text.articles]
            for at, words in said or [(Pinpoint(), text.preamble)]:
                address = Provision(work.title, version.day, at).address()
                parts[address] = (work.title + place(at), words)
    return WhooshEngine(settings.statute_index, StatuteBook.analysis()), parts


if __name__ == "__main__":
    main()
