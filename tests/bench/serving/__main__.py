"""`kb serve` under load, with every answer judged while records come and go.

    python -m tests.bench.serving --docs 10000

Puts mixed requests at a steady rate to `kb serve --workers 2`: latency counts from the moment a
request was due, so that one slow answer is felt by all behind it. Another process meanwhile
publishes and withdraws records. Afterwards every answer is compared with reading the texts known to
be public at its time; while a record was on its way in or out, either is right. Ends with 1 if any
answer is wrong.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from kb.search.parse import understand
from kb.search.query import Words
from tests.bench.base import home_of
from tests.bench.corpus import percentile
from tests.bench.processes import machine
from tests.bench.server import serving
from tests.bench.serving.asking import Told, any_of, run, searches
from tests.bench.serving.judging import Judge
from tests.bench.serving.writer import Change, Writer
from tests.bench.words import Corpus

_WARM_UP = 5.0
_SHOWN = 10


def main() -> None:
    options = _options()
    corpus = Corpus(options.docs)
    made = searches(corpus, _plain_words(corpus))
    print(f"{machine()}\nbase of {options.docs:,} records …", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        shutil.copytree(home_of(corpus), home)
        with serving(home, "--workers", str(options.workers)) as server:
            run(server.port, options.clients, options.rate / 4, _WARM_UP, any_of(made), [])
            writer = Writer(home, corpus, options.changes)
            used = server.cpu_seconds()
            told = run(
                server.port,
                options.clients,
                options.rate,
                options.seconds,
                any_of(made),
                writer.changes,
            )
            used = server.cpu_seconds() - used
            writer.stop()
            memories = server.memories()
    _print_times(told, writer.changes)
    print(f"  each request takes {1000 * used / len(told):.1f} ms of a processor in the workers")
    print(f"  workers: {', '.join(map(str, memories))}", flush=True)
    sys.exit(_judged(Judge(corpus, writer.changes), told))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rate", type=float, default=200, help="requests a second, in all")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--changes", type=float, default=2, help="changes a second")
    return parser.parse_args()


def _plain_words(corpus: Corpus) -> Callable[[random.Random, int], list[str]]:
    """Draws words that are read as nothing but themselves, and so are found where they stand."""

    def plain(word: str) -> bool:
        return understand(word, use_synonyms=False).node == Words(word, (word,))

    def draw_some(draw: random.Random, most: int) -> list[str]:
        found: list[str] = []
        while len(found) < most:
            found += [w for w in corpus.telling(draw, 3) if plain(w) and w not in found]
        return found[:most]

    return draw_some


def _print_times(told: Sequence[Told], changes: Sequence[Change]) -> None:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for one in told:
        by_kind[_kind(one)].append(one.done - one.due)
    everything = [one.done - one.due for one in told]
    lasted = max(one.done for one in told) - min(one.due for one in told)
    print(f"{len(told):,} requests, {len(told) / lasted:,.0f} a second answered; ms p50/p95/p99:")
    for kind, times in ("all", everything), *sorted(by_kind.items()):
        shown = "/".join(f"{percentile(times, share):.1f}" for share in (0.5, 0.95, 0.99))
        print(f"  {kind:28}{shown:>24}{len(times):>8,}")
    taken = [change.done - change.begun for change in changes]
    if taken:
        shown = f"{percentile(taken, 0.5):.0f}/{percentile(taken, 0.95):.0f}"
        print(f"  {len(changes)} records published or withdrawn meanwhile, ms p50/p95 {shown}")


def _kind(one: Told) -> str:
    form = "page" if one.asked.page else "API"
    if one.asked.about >= 0:
        return f"a record, {form}"
    if one.asked.filtered:
        return f"any of 4 + filters, {form}"
    if "%22" in one.asked.path:
        return f"a quotation, {form}"
    count = len(one.asked.quoted)
    if count == 1:
        return f"a word, {form}"
    return f"{'all' if one.asked.every else 'any'} of {count} words, {form}"


def _judged(judge: Judge, told: Sequence[Told]) -> bool:
    """Prints what was wrong; whether anything was."""
    errors = Counter(one.status for one in told if one.status == 0 or one.status >= 500)
    wrong = [(one, why) for one in told if (why := judge.wrong(one))]
    print(f"{sum(errors.values())} errors {dict(errors) or ''}, {len(wrong)} wrong answers")
    for one, why in wrong[:_SHOWN]:
        print(f"  {one.asked.path[:100]}: {why}; {one.body[:120]!r}")
    return bool(wrong)


if __name__ == "__main__":
    main()
