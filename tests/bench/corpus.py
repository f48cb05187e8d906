"""A corpus to measure on: documents mixed, with a seed, from real sentences of statutes."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LENGTH = 2_000
_ROOT = Path(__file__).parent.parent.parent


def shared() -> Path:
    """The folder of real data; ends the program with the reason where it is absent."""
    folder = Path(os.environ.get("KB_SHARED", _ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        raise SystemExit(f"no real data at {folder}; set KB_SHARED to the folder that holds data/")
    return folder


@cache
def sentences() -> list[str]:
    """Every sentence of the statutes, in the order of the files' names."""
    found = []
    for path in sorted((shared() / "laws").rglob("*.md")):
        body = path.read_text("utf-8").partition("<!-- INFO END -->")[2]
        for line in body.splitlines():
            if line and not line.startswith("#"):
                found += [part + "。" for part in line.strip().split("。") if len(part) > 8]
    return found


def drawn(count: int, seed: int = 20250715) -> Iterator[list[int]]:
    """Documents of about LENGTH characters, each as the numbers of its sentences."""
    sizes = [len(sentence) for sentence in sentences()]
    draw = random.Random(seed)
    for _ in range(count):
        parts: list[int] = []
        size = 0
        while size < LENGTH:
            parts.append(draw.randrange(len(sizes)))
            size += sizes[parts[-1]]
        yield parts


def documents(count: int, seed: int = 20250715) -> Iterator[str]:
    """The same as texts, a sentence a line."""
    pool = sentences()
    for parts in drawn(count, seed):
        yield "\n".join(pool[number] for number in parts)


def percentile(times: list[float], share: float) -> float:
    """In milliseconds, of times in seconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]
