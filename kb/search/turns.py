"""Threads that compute take turns: those of one process run one at a time anyway, and in the midst
of each other's work they take a third longer over it (docs/benchmarks.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Whoever waited so long is let in beside one that takes long, in seconds.
_PATIENCE = 0.25


class Turns:
    """A turn is had by one thread at a time; nobody waits long for it."""

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn, until the block ends."""
        own = self._lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if own:
                self._lock.release()
