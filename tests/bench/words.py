"""The corpus as words: segmented once, kept in a small file, the same for every engine measured.

A document is made of sentences, and no word reaches over the end of one, so the words of a document
are those of its sentences in a row. Only the sentences are segmented; the words of a hundred
thousand documents are there in seconds, and take no memory before they are asked for.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.text.normalise import fold_text
from kb.text.segment import stop_words, version, words
from tests.bench.corpus import drawn, sentences

_CODE = ("cut.py", "normalise.py", "numerals.py", "segment.py")
_CHUNK = 2_000


def cache_folder() -> Path:
    """Where what is slow to make is kept between runs (KB_BENCH_CACHE)."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("KB_BENCH_CACHE") or base / "chuanyu-casebase" / "bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def words_version() -> str:
    """Changes with the segmenter, its dictionary, its code and the sentences themselves."""
    made = hashlib.sha256(version().encode())
    for name in _CODE:
        made.update((resources.files("kb.text") / name).read_bytes())
    for sentence in sentences():
        made.update(sentence.encode())
    return made.hexdigest()[:12]


@dataclass(frozen=True)
class Segmented:
    """Every sentence as words. Those of sentence n are vocabulary[ids[starts[n]:starts[n + 1]]]."""

    vocabulary: NDArray[np.object_]
    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def of(self, sentence: int) -> NDArray[np.int32]:
        return self.ids[self.starts[sentence] : self.starts[sentence + 1]]


class Corpus:
    """The first `count` documents of the corpus."""

    def __init__(self, count: int) -> None:
        self.count = count
        parts = [np.array(one, dtype=np.int32) for one in drawn(count)]
        self._parts = np.concatenate(parts)
        self._starts = np.cumsum([0, *(len(one) for one in parts)])

    def __len__(self) -> int:
        return self.count

    @cached_property
    def segmented(self) -> Segmented:
        path = cache_folder() / f"words-{words_version()}.npz"
        if not path.exists():
            _segment(path)
        with np.load(path) as kept:
            vocabulary = kept["vocabulary"].tobytes().decode().split("\n")
            return Segmented(np.array(vocabulary, dtype=np.object_), kept["ids"], kept["starts"])

    def text(self, number: int) -> str:
        pool = sentences()
        return "\n".join(pool[sentence] for sentence in self._sentences(number))

    def ids(self, number: int) -> NDArray[np.int32]:
        """The words of a document by their numbers in the vocabulary."""
        return np.concatenate([self.segmented.of(one) for one in self._sentences(number)])

    def words(self, number: int) -> list[str]:
        found: list[str] = self.segmented.vocabulary[self.ids(number)].tolist()
        return found

    def all_words(self) -> Iterator[list[str]]:
        return (self.words(number) for number in range(self.count))

    def telling(self, draw: random.Random, most: int) -> list[str]:
        """Words of one document that someone may search for."""
        while True:
            found = {w for w in self.words(draw.randrange(self.count)) if _worth_asking(w)}
            if len(found) >= most:
                return draw.sample(sorted(found), most)

    def check(self, draw: random.Random) -> None:
        """Ends the program if a document segmented whole gives other words than its sentences."""
        for number in draw.sample(range(self.count), min(self.count, 20)):
            if words(fold_text(self.text(number))) != self.words(number):
                raise SystemExit(f"document {number}: its words are not those of its sentences")

    def _sentences(self, number: int) -> NDArray[np.int32]:
        return self._parts[self._starts[number] : self._starts[number + 1]]


def _worth_asking(word: str) -> bool:
    return len(word) > 1 and word not in stop_words()


def _segment(path: Path) -> None:
    pool = sentences()
    chunks = [pool[start : start + _CHUNK] for start in range(0, len(pool), _CHUNK)]
    codes: dict[str, int] = {}
    ids: list[int] = []
    starts = [0]
    with Pool() as workers:
        for chunk in workers.imap(_words_of, chunks):
            for found in chunk:
                ids += [codes.setdefault(word, len(codes)) for word in found]
                starts.append(len(ids))
    partial = path.with_name("part.npz")
    np.savez(
        partial,
        vocabulary=np.frombuffer("\n".join(codes).encode(), dtype=np.uint8),
        ids=np.array(ids, dtype=np.int32),
        starts=np.array(starts, dtype=np.int64),
    )
    for older in path.parent.glob("words-*.npz"):
        older.unlink(missing_ok=True)
    partial.replace(path)


def _words_of(chunk: list[str]) -> list[list[str]]:
    return [words(fold_text(sentence)) for sentence in chunk]
