"""The embedded engine: Whoosh, with arrays beside it that answer as Whoosh would, only sooner."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from itertools import islice
from pathlib import Path

import numpy as np

from kb.errors import IndexUnavailable
from kb.search.engine import CatchUp, Filters, Found, IndexDocument, Key, Stats
from kb.search.query import Filed, Node, Words
from kb.search.request import FacetName, Sort
from kb.search.whoosh.arrays.build import Builder
from kb.search.whoosh.arrays.loops import Mask
from kb.search.whoosh.arrays.snapshot import Snapshot
from kb.search.whoosh.evaluate import Evaluation, Matches
from kb.search.whoosh.generation import Generations
from kb.search.whoosh.ranking import page
from kb.search.whoosh.segments import Segments, damage

_ATTEMPTS = 50
_MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class _Open:
    """A generation as it is read: the state it was opened at, and what answers from it."""

    path: Path
    segments: Segments
    state: str
    snapshot: Snapshot


class WhooshEngine:
    """`kb.search.engine.Engine` over files in one folder.

    analysis: the version of folding, segmentation and dictionary that documents are made with.
    """

    def __init__(self, folder: Path, analysis: str) -> None:
        self._generations = Generations(folder, analysis)
        self._lock = threading.Lock()
        self._open: _Open | None = None

    def writing(self) -> AbstractContextManager[None]:
        return self._generations.writing()

    def write(self, documents: Sequence[IndexDocument]) -> None:
        if documents:
            remaining = iter({document.id: document for document in documents}.values())
            with self._generations.writing():
                while some := list(islice(remaining, _MOST_AT_ONCE)):
                    self._segments().change(some, ())

    def remove(self, ids: Sequence[str]) -> None:
        if ids:
            with self._generations.writing():
                self._segments().change((), ids)

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
        explained: bool = False,
    ) -> Found:
        with self._sound():
            snapshot = self._opened().snapshot
            evaluation = Evaluation(snapshot)
            matches = evaluation.matches(query)
            masks = {
                name: evaluation.filed(Filed(name, values)) for name, values in filters.items()
            }
            found = _all_of(matches.mask, masks.values())
            hits, before = page(snapshot, Matches(found, matches.scores), sort, start, after, size)
            counts = snapshot.counts([name for name in facets if name not in masks], found)
            for name in masks.keys() & set(facets):  # as if it had no filter of its own
                others = (mask for other, mask in masks.items() if other is not name)
                counts |= snapshot.counts([name], _all_of(matches.mask, others))
            parts = evaluation.score_parts(query, matches, hits) if explained else ()
            return Found(int(np.count_nonzero(found)), before, hits, counts, parts)

    def count(self, query: Node, filters: Filters) -> int:
        with self._sound():
            evaluation = Evaluation(self._opened().snapshot)
            masks = (evaluation.filed(Filed(name, values)) for name, values in filters.items())
            return int(np.count_nonzero(_all_of(evaluation.mask(query), masks)))

    def standing(self, words: Sequence[str]) -> list[int]:
        with self._sound():
            evaluation = Evaluation(self._opened().snapshot)
            masks = (evaluation.mask(Words("", (word,))) for word in words)
            return [int(np.count_nonzero(mask)) for mask in masks]

    def similar_words(self, word: str) -> list[str]:
        with self._sound():
            return self._opened().snapshot.similar_words(word)

    def rebuild(
        self,
        documents: Iterable[IndexDocument],
        progress: Callable[[int], None] | None = None,
        catch_up: CatchUp | None = None,
    ) -> None:
        with self._generations.rebuilding():
            path = self._generations.new()
            segments = Segments(path)
            segments.create()
            builder = Builder()
            for document in documents:
                if builder.full:
                    segments.append(builder.contents())
                    builder = Builder()
                builder.add(document)
                if progress:
                    progress(1)
            if builder.ids:
                segments.append(builder.contents())
            with self._generations.writing():
                _, snapshot = segments.snapshot()  # a torn index fails here, not at a reader's
                if catch_up:
                    segments.change(*catch_up(snapshot.revisions()))
                self._generations.adopt(path)

    def ids(self) -> set[str]:
        return set(self.revisions())

    def revisions(self) -> dict[str, int]:
        return self._opened().snapshot.revisions()

    def stats(self) -> Stats:
        opened = self._opened()
        updated = datetime.fromtimestamp(opened.path.joinpath("words").stat().st_mtime, UTC)
        documents = int(np.count_nonzero(opened.snapshot.live))
        made = self._generations.made(opened.path)
        return Stats(documents, opened.path.name, made.analysis, str(made.schema), updated)

    def state(self) -> str:
        return self._opened().state

    def damaged(self) -> list[str]:
        """The files of the index that do not hold what was written; reads all of them."""
        return self._segments().damaged()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Numbers that lead out of an array may come from a file that was changed."""
        try:
            yield
        except (IndexError, ValueError, OverflowError, MemoryError) as error:
            damaged = self.damaged()
            if damaged:
                raise IndexUnavailable(
                    f"索引文件 {'、'.join(damaged)} 已损坏，请运行 kb rebuild 重建索引"
                ) from error
            raise

    def _segments(self) -> Segments:
        """The segments of the current generation."""
        path = self._generations.current()
        opened = self._open
        return opened.segments if opened and opened.path == path else Segments(path)

    def _opened(self) -> _Open:
        """The generation to read, at its newest state."""
        path = self._generations.current()
        opened = self._open
        if opened and opened.path == path and opened.segments.state() == opened.state:
            return opened
        with self._lock:
            return self._reopened(path)

    def _reopened(self, path: Path) -> _Open:
        """Opens the newest state. A writer may drop the files of a state between the moment it is
        named and the moment it is read; the next one is there by then."""
        segments = self._open.segments if self._open and self._open.path == path else Segments(path)
        for _ in range(_ATTEMPTS):
            try:
                if self._open is None or self._open.state != segments.state():
                    self._open = _Open(path, segments, *segments.snapshot())
                return self._open
            except FileNotFoundError as error:
                missing = error
                time.sleep(0.01)
        raise damage(path) from missing


def _all_of(mask: Mask, others: Iterable[Mask]) -> Mask:
    return reduce(np.logical_and, others, mask)
