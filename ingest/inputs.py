"""What a user names — files, folders, globs, URLs — as a list of single sources."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.read import SUFFIXES

_URL = re.compile(r"https?://", re.I)
# Not readable, yet surely meant to be sources: the reader says what to do with them.
_UNREADABLE = frozenset({".doc", ".wps", ".rtf", ".ofd"})
_NO_SOURCES = re.compile(
    r"(?:readme|license|licence|changelog|contributing|notice|sources)(?:[._-].*)?$", re.I
)
_LEFT_BY_OFFICE = ("~$", ".~", "._")


@dataclass(frozen=True, slots=True)
class Input:
    """One source to be. origin: the URL, or the whole path with /. problem: why there is nothing
    to read, "" mostly."""

    origin: str
    path: str = ""
    is_url: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The sources in the order named, each once; ignored: files left alone, with the reason."""

    inputs: tuple[Input, ...]
    ignored: tuple[str, ...]


def expand(named: Iterable[str]) -> Inputs:
    """Every source that the names stand for; a name that stands for none is one with a problem."""
    found: dict[str, Input] = {}
    ignored: list[str] = []
    for name in named:
        for item in _of_name(str(name), ignored):
            found.setdefault(item.origin, item)
    return Inputs(tuple(found.values()), tuple(dict.fromkeys(ignored)))


def origin_of(path: Path) -> str:
    """How a file is named in the base: the same from whichever folder it is imported."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - links stay as they are named


def shown(origin: str) -> str:
    """An origin as people read it: files below the current folder by the path from there."""
    here = f"{Path.cwd().as_posix().rstrip('/')}/"
    return origin.removeprefix(here)


def _of_name(name: str, ignored: list[str]) -> Iterator[Input]:
    if _URL.match(name):
        yield Input(name, is_url=True)
        return
    path = Path(name).expanduser()
    if path.exists():
        yield from _of_path(path, ignored)
    elif glob.has_magic(name):
        matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - ** and absolute
        if not matches:
            yield Input(name, problem="没有匹配的文件")
        for match in matches:
            yield from _of_path(Path(match), ignored)
    elif "://" in name:
        yield Input(name, problem="只能读取 http 和 https 网址")
    else:
        yield Input(name, problem="文件或文件夹不存在，请核对路径")


def _of_path(path: Path, ignored: list[str]) -> Iterator[Input]:
    if not path.is_dir():
        yield Input(origin_of(path), str(path))
        return
    files = list(_of_folder(path, ignored))
    yield from files
    if not files:
        yield Input(origin_of(path), problem="文件夹中没有可以导入的文件")


def _of_folder(folder: Path, ignored: list[str]) -> Iterator[Input]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in [name for name in folders if _is_saved_with_page(name, files)]:
            folders.remove(name)
            ignored.append(f"{shown(origin_of(Path(here, name)))}：网页另存时的附属文件夹")
        for name in sorted(files):
            path = Path(here, name)
            if reason := _not_a_source(name):
                ignored.append(f"{shown(origin_of(path))}：{reason}")
            else:
                yield Input(origin_of(path), str(path))


def _not_a_source(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if _is_hidden(name) or name.startswith(_LEFT_BY_OFFICE):
        return "隐藏文件或临时文件"
    if _NO_SOURCES.match(name):
        return "说明文件"
    return (
        ""
        if suffix in {*SUFFIXES, *_UNREADABLE}
        else f"不支持的文件类型 {suffix or '（无扩展名）'}"
    )


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in ("__pycache__", "__MACOSX", "node_modules")


def _is_saved_with_page(name: str, files: list[str]) -> bool:
    """page_files/ beside page.html: what a browser saves with a page."""
    base = re.sub(r"(?:_files|\.files|_文件)$", "", name)
    return base != name and any(f"{base}{suffix}" in files for suffix in (".html", ".htm"))
