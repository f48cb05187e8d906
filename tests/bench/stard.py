"""How well articles of statutes are ranked for lay questions, beside plain BM25 in the same run.

    python -m tests.bench.stard --queries FILE --laws DIR [--ablate]

FILE: a question a line, {"qid", "query", "relevant": [{"law", "version", "article"}, ...]}. DIR:
statutes, as `kb laws import` takes them. Every article of the newest version of each is indexed in
a temporary folder, each question is read as the search box reads it, and the best hundred are
looked at. Whoever tunes chooses on three of the folds and reports on the fourth.

--ablate asks once more without synonyms; the other parts of the ranking have no switches.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ingest.statutes.importing import find_files, import_statutes
from kb.law.statutes import Registry
from kb.search.engine import Engine, IndexDocument
from kb.search.parse import understand
from kb.search.request import FacetName, Sort
from kb.search.statutes import CURRENT
from kb.search.whoosh.engine import WhooshEngine
from kb.statutes import StatuteBook
from kb.store.database import open_database
from kb.store.statutes import StatuteStore
from kb.text.normalise import fold_text
from kb.text.segment import words
from tests.bench.corpus import percentile
from tests.bench.plain_bm25 import PlainBm25

FOLDS, SEED = 4, 7
DEEPEST = 100
MEASURES = ("Recall@5", "Recall@10", "Recall@100", "MRR@10", "NDCG@10")
Ranker = Callable[[str], Sequence[str]]
"""The ids of the best articles for a question, best first, at most DEEPEST."""


@dataclass(frozen=True, slots=True)
class Question:
    """relevant: ids of the articles that answer it; "" for each that is not in the index."""

    text: str
    relevant: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
    parser.add_argument("--laws", type=Path, required=True, metavar="DIR")
    parser.add_argument("--ablate", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench(asked.queries, asked.laws, Path(folder), ablate=asked.ablate)


def bench(queries: Path, laws: Path, folder: Path, *, ablate: bool) -> None:
    book, documents = read_laws(laws, folder / "kb.sqlite3")
    questions = read_questions(queries, book.registry(), documents)
    engine = WhooshEngine(folder / "index", StatuteBook.analysis())
    engine.rebuild(documents)
    baseline = PlainBm25(("".join(doc.texts) for doc in documents), folder)
    absent = sum(not one for question in questions for one in question.relevant)
    print(f"{len(questions)} questions, {len(documents)} articles; {absent} that answer are absent")
    ids = [document.id for document in documents]
    plain = measured(questions, lambda text: [ids[n] for n in baseline.best(text, DEEPEST)])
    times: list[float] = []
    ours = measured(questions, timed(partial(best, engine), times))
    table({f"BM25, {baseline.name}": plain, "this engine": ours})
    print(f"a question: p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms")
    if ablate:
        without = measured(questions, partial(best, engine, use_synonyms=False))
        table({"all": ours, "without synonyms": without}, folds_too=False)


def read_laws(laws: Path, database: Path) -> tuple[StatuteBook, list[IndexDocument]]:
    """The statutes of a folder, and their articles as the project indexes them."""
    book = StatuteBook(StatuteStore(open_database(f"sqlite:///{database}")))
    report = import_statutes(book, find_files([str(laws)]))
    for failed in report.failed:
        print(f"not read: {failed.origin} {failed.place} {failed.reason}")
    documents = [doc for doc in book.documents() if CURRENT in doc.filed[FacetName.KIND]]
    return book, documents


def read_questions(
    queries: Path, registry: Registry, documents: Iterable[IndexDocument]
) -> list[Question]:
    filed = {doc.filed[FacetName.STATUTE][-1]: doc.id for doc in documents}

    def article(relevant: dict[str, str]) -> str:
        work = registry.work(relevant["law"])
        number = "".join(words(fold_text(relevant["article"])))
        return filed.get(f"{work.title}{number}", "") if work else ""

    lines = [json.loads(line) for line in queries.read_text("utf-8").splitlines() if line.strip()]
    return [
        Question(line["query"], tuple(article(relevant) for relevant in line["relevant"]))
        for line in lines
    ]


def best(engine: Engine, text: str, *, use_synonyms: bool = True) -> list[str]:
    found = engine.search(
        understand(text, use_synonyms=use_synonyms).node,
        {},
        sort=Sort.RELEVANCE,
        start=0,
        after=None,
        size=DEEPEST,
        facets=(),
    )
    return [hit.id for hit in found.hits]


def timed(ranker: Ranker, times: list[float]) -> Ranker:
    """The same, noting the seconds that each question takes."""

    def ranked(text: str) -> Sequence[str]:
        start = time.perf_counter()
        hits = ranker(text)
        times.append(time.perf_counter() - start)
        return hits

    return ranked


def measured(questions: Sequence[Question], ranker: Ranker) -> np.ndarray:
    """A row a question, a column a measure."""
    return np.array([measures(ranker(one.text), one.relevant) for one in questions])


def measures(hits: Sequence[str], relevant: Sequence[str]) -> tuple[float, ...]:
    """In the order of MEASURES; an article answers or does not, there are no grades.

    >>> [round(one, 3) for one in measures(["x", "a"], ["a", "b"])]
    [0.5, 0.5, 0.5, 0.5, 0.387]
    """
    answers = np.isin(np.array(hits, dtype=str), [one for one in relevant if one])
    places = np.flatnonzero(answers) + 1
    recalls = [(places <= depth).sum() / len(relevant) for depth in (5, 10, 100)]
    shown = places[places <= 10]
    ideal = (1 / np.log2(np.arange(min(10, len(relevant))) + 2)).sum()
    first = 1 / shown[0] if shown.size else 0.0
    return *recalls, first, (1 / np.log2(shown + 1)).sum() / ideal


def folds(count: int) -> np.ndarray:
    """The fold of each question, dealt in turn after shuffling: neighbours ask alike."""
    order = list(range(count))
    random.Random(SEED).shuffle(order)
    fold = np.empty(count, dtype=int)
    fold[order] = np.arange(count) % FOLDS
    return fold


def table(rows: dict[str, np.ndarray], *, folds_too: bool = True) -> None:
    print("\n| | " + " | ".join(MEASURES) + " |\n|---|" + "---|" * len(MEASURES))
    for name, figures in rows.items():
        print(row(name, figures))
    for fold in range(FOLDS if folds_too else 0):
        for name, figures in rows.items():
            print(row(f"fold {fold + 1}: {name}", figures[folds(len(figures)) == fold]))
    print()


def row(name: str, figures: np.ndarray) -> str:
    means = figures.mean(axis=0) if len(figures) else np.full(len(MEASURES), np.nan)
    return f"| {name} | " + " | ".join(f"{mean:.4f}" for mean in means) + " |"


if __name__ == "__main__":
    main()
