"""The embedded engine: Whoosh for words and SQLite for quotations, in one generation folder."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from whoosh import index as whoosh_index

from kb.errors import IndexUnavailable
from kb.search.engine import Filters, Found, IndexDocument, Key, Stats
from kb.search.query import Filed, Node
from kb.search.request import FacetName, Sort
from kb.search.whoosh.evaluate import Evaluation, Matches
from kb.search.whoosh.exact import ExactIndex
from kb.search.whoosh.generation import Generations
from kb.search.whoosh.schema import schema
from kb.search.whoosh.snapshot import Mask, Numbers, Scores, SegmentFacts, Snapshot

_BATCH = 500
_ATTEMPTS = 50


@dataclass(frozen=True)
class _Open:
    """A generation as it is read: the state it was opened at, and what answers from it."""

    path: Path
    state: str
    index: Any
    snapshot: Snapshot
    exact: ExactIndex


class WhooshEngine:
    """`kb.search.engine.Engine` over files in one folder.

    analysis: the version of folding, segmentation and dictionary that documents are made with.
    """

    def __init__(self, folder: Path, analysis: str) -> None:
        self._analysis = analysis
        self._generations = Generations(folder, analysis)
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._facts: dict[str, SegmentFacts] = {}

    def writing(self) -> FileLock:
        return self._generations.writing()

    def write(self, documents: Sequence[IndexDocument]) -> None:
        self._change({document.id: document for document in documents}, ())

    def remove(self, ids: Sequence[str]) -> None:
        self._change({}, ids)

    def search(
        self,
        query: Node,
        filters: Filters,
        *,
        sort: Sort,
        start: int,
        after: Key | None,
        size: int,
        facets: Sequence[FacetName],
    ) -> Found:
        opened = self._opened()
        evaluation = Evaluation(opened.snapshot, opened.exact)
        matches = evaluation.matches(query)
        masks = {name: evaluation.filed(Filed(name, values)) for name, values in filters.items()}
        found = _all_of(matches.mask, masks.values())
        hits, before = _page(
            opened.snapshot, Matches(found, matches.scores), sort, start, after, size
        )
        counts = {
            name: opened.snapshot.filings[name].counts(
                _all_of(matches.mask, (mask for other, mask in masks.items() if other is not name))
            )
            for name in facets
        }
        return Found(int(found.sum()), before, hits, counts)

    def count(self, query: Node, filters: Filters) -> int:
        opened = self._opened()
        evaluation = Evaluation(opened.snapshot, opened.exact)
        masks = [evaluation.filed(Filed(name, values)) for name, values in filters.items()]
        return int(_all_of(evaluation.matches(query).mask, masks).sum())

    def similar_words(self, word: str) -> list[str]:
        return self._opened().snapshot.similar_words(word)

    def rebuild(
        self, documents: Iterable[IndexDocument], progress: Callable[[int], None] | None = None
    ) -> None:
        with self._generations.writing():
            path = self._generations.new()
            (path / "words").mkdir()
            index = whoosh_index.create_in(path / "words", schema())
            exact = ExactIndex(path / "exact.db")
            exact.create()
            writer = index.writer(limitmb=256)
            try:
                remaining = iter(documents)
                while batch := list(islice(remaining, _BATCH)):
                    exact.write((document.id, document.texts) for document in batch)
                    for document in batch:
                        writer.add_document(**_stored(document))
                    if progress:
                        progress(len(batch))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            exact.merge()
            exact.close()
            Snapshot(index, {})  # a torn index fails here rather than at a reader's
            index.close()
            self._generations.adopt(path)

    def ids(self) -> set[str]:
        return set(self.revisions())

    def revisions(self) -> dict[str, int]:
        opened = self._opened()
        try:
            quotable = opened.exact.ids()
        except sqlite3.Error as error:
            raise _damaged(opened.path) from error
        found = opened.snapshot
        return {i: found.revisions[n] for i, n in found.number.items() if i in quotable}

    def stats(self) -> Stats:
        opened = self._opened()
        toc = max(opened.path.joinpath("words").glob("*.toc"), key=lambda toc: toc.stat().st_mtime)
        updated = datetime.fromtimestamp(toc.stat().st_mtime, UTC)
        documents = int(opened.snapshot.live.sum())
        made = self._generations.made(opened.path)
        return Stats(documents, opened.path.name, made.analysis, str(made.schema), updated)

    def state(self) -> str:
        return self._opened().state

    def _change(self, documents: dict[str, IndexDocument], removed: Sequence[str]) -> None:
        """Quotations first, words last: what a crash between them leaves is found again when the
        queue, which still holds the change, is drained once more."""
        if not documents and not removed:
            return
        with self._generations.writing():
            path = self._generations.current()
            exact = ExactIndex(path / "exact.db")
            exact.write(((d.id, d.texts) for d in documents.values()), removed)
            exact.close()
            index = _open_whoosh(path)
            writer = index.writer(timeout=20)
            try:
                for record_id in {*documents, *removed}:
                    writer.delete_by_term("id", record_id)
                for document in documents.values():
                    writer.add_document(**_stored(document))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            index.close()

    def _opened(self) -> _Open:
        """The generation to read, at its newest state."""
        path = self._generations.current()
        opened = self._open
        if opened and opened.path == path:
            state = _state(path, opened.index)
            if state == opened.state:
                return opened
        with self._lock:
            return self._reopened(path)

    def _reopened(self, path: Path) -> _Open:
        """Opens the newest state. A writer may drop the files of a state between the moment it is
        named and the moment it is read; the next one is there by then."""
        for attempt in range(_ATTEMPTS):
            try:
                index = _open_whoosh(path)
                state = _state(path, index)
                if self._open is None or (self._open.path, self._open.state) != (path, state):
                    self._open = self._read(path, state, index)
                return self._open
            except FileNotFoundError as error:
                if attempt == _ATTEMPTS - 1:
                    raise _damaged(path) from error
                time.sleep(0.01)
        raise AssertionError("unreachable")

    def _read(self, path: Path, state: str, index: Any) -> _Open:
        same = self._open is not None and self._open.path == path
        exact = self._open.exact if self._open and same else ExactIndex(path / "exact.db")
        snapshot = Snapshot(index, self._facts)
        self._facts = snapshot.facts
        return _Open(path, state, index, snapshot, exact)


def _open_whoosh(path: Path) -> Any:
    try:
        return whoosh_index.open_dir(path / "words")
    except FileNotFoundError:
        raise
    except Exception as error:  # a torn index raises what it likes
        raise _damaged(path) from error


def _damaged(path: Path) -> IndexUnavailable:
    return IndexUnavailable(f"索引 {path.name} 已损坏，请运行 kb rebuild 重建索引")


def _state(path: Path, index: Any) -> str:
    return f"{path.name}.{index.latest_generation()}"


def _stored(document: IndexDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "day": document.day,
        "revision": document.revision,
        "filed": {name.value: list(dict.fromkeys(v)) for name, v in document.filed.items() if v},
        **{field: list(words) for field, words in document.words.items()},
    }


def _all_of(mask: Mask, others: Iterable[Mask]) -> Mask:
    return reduce(np.logical_and, others, mask)


def _page(
    snapshot: Snapshot, found: Matches, sort: Sort, start: int, after: Key | None, size: int
) -> tuple[tuple[Key, ...], int]:
    """The hits of one page in order, and how many precede them."""
    numbers = np.flatnonzero(found.mask)
    scores, days = found.scores[numbers], snapshot.days[numbers]
    first, second = _order(scores, days, sort)
    rank = snapshot.rank[numbers]
    before = start
    if after is not None:
        [last], [next_to_last] = _order(np.array([after.score]), np.array([after.day]), sort)
        last_rank = snapshot.rank_after(after.id)
        same = (first == last) & (
            (second < next_to_last) | ((second == next_to_last) & (rank < last_rank))
        )
        before = int(((first < last) | same).sum())
    order = np.lexsort((rank, second, first))[before : before + size]
    return tuple(
        Key(float(scores[n]), int(days[n]), snapshot.ids[numbers[n]]) for n in order
    ), before


def _order(scores: Scores, days: Numbers, sort: Sort) -> tuple[Scores, Scores]:
    """What hits are sorted by, first and second, smallest first; ids come last."""
    newest = -days.astype(np.float64)
    match sort:
        case Sort.RELEVANCE:
            return -scores, newest
        case Sort.NEWEST:
            return newest, -scores
        case Sort.OLDEST:
            return np.where(days == 0, np.inf, -newest), -scores
