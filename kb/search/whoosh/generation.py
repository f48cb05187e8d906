"""Generations: an index lives in a folder of its own, and one small file says which is read.

    index/CURRENT            name of the generation being read
    index/<name>/words/      the Whoosh index
    index/<name>/arrays/     beside each of its segments
    index/<name>/made.json   versions of schema and analysis, when it was made
    index/writing.lock       held by whoever writes

Whoosh does not flush to disk, and a torn index may open and fail later. A new generation is
therefore flushed and tried before the pointer moves, and the pointer moves in one step.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import IndexUnavailable
from kb.search.whoosh.schema import SCHEMA_VERSION

_REBUILD = "请运行 kb rebuild 重建索引"


@dataclass(frozen=True, slots=True)
class Made:
    """What a generation was made with; another version of either cannot be read together."""

    schema: int
    analysis: str
    at: str


class Generations:
    """The generations in one folder."""

    def __init__(self, folder: Path, analysis: str) -> None:
        self._folder = folder
        self._analysis = analysis
        self._pointer = folder / "CURRENT"
        self._fitting: tuple[object, Path] | None = None
        """The last one found to be of these versions, and the pointer as it was then."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "writing.lock", timeout=60)
        self._anew = FileLock(folder / "rebuilding.lock", timeout=60)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What whoever writes holds, more than once if need be. Waits up to a minute; then raises
        IndexUnavailable."""
        with _held(self._lock):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """What whoever makes the index anew holds; others go on writing meanwhile."""
        with _held(self._anew):
            yield

    def current(self) -> Path:
        """The folder of the generation to read. Raises IndexUnavailable where there is none, or it
        was made by another version of schema or analysis."""
        try:
            said = self._pointer.stat()  # every search asks: this is sooner done than reading it
            now = said.st_ino, said.st_mtime_ns, said.st_size
            if self._fitting and self._fitting[0] == now:
                return self._fitting[1]
            path = self._folder / self._pointer.read_text("ascii").strip()
            made = self.made(path)
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnavailable(f"索引不存在或已损坏，{_REBUILD}") from error
        if (made.schema, made.analysis) != (SCHEMA_VERSION, self._analysis):
            raise IndexUnavailable(
                f"索引由另一版本的程序或词典建立（索引：结构 {made.schema}、词典 {made.analysis}；"
                f"程序：结构 {SCHEMA_VERSION}、词典 {self._analysis}），{_REBUILD}"
            )
        self._fitting = now, path
        return path

    @staticmethod
    def made(path: Path) -> Made:
        """What a generation says it was made with. Raises OSError, ValueError or TypeError."""
        return Made(**json.loads((path / "made.json").read_text("utf-8")))

    def new(self) -> Path:
        """An empty folder for the next generation. Call while holding `rebuilding`."""
        path = self._folder / datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        path.mkdir()
        made = Made(SCHEMA_VERSION, self._analysis, datetime.now(UTC).isoformat())
        (path / "made.json").write_text(json.dumps(asdict(made)), "utf-8")
        return path

    def adopt(self, path: Path) -> None:
        """Makes a finished generation the one to read, and drops all others but the last, which
        readers may still be reading. Call while holding `rebuilding` and `writing`."""
        _flush(path)
        keep = {path.name}
        with suppress(OSError, ValueError):  # a pointer that cannot be read points nowhere
            keep.add(self._pointer.read_text("ascii").strip())
        following = self._folder / "CURRENT.new"
        following.write_text(path.name, "ascii")
        _flush_file(following)
        following.replace(self._pointer)
        _flush_folder(self._folder)
        for other in self._folder.iterdir():
            if other.is_dir() and other.name not in keep:
                shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _held(lock: FileLock) -> Iterator[None]:
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexUnavailable("另一个进程正在写索引，请稍后再试") from error
    try:
        yield
    finally:
        lock.release()


def _flush(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            _flush_folder(path)
        else:
            _flush_file(path)
    _flush_folder(folder)


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # a folder cannot be opened elsewhere
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
