"""A generation's segments on disk: Whoosh's, and beside each its arrays, under the same name.

The arrays of a new segment are on disk before Whoosh's list of segments names it, so whoever reads
that list finds them. A segment never changes; which of its records are dead stands in the list.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from kb.errors import IndexUnavailable
from kb.search.engine import IndexDocument
from kb.search.whoosh.arrays.build import Builder
from kb.search.whoosh.arrays.contents import Contents
from kb.search.whoosh.arrays.loops import Mask
from kb.search.whoosh.arrays.merge import Source, merged
from kb.search.whoosh.arrays.segment import Segment
from kb.search.whoosh.arrays.snapshot import Snapshot
from kb.search.whoosh.schema import schema
from kb.search.whoosh.segment_writer import fill

# So many segments of about one size are merged into one, up to this many records: few segments
# are to be looked into, but a small change must never wait for a big merge.
_FAN = 8
_MOST_MERGED = 4_096
# Two changes so near each other may leave one time on the folder: it is not gone by until later.
_TICK = 100_000_000  # nanoseconds
_LIST = re.compile(r"_MAIN_(\d+)\.toc")


class Segments:
    """The segments of the generation in one folder. Safe to share between threads; whoever writes
    holds the lock of `kb.search.whoosh.generation`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: dict[str, Segment] = {}
        self._listed = (0, "")  # when the folder last changed, and the state it then named

    def create(self) -> None:
        """Makes an index without records."""
        self._words.mkdir()
        self._arrays.mkdir()
        whoosh_index.create_in(self._words, schema()).close()

    def state(self) -> str:
        """Names the newest state; reads no more than the names of files, and only where the folder
        may have changed: every answer asks more than once."""
        changed = self._words.stat().st_mtime_ns
        listed, state = self._listed
        if listed != changed:
            names = os.listdir(self._words)  # noqa: PTH208 (in a fifth of the time)
            generations = (int(found[1]) for found in map(_LIST.fullmatch, names) if found)
            state = f"{self._path.name}.{max(generations, default=-1)}"
            if time.time_ns() - changed > _TICK:
                self._listed = changed, state
        return state

    def snapshot(self) -> tuple[str, Snapshot]:
        """The newest state with its name. Raises FileNotFoundError where a writer has dropped it
        meanwhile, IndexUnavailable where it is damaged."""
        listed = self._list()
        read = {name: self._segment(name) for name in map(_name, listed.segments)}
        snapshot = Snapshot([(read[_name(s)], _live(s)) for s in listed.segments])
        self._read = read  # a writer in this process may put another in its place
        return f"{self._path.name}.{listed.generation}", snapshot

    def change(self, documents: Iterable[IndexDocument], removed: Sequence[str]) -> None:
        """Puts documents in the place of those with the same ids, and forgets the removed ids.
        Leaves the state as it is where there is nothing to change."""
        builder = Builder()
        for document in documents:
            builder.add(document)
        if not builder.ids and not removed:
            return
        writer = self._writer(compound=True)  # many small segments should not be many files each
        try:
            self._forget(writer.segments, {*builder.ids, *removed})
            kept = [segment for segment in writer.segments if _alive(segment)]
            joining = _to_merge(kept, len(builder.ids))
            contents = self._joined(builder, joining)
            if contents is not None:
                self._add(writer, contents)
            self._commit(writer, [segment for segment in kept if segment not in joining])
        except BaseException:
            writer.cancel()
            raise

    def append(self, contents: Contents) -> None:
        """Adds a segment of records that no other one holds."""
        writer = self._writer(compound=False)
        try:
            self._add(writer, contents)
            self._commit(writer, writer.segments)
        except BaseException:
            writer.cancel()
            raise

    def damaged(self) -> list[str]:
        """The arrays that do not hold what was written. Reads all of them. Raises IndexUnavailable
        where a file is missing, Whoosh's included."""
        try:
            with self._index().reader():
                pass
            listed = map(_name, self._list().segments)
            return [name for name in listed if self._segment(name).damaged()]
        except FileNotFoundError as error:
            raise damage(self._path) from error

    @property
    def _words(self) -> Path:
        return self._path / "words"

    @property
    def _arrays(self) -> Path:
        return self._path / "arrays"

    def _file(self, name: str) -> Path:
        return self._arrays / f"{name}.arrays"

    def _segment(self, name: str) -> Segment:
        return self._read.get(name) or Segment(self._file(name))

    def _list(self) -> Any:
        return self._index()._read_toc()

    def _index(self) -> Any:
        try:
            return whoosh_index.open_dir(self._words)
        except FileNotFoundError:
            raise
        except Exception as error:  # a torn list raises what it likes
            raise damage(self._path) from error

    def _writer(self, *, compound: bool) -> SegmentWriter:
        index = whoosh_index.open_dir(self._words)
        return SegmentWriter(index, timeout=20, codec=W3Codec(), compound=compound)

    def _forget(self, segments: Sequence[Any], ids: Iterable[str]) -> None:
        ids = list(ids)
        for listed in segments:
            numbers = self._segment(_name(listed)).number
            for record_id in ids:
                if record_id in numbers:
                    listed.delete_document(numbers[record_id])

    def _joined(self, builder: Builder, joining: Sequence[Any]) -> Contents | None:
        new = builder.contents()
        if not joining:
            return new if new.size else None
        sources = [Source(new, np.ones(new.size, dtype=np.bool_))] if new.size else []
        for listed in joining:
            segment, live = self._segment(_name(listed)), _live(listed)
            everyone = np.ones(segment.size, dtype=np.bool_)
            sources.append(Source(segment.contents, everyone if live is None else live))
        return merged(sources)

    def _add(self, writer: SegmentWriter, contents: Contents) -> None:
        contents.save(self._file(_name(writer.newsegment)))
        fill(writer, contents)

    def _commit(self, writer: SegmentWriter, kept: Sequence[Any]) -> None:
        writer.commit(mergetype=lambda *_: list(kept))
        current = {_name(segment) for segment in self._list().segments}
        self._read = {name: s for name, s in self._read.items() if name in current}
        for file in self._arrays.iterdir():
            if file.stem not in current:
                file.unlink(missing_ok=True)


def damage(path: Path) -> IndexUnavailable:
    """What to say of the damaged generation in a folder."""
    return IndexUnavailable(f"索引 {path.name} 已损坏，请运行 kb rebuild 重建索引")


def _name(listed: Any) -> str:
    return str(listed.segment_id())


def _alive(listed: Any) -> int:
    return int(listed.doc_count_all() - listed.deleted_count())


def _live(listed: Any) -> Mask | None:
    """The records of a segment that are not deleted; None if all."""
    if not listed.has_deletions():
        return None
    live = np.ones(listed.doc_count_all(), dtype=np.bool_)
    live[list(listed.deleted_docs())] = False
    return live


def _to_merge(segments: Sequence[Any], new: int) -> list[Any]:
    """The segments to merge with new records: from the smallest up, as long as there are enough
    of about one size, or they are no bigger than what they are merged with."""
    ordered = sorted(segments, key=_alive)
    chosen: list[Any] = []
    size = new
    while len(chosen) < len(ordered):
        alike = [s for s in ordered[len(chosen) :] if _alive(s) <= max(size, 1) * _FAN]
        total = size + sum(map(_alive, alike))
        if len(alike) < _FAN - 1 or total > _MOST_MERGED:
            break
        chosen += alike
        size = total
    return chosen
