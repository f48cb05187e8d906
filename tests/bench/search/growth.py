"""How search times of this engine grow with the base, the sizes asked in turn in one run.

    python -m tests.bench.search.growth --docs 1000,10000,100000

Prints the median in milliseconds of each kind of query at each size, and how many times that of the
size before it is. The questions are drawn from each base's own documents.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.bench.corpus import percentile
from tests.bench.processes import machine, touch
from tests.bench.search.peer import Question
from tests.bench.search.process import Asked, built
from tests.bench.search.questions import questions
from tests.bench.words import Corpus

_WARM_UP = 5
_COLUMN = 18


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", default="1000,10000", help="sizes, ascending, parted by commas")
    parser.add_argument("--queries", type=int, default=60, help="questions of each kind")
    options = parser.parse_args()
    sizes = [int(size) for size in options.docs.split(",")]
    Corpus(sizes[0]).words(0)  # cut once, for all sizes
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        folders = [Path(temporary) / str(size) for size in sizes]
        for size, folder in zip(sizes, folders, strict=True):
            done = built("ours", folder, size, keep=False)
            print(f"{size:>9,} documents: {done.documents_a_second:,.0f}/s indexed", flush=True)
        bases = [Asked("ours", folder, size) for size, folder in zip(sizes, folders, strict=True)]
        asked = [questions(Corpus(size), options.queries) for size in sizes]
        print(f"{'p50 ms':15}" + "".join(f"{size:>{_COLUMN},}" for size in sizes))
        for kind in asked[0]:
            for folder in folders:
                touch(folder)
            medians = _medians(bases, [some[kind] for some in asked])
            print(f"{kind:15}" + "".join(f"{cell:>{_COLUMN}}" for cell in _cells(medians)))
        for base in bases:
            base.close()


def _medians(bases: list[Asked], asked: list[list[Question]]) -> list[float]:
    """In milliseconds, by base."""
    times: list[list[float]] = [[] for _ in bases]
    for base, some in zip(bases, asked, strict=True):
        for question in some[-_WARM_UP:]:
            base.ask(question)
    for turn in zip(*asked, strict=True):
        for taken, base, question in zip(times, bases, turn, strict=True):
            taken.append(base.ask(question)[0])
    return [percentile(some, 0.5) for some in times]


def _cells(medians: list[float]) -> list[str]:
    ratios = ["", *(f" x{more / less:.1f}" for less, more in pairwise(medians))]
    return [f"{m:.2f}{ratio:>7}" for m, ratio in zip(medians, ratios, strict=True)]


if __name__ == "__main__":
    main()
