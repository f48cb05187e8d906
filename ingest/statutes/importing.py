"""Brings files of statutes into the book: only what is new, a few files a transaction.

Broken off and run again it goes on where it was. A file that cannot be read is reported with its
line, and the others go on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from glob import glob, has_magic
from pathlib import Path
from typing import Protocol

from ingest.statutes.docx import read_docx
from ingest.statutes.markdown import read_markdown
from kb.errors import BadRequest, BadSource
from kb.law.imported import Placed
from kb.law.statutes import WorkKind
from kb.law.text import StatuteText
from kb.store.statute_writing import Stored

READER = 1
"""Raised when the same file would give another text."""

READERS: Mapping[str, Callable[[Path], StatuteText]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_docx,
}
# A transaction a portion: few waits for the disk, and little lost when broken off.
_PORTION = 1500
# Collections keep statutes in folders by rank, which tells it where the text does not.
_FOLDERS = {
    "宪法": WorkKind.CONSTITUTION,
    "司法解释": WorkKind.JUDICIAL_INTERPRETATION,
    "行政法规": WorkKind.ADMINISTRATIVE_REGULATION,
    "部门规章": WorkKind.DEPARTMENTAL_RULE,
    "地方性法规": WorkKind.LOCAL_REGULATION,
    "地方政府规章": WorkKind.LOCAL_RULE,
}
Progress = Callable[[int, int], None]
"""Called with how many more files and articles are done."""


class Keeper(Protocol):
    """What an import needs of `kb.statutes.StatuteBook`."""

    def dating(self) -> str: ...
    def known_files(self) -> dict[str, tuple[str, str]]: ...
    def place(self, text: StatuteText) -> Placed: ...
    def store(self, texts: Iterable[Placed], *, reader: str) -> list[Stored]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. state: new, changed, unchanged, copy (another file gives the same
    version already: copy_of) or failed (place and reason say where and why)."""

    origin: str
    state: str
    work: str = ""
    version: date | None = None
    articles: int = 0
    copy_of: str = ""
    place: str = ""
    reason: str = ""


@dataclass(slots=True)
class Report:
    """What an import did. seconds: in all; articles: of the files read, whatever their state."""

    outcomes: list[Outcome] = field(default_factory=list)
    articles: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds else 0.0

    def count(self, state: str) -> int:
        return sum(outcome.state == state for outcome in self.outcomes)


def find_files(places: Sequence[str]) -> list[Path]:
    """The files that paths, folders and globs name, each once, in order.

    Raises BadRequest for a path that is not there, or where nothing that can be read is found.
    """
    found: dict[Path, None] = {}
    for place in places:
        here = _named(place)
        if not here:
            known = "、".join(READERS)
            raise BadRequest("PATH", f"“{place}”没有找到可导入的文件（{known}）")
        found |= dict.fromkeys(here)
    return list(found)


def import_statutes(
    keeper: Keeper,
    files: Sequence[Path],
    progress: Progress | None = None,
) -> Report:
    """Imports files; those that did not change are not even parsed."""
    report, started = Report(), time.monotonic()
    reader = f"{READER}.{keeper.dating()}"
    known = keeper.known_files()
    digests = {digest for digest, by in known.values() if by == reader}
    waiting: list[Placed] = []
    for path in files:
        read = _read(keeper, path, known.get(path.as_posix()), reader, digests)
        if isinstance(read, Outcome):
            report.outcomes.append(read)
            if progress:
                progress(1, 0)
            continue
        digests.add(read.text.sha256)
        waiting.append(read)
        if sum(len(placed.text.articles) for placed in waiting) >= _PORTION:
            _store(keeper, waiting, reader, report, progress)
    _store(keeper, waiting, reader, report, progress)
    report.seconds = time.monotonic() - started
    return report


def _named(place: str) -> list[Path]:
    path = Path(place).expanduser()
    if path.is_dir():
        return sorted(file.resolve() for file in path.rglob("*") if _readable(file))
    if path.is_file():
        if path.suffix.lower() not in READERS:
            raise BadRequest("PATH", f"“{place}”不能导入，只读取 {'、'.join(READERS)} 文件")
        return [path.resolve()]
    if has_magic(place):
        hits = sorted(Path(hit) for hit in glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        files = [hit for hit in hits if _readable(hit)]
        inside = [file for hit in hits if hit.is_dir() for file in _named(str(hit))]
        return [*(file.resolve() for file in files), *inside]
    return []


def _readable(path: Path) -> bool:
    """Word's own lock files (~$…) and hidden files are not meant."""
    named = path.suffix.lower() in READERS and not path.name.startswith((".", "~$"))
    return named and path.is_file()


def _read(
    keeper: Keeper, path: Path, before: tuple[str, str] | None, reader: str, digests: set[str]
) -> Placed | Outcome:
    """The text with its place; an outcome where there is nothing to store. before: what the file
    was last read with; digests: of all that need no reading."""
    origin = path.as_posix()
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if before == (digest, reader) or (before is None and digest in digests):
            return Outcome(origin, "unchanged")
        return keeper.place(_ranked(READERS[path.suffix.lower()](path), path))
    except BadSource as error:
        return Outcome(origin, "failed", place=error.place, reason=error.reason)
    except OSError as error:
        return Outcome(origin, "failed", reason=f"无法读取：{error.strerror or error}")


def _ranked(text: StatuteText, path: Path) -> StatuteText:
    """The text with the rank that its folder tells, where it tells none itself."""
    if text.kind is not None:
        return text
    return replace(text, kind=next(_folder_kinds(path), None))


def _folder_kinds(path: Path) -> Iterator[WorkKind]:
    for folder in reversed(path.parts[:-1]):
        if folder in _FOLDERS:
            yield _FOLDERS[folder]


def _store(
    keeper: Keeper,
    waiting: list[Placed],
    reader: str,
    report: Report,
    progress: Progress | None,
) -> None:
    """Stores what waits, in one transaction."""
    if not waiting:
        return
    for stored in keeper.store(waiting, reader=reader):
        report.outcomes.append(
            Outcome(
                stored.origin,
                stored.state,
                work=stored.title,
                version=stored.day,
                articles=stored.articles,
                copy_of=stored.copy_of,
            )
        )
        report.articles += stored.articles
        if progress:
            progress(1, stored.articles)
    waiting.clear()
