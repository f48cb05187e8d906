"""Digests of the data files, so that what was made with other knowledge can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable


@cache
def digest(files: tuple[Traversable, ...]) -> str:
    """Twelve hexadecimal digits that change with any file's bytes, name or place in the order. Read
    once in a process, as are the files themselves."""
    made = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        made.update(f"{file.name} {len(data)}\n".encode() + data)
    return made.hexdigest()[:12]


def ending(folder: Traversable, endings: Iterable[str]) -> tuple[Traversable, ...]:
    """The files of a folder whose names end so, in the order of their names."""
    wanted = tuple(endings)
    files = (file for file in folder.iterdir() if file.name.endswith(wanted))
    return tuple(sorted(files, key=lambda file: file.name))
