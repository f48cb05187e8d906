"""Files that were sent to the desk, kept for their owner alone until they are read."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePath

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from kb.errors import BadRequest

MOST_FILES, MOST_BYTES, MOST_CHARACTERS = 40, 10_000_000, 200_000
"""Of one request: files, bytes of each, characters of pasted text."""
MAX_BODY = MOST_FILES * MOST_BYTES + 10 * MOST_CHARACTERS
"""Bytes of a request that holds all of that; pasted text takes nine for a character at the most."""
_STRAY = 3600.0
"""Seconds after which a folder that no job knows is left from a request that never ended."""


class Uploads:
    """root: the folder they are in; None for one that ends with the machine's temporary files.

    A job's files are in a folder of its own, each in one named by its content: `folder/digest/name`
    is what a job knows it by.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = (root or Path(tempfile.mkdtemp(prefix="desk-"))).resolve()

    def folder(self) -> str:
        """A new folder, for a job."""
        name = secrets.token_hex(8)
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root.chmod(0o700)  # one from before was open to all
        (self._root / name).mkdir(mode=0o700)
        return name

    def put(self, folder: str, name: str, data: bytes) -> str:
        """Puts a file down; gives what it is known by. The same file again is the same."""
        kept = PurePath(folder, hashlib.sha256(data).hexdigest()[:12], file_name(name))
        path = self._root / kept
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        return kept.as_posix()

    def path(self, kept: str) -> Path:
        return self._root / kept

    def remove(self, kept: str) -> None:
        """Removes a file, with the folders that hold nothing more; or all that a job has."""
        path = self._root / kept
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
            return
        path.unlink(missing_ok=True)
        with suppress(OSError):  # another file is there still
            path.parent.rmdir()
            path.parent.parent.rmdir()

    def sweep(self, known: Iterable[str]) -> None:
        """Removes the folders that no job knows; those of requests under way are left."""
        kept, before = set(known), time.time() - _STRAY
        for path in self._root.iterdir() if self._root.is_dir() else ():
            if path.name not in kept and path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True)


def received(sent: FileStorage) -> bytes:
    """What is in a file that was sent. Raises BadRequest for more than is taken."""
    data = sent.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        said = gettext("超过 %(n)s MB，请拆分后再添加", n=MOST_BYTES // 1_000_000)
        raise BadRequest("file", said)
    return data


def file_name(sent: str) -> str:
    """The file's own name, without folders and what no file system takes."""
    name = re.sub(r"[\x00-\x1f]", "", PurePath(sent.replace("\\", "/")).name)
    path = PurePath(name)
    kept = path.stem.encode()[:150].decode(errors="ignore") + path.suffix[:10]
    return kept if kept.strip(". ") else "未命名"
