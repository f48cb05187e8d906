"""How quick indexing is, where its time goes, and how soon a single record is found.

    python -m tests.bench.indexing --docs 10000

Makes the index anew from the store the way `kb rebuild` does, segmentation included; then publishes
single records into a base of that size while a reader goes on searching.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import os
import pstats
import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from kb.model import Case, Source
from kb.search.documents import made_together
from kb.search.engine import IndexDocument
from kb.search.query import Quoted
from kb.search.request import SearchRequest
from kb.search.whoosh.engine import WhooshEngine
from kb.service import KnowledgeBase, analysis_version
from kb.settings import Settings
from kb.store.database import open_database
from kb.store.repository import Repository
from kb.text.normalise import fold_text
from kb.text.segment import words, words_of_many
from tests.bench.base import home_of, open_base, record
from tests.bench.corpus import percentile
from tests.bench.processes import (
    MB,
    cpu_seconds,
    cpu_seconds_of_all,
    machine,
    shared_out,
    size,
)
from tests.bench.words import Corpus

_spawn = multiprocessing.get_context("spawn")
_LOOK = 0.5  # seconds
_PORTION = 64  # records made ready together


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--sample", type=int, default=500, help="documents to take apart")
    parser.add_argument("--publish", type=int, default=10, help="records to publish one by one")
    options = parser.parse_args()
    corpus = Corpus(options.docs)
    print(f"{machine()}\nstore of {options.docs:,} records …", flush=True)
    home = home_of(corpus)
    _rebuild(home, options.docs)
    _take_apart(home, min(options.sample, options.docs))
    if options.publish:
        _publish(home, corpus, options.publish)


# --- the whole, as `kb rebuild` does it ---


def _rebuild(home: Path, docs: int) -> None:
    ours, theirs = _spawn.Pipe()
    process = _spawn.Process(target=_rebuilding, args=(home, theirs))
    process.start()
    ours.recv()
    peak = 0
    while not ours.poll(_LOOK):
        peak = max(peak, shared_out(process.pid or 0))
    seconds, of_all, of_one = ours.recv()
    process.join()
    index = Settings.from_environment({"KB_HOME": str(home)}).index
    newest = max(index.glob("*/made.json"), key=lambda made: made.stat().st_mtime).parent
    print(
        f"rebuild: {docs / seconds:,.0f} documents/s ({seconds:.1f} s), at most {peak / MB:,.0f} MB"
        f" in all its processes, {size(newest) / MB:,.0f} MB on disk\n"
        f"  {of_all:.1f} s of the processors, {1000 * of_all / docs:.2f} ms a document;"
        f" {1000 * of_one / docs:.2f} of them in the process that writes",
        flush=True,
    )


def _rebuilding(home: Path, pipe: Connection) -> None:
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}), mend=False)
    words("预热")
    pipe.send(None)
    own = os.getpid()
    before = time.perf_counter(), cpu_seconds_of_all(own), cpu_seconds(own)
    base.rebuild()
    after = time.perf_counter(), cpu_seconds_of_all(own), cpu_seconds(own)
    pipe.send([now - then for then, now in zip(before, after, strict=True)])


# --- its parts, one after another in one process ---


def _take_apart(home: Path, count: int) -> None:
    settings = Settings.from_environment({"KB_HOME": str(home)})
    store = Repository(open_database(settings.database_url))
    made_together([next(store.all_published())])
    cases = _timed("read from the store", count, lambda: [*islice(store.all_published(), count)])
    folded = _timed("  folded", count, lambda: [fold_text(case.content.text) for case in cases])
    portions = [folded[at : at + _PORTION] for at in range(0, count, _PORTION)]
    _timed("  cut into words", count, lambda: [*map(words_of_many, portions)])
    documents = _timed("made ready, words and all", count, lambda: _ready(cases))
    with tempfile.TemporaryDirectory() as temporary:
        engine = WhooshEngine(Path(temporary) / "index", analysis_version())
        _timed("written as an index", count, lambda: engine.rebuild(documents))
        _profile("the writing", lambda: engine.rebuild(documents))
    _profile("making them ready", lambda: _ready(cases))


def _ready(cases: list[Case]) -> list[IndexDocument]:
    portions = (cases[at : at + _PORTION] for at in range(0, len(cases), _PORTION))
    return [made for portion in portions for _, made in made_together(portion) if made]


def _timed(what: str, count: int, work: Callable[[], list | None]):  # type: ignore[no-untyped-def, type-arg]
    start = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - start
    print(f"  {what:30}{1000 * seconds / count:8.2f} ms a document{count / seconds:10,.0f}/s")
    return made


def _profile(what: str, work: Callable[[], object]) -> None:
    """Prints where some work spends its time, by package; C code counts for who calls it."""
    profile = cProfile.Profile()
    profile.runcall(work)
    spent: dict[str, float] = defaultdict(float)
    for (file, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file == "~":
            for (caller, _, _), (_, _, seconds, _) in callers.items():
                spent[f"{_package(caller)}, in {name.strip('<>')}"] += seconds
        else:
            spent[_package(file)] += own
    total = sum(spent.values())
    print(f"  of {what}, profiled:")
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1])[:12]:
        print(f"    {seconds / total:6.1%}  {name}")


def _package(file: str) -> str:
    path = Path(file)
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1]
    if "kb" in path.parts:
        at = len(path.parts) - 1 - path.parts[::-1].index("kb")
        return "/".join(path.parts[at:])
    return path.name


# --- a single record ---


def _publish(home: Path, corpus: Corpus, count: int) -> None:
    """Works on a copy, since what is published stays."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "home"
        shutil.copytree(home, copy)
        base = open_base(copy)
        ours, theirs = _spawn.Pipe()
        reader = _spawn.Process(target=_reading, args=(copy, _questions(corpus), theirs))
        reader.start()
        ours.recv()
        time.sleep(5)
        until, whole = [], []
        for number in range(count):
            marker = f"独一无二的标记{number}号"
            content = record(len(corpus) + number, f"{marker}。\n{corpus.text(number)}")
            source = Source(origin=marker, sha256=f"{number:064}", media="jsonl", text="")
            ours.send(marker)
            start = time.monotonic()
            base.submit(source, (replace(content, title=marker),), parser="bench", publish=True)
            base.index_changes()
            whole.append(time.monotonic() - start)
            until.append(ours.recv() - start)
            time.sleep(0.5)
        ours.send(None)
        quiet, busy = ours.recv()
        reader.join()
    print(
        f"a single record, published {count} times: found by another process after"
        f" {_shown(until)} ms, done after {_shown(whole)} ms (p50/p95)"
    )
    print(
        f"  a reader's search meanwhile: {_shown(busy)} ms of {len(busy)};"
        f" with no writer {_shown(quiet)} ms of {len(quiet)}"
    )


def _shown(times: list[float]) -> str:
    return f"{percentile(times, 0.5):.1f}/{percentile(times, 0.95):.1f}"


def _questions(corpus: Corpus) -> list[str]:
    draw = random.Random(9)
    return [" 或 ".join(corpus.telling(draw, 3)) for _ in range(300)]


def _reading(home: Path, questions: list[str], pipe: Connection) -> None:
    """Searches without pause, and looks for each marker it is sent until it is found. Gives the
    seconds of each search without and with a marker awaited."""
    base = open_base(home)
    times: dict[bool, list[float]] = {False: [], True: []}
    marker: str | None = ""
    asked: Iterator[str] = (question for _ in iter(int, 1) for question in questions)
    base.search(SearchRequest(q=next(asked)))
    pipe.send(None)
    while marker is not None:
        start = time.monotonic()
        base.search(SearchRequest(q=next(asked)))
        times[bool(marker)].append(time.monotonic() - start)
        if marker and base._engine.count(Quoted(marker), {}):
            pipe.send(time.monotonic())
            marker = ""
        if not marker and pipe.poll():
            marker = pipe.recv()
    pipe.send((times[False], times[True]))


if __name__ == "__main__":
    main()
