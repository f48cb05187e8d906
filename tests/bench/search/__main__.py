"""Search times beside stock Whoosh, SQLite FTS5, bm25s and tantivy, in one run, on the same words.

    python -m tests.bench.search --docs 10000
    python -m tests.bench.search --docs 100000 --keep FOLDER --http

Prints p50 and p95 in milliseconds of each kind of query for each engine, and the peers' p95 as
multiples of ours over the same questions. Each engine has a process of its own, warm; every
question is put to all of them in turn, so that the machine's noise hits all alike; before each row
the files of all are read, so that it is not the disk that is measured. Times of different runs are
not comparable; the multiples are. Totals and facets are compared as well.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.corpus import LENGTH, percentile
from tests.bench.processes import MB, machine, touch
from tests.bench.search.entrants import ENTRANTS
from tests.bench.search.peer import Answer, Question
from tests.bench.search.process import Asked, built
from tests.bench.search.questions import questions
from tests.bench.words import Corpus, cache_folder, words_version

_WARM_UP = 5
_COLUMN = 20


@dataclass
class Row:
    """Seconds by peer, over the questions from the first that it had time for. differing: what
    peers answered otherwise than this engine. found: documents found by each peer."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    differing: list[str] = field(default_factory=list)


def main() -> None:
    options = _options()
    names = ["ours", *(name for name in options.peers if name != "ours")]
    corpus = Corpus(options.docs)
    _head(corpus)
    with tempfile.TemporaryDirectory() as temporary:
        keep = Path(options.keep) / f"{options.docs}-{words_version()}" if options.keep else None
        folders = {name: _folder(name, Path(temporary), keep) for name in names}
        _index(names, folders, options.docs, keep)
        peers = {name: Asked(name, folders[name], options.docs) for name in names}
        asked = questions(corpus, options.queries)
        _table(peers, asked, options.seconds, [*folders.values()])
        print("\nmemory of each process, warm:")
        for peer in peers.values():
            print(f"  {peer.name:18}{peer.memory()}")
            peer.close()
    if options.http:
        from tests.bench.search import http  # it needs a base of records, which takes its time

        http.measure(corpus, asked["page"], keep)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--queries", type=int, default=100, help="questions of each kind")
    parser.add_argument(
        "--peers",
        type=lambda text: [name for name in text.split(",") if name],
        default=[*ENTRANTS],
        help=f"of {','.join(ENTRANTS)}; this engine always takes part",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=20,
        help="a peer is asked no more questions of a kind once it has taken so long over them",
    )
    parser.add_argument("--keep", help="keeps the peers' indexes in this folder for the next run")
    parser.add_argument("--http", action="store_true", help="also whole requests to `kb serve`")
    options = parser.parse_args()
    if unknown := set(options.peers) - set(ENTRANTS):
        parser.error(f"no such peers: {', '.join(sorted(unknown))}")
    return options


def _head(corpus: Corpus) -> None:
    corpus.words(0)
    corpus.check(random.Random(5))
    sample = range(0, len(corpus), max(1, len(corpus) // 500))
    words = sum(len(corpus.ids(number)) for number in sample) / len(sample)
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}")
    print(
        f"{len(corpus):,} documents of about {LENGTH:,} characters and {words:,.0f} words; "
        f"words version {words_version()}, kept in {cache_folder()}"
    )


def _folder(name: str, temporary: Path, keep: Path | None) -> Path:
    owner = next((other for other, e in ENTRANTS.items() if e.name == ENTRANTS[name].same_as), name)
    return (keep if keep and owner != "ours" else temporary) / owner


def _index(names: list[str], folders: dict[str, Path], docs: int, keep: Path | None) -> None:
    print("\nindexes, made from words:")
    for folder, name in {folders[name]: name for name in reversed(names)}.items():
        owner = folder.name
        done = built(owner, folder, docs, keep=keep is not None and owner != "ours")
        print(
            f"  {ENTRANTS[owner].name:18}{done.documents_a_second:>8,.0f} documents/s"
            f"{done.bytes / MB:>9,.0f} MB on disk, {done.peak / MB:>6,.0f} MB of memory at most"
            f"   {ENTRANTS[name].note}{' (made by an earlier run)' if done.kept else ''}"
        )


def _table(
    peers: dict[str, Asked],
    asked: dict[str, list[Question]],
    seconds: float,
    folders: Sequence[Path],
) -> None:
    names = list(peers)
    print(f"\n{'p50/p95 ms':15}" + "".join(f"{peers[name].name:>{_COLUMN}}" for name in names))
    for kind, some in asked.items():
        for folder in dict.fromkeys(folders):
            touch(folder)
        row = _measured(peers, some, seconds)
        shown = "".join(f"{_times(row.times.get(name)):>{_COLUMN}}" for name in names)
        print(f"{kind:15}{shown}", flush=True)
        ratios = "".join(f"{_ratio(row, name):>{_COLUMN}}" for name in names[1:])
        print(f"{'  p95 / ours':15}{'':{_COLUMN}}{ratios}", flush=True)
        for line in row.differing[:5]:
            print(f"    {line}")
        if some[0].quoted:
            counts = ", ".join(f"{peers[name].name} {row.found[name]:,}" for name in row.found)
            print(f"    documents found: {counts}")


def _measured(peers: dict[str, Asked], asked: list[Question], seconds: float) -> Row:
    for question in asked[-_WARM_UP:]:
        for peer in peers.values():
            peer.ask(question)
    row = Row()
    spent: dict[str, float] = defaultdict(float)
    for number, question in enumerate(asked):
        answers: dict[str, Answer] = {}
        order = [*peers][number % len(peers) :] + [*peers][: number % len(peers)]
        for name in order:
            if spent[name] > seconds:
                continue
            taken, answer = peers[name].ask(question)
            if answer is not None:
                spent[name] += taken
                row.times[name].append(taken)
                answers[name] = answer
        _compare(row, peers, question, answers)
    return row


def _compare(
    row: Row, peers: dict[str, Asked], question: Question, answers: dict[str, Answer]
) -> None:
    ours = answers.get("ours")
    if ours is None or ours.total is None:
        return
    for name, answer in answers.items():
        if answer.total is None:
            continue
        row.found[name] += answer.total
        if question.quoted:  # characters here, words there: whether they agree is for exactness.py
            continue
        where = f"{peers[name].name} on {' '.join(question.words)}"
        if answer.total != ours.total:
            row.differing.append(f"DIFFERS: {where}: {answer.total}, ours {ours.total}")
        elif answer.counts is not None and ours.counts != answer.counts:
            row.differing.append(f"DIFFERS: {where}: other facets")
        if question.passages and answer.shown < min(10, ours.total):
            row.differing.append(f"DIFFERS: {where}: {answer.shown} passages")


def _times(times: list[float] | None) -> str:
    return f"{percentile(times, 0.5):.2f}/{percentile(times, 0.95):.2f}" if times else "–"


def _ratio(row: Row, name: str) -> str:
    times = row.times.get(name)
    if not times:
        return ""
    ours = row.times["ours"][: len(times)]
    asked = f" ({len(times)} asked)" if len(times) < len(row.times["ours"]) else ""
    return f"x{percentile(times, 0.95) / percentile(ours, 0.95):.1f}{asked}"


if __name__ == "__main__":
    main()
