"""One file of named arrays, mapped into memory: written once, whole, then only read.

The arrays come first, then a JSON text that says where each begins, then the length of that text
and a mark: a file cut short has no mark at its end.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexUnavailable

Array = NDArray[Any]

_MARK = b"kbarray1"
_TAIL = 8 + len(_MARK)
_ALIGNED = 64


class ArrayFile:
    """A mapped file; threads and processes share its pages, and it stays readable when unlinked.

    facts: what was saved beside the arrays. memory: the bytes of the whole file.
    """

    def __init__(self, path: Path) -> None:
        """Raises FileNotFoundError where there is none, IndexUnavailable for a damaged one."""
        self._descriptor = -1
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            try:
                file.seek(-_TAIL, os.SEEK_END)
                tail = file.read(_TAIL)
                length = int.from_bytes(tail[:8], "little")
                file.seek(-_TAIL - length, os.SEEK_END)
                said = json.loads(file.read(length))
                if tail[8:] != _MARK or said["size"] != size - _TAIL - length:
                    raise ValueError("no mark at the end")
                self.facts: dict[str, Any] = said["facts"]
                self._arrays: dict[str, list[Any]] = said["arrays"]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise IndexUnavailable(f"索引文件 {path.name} 不完整，请运行 kb rebuild") from error
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._descriptor = os.dup(file.fileno())

    def __getitem__(self, name: str) -> Array:
        dtype, count, offset, _ = self._arrays[name]
        return np.frombuffer(self.memory, dtype=dtype, count=count, offset=offset)

    def part(self, name: str, low: int, high: int) -> Array:
        """The entries of an array from low to before high, read from the file: its mapped pages
        would all count as memory of the process."""
        dtype, _, offset, _ = self._arrays[name]
        size = np.dtype(dtype).itemsize
        return np.frombuffer(self.read(offset + low * size, offset + high * size), dtype=dtype)

    def offset(self, name: str) -> int:
        """Where an array begins in `memory`, in bytes."""
        return int(self._arrays[name][2])

    def read(self, begin: int, end: int) -> bytes:
        """The bytes of a stretch, read from the file. Raises IndexError where it can be none."""
        if not 0 <= begin <= end:
            raise IndexError(f"no stretch of a file: {begin} to {end}")
        return os.pread(self._descriptor, end - begin, begin)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def damaged(self) -> list[str]:
        """The arrays that do not hold what was written. Reads the whole file."""
        return [name for name, about in self._arrays.items() if _checksum(self[name]) != about[3]]


def save(path: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Writes a file that lasts through a loss of power once this returns."""
    about: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGNED))
            about[name] = [array.dtype.str, array.size, file.tell(), _checksum(array)]
            array.tofile(file)
        said = {"facts": dict(facts), "arrays": about, "size": file.tell()}
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        file.write(text + len(text).to_bytes(8, "little") + _MARK)
        file.flush()
        os.fsync(file.fileno())


def _checksum(array: Array) -> int:
    return zlib.crc32(np.ascontiguousarray(array).data.cast("B")) if array.size else 0
