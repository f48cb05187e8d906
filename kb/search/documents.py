"""Documents for an engine from records: many at once are segmented by several processes."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import cast

from kb.model import Case
from kb.search.document import index_document
from kb.search.engine import IndexDocument
from kb.text.segment import words, words_of_many

_log = logging.getLogger(__name__)

# A process takes a second to read the dictionary: it pays from about so many records on.
_MANY = 2_000
_CHUNK = 64
# Chunks that wait for each process; more would only fill memory.
_AHEAD = 3

Made = list[tuple[str, IndexDocument | None]]


def index_documents(cases: Iterable[Case], expected: int) -> Iterator[IndexDocument]:
    """What an engine is given of each record, in their order. expected: about how many there are.
    One that fails is logged and left out: it must not keep the others from being found."""
    processes = os.cpu_count() or 1
    if expected < _MANY or processes < 2:
        return _told(_made(chunk) for chunk in _chunks(cases))
    return _told(_by_processes(cases, processes))


def made_together(cases: list[Case]) -> Made:
    """The document of each record beside its id, None where that fails. All their texts are cut
    into words at once: of fewer than some dozens `index_document` gives the same as soon."""
    made = _made(cases, str)
    uncut = [text for _, document in made if document for text in document.words.values()]
    found = iter(words_of_many(cast(list[str], uncut)))
    return [
        (record, document and replace(document, words={n: next(found) for n in document.words}))
        for record, document in made
    ]


def _by_processes(cases: Iterable[Case], processes: int) -> Iterator[Made]:
    # A forked copy of a process that has threads may hang; these begin clean.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:
        waiting: deque[Future[Made]] = deque()
        try:
            for chunk in _chunks(cases):
                waiting.append(pool.submit(made_together, chunk))
                if len(waiting) > processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _begin() -> None:
    """Reads the dictionary, and has what a process then holds for good no longer looked through
    for garbage, which takes it a tenth of its time."""
    words_of_many([])
    gc.freeze()


def _chunks(cases: Iterable[Case]) -> Iterator[list[Case]]:
    remaining = iter(cases)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def _made(cases: list[Case], cut: Callable[[str], Sequence[str]] = words) -> Made:
    made: Made = []
    for case in cases:
        try:
            made.append((case.id, index_document(case, cut)))
        except Exception:
            _log.exception("record %s could not be indexed", case.id)
            made.append((case.id, None))
    return made


def _told(chunks: Iterable[Made]) -> Iterator[IndexDocument]:
    for chunk in chunks:
        for record_id, document in chunk:
            if document is None:
                _log.error("record %s is left out of the index", record_id)
            else:
                yield document
