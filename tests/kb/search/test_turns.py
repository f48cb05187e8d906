"""Turns: one thread at a time, and nobody waits for ever."""

from threading import Event, Thread

import pytest

from kb.search import turns
from kb.search.turns import Turns


def _hold(held: Turns, begun: Event, end: Event) -> Thread:
    def work() -> None:
        with held.one():
            begun.set()
            end.wait()

    thread = Thread(target=work)
    thread.start()
    return thread


def test_the_next_one_begins_when_the_turn_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 60.0)
    held = Turns()
    first, second = (Event(), Event()), (Event(), Event())
    threads = [_hold(held, *first)]
    first[0].wait()
    threads.append(_hold(held, *second))
    assert not second[0].wait(0.1)
    first[1].set()
    assert second[0].wait(30)
    second[1].set()
    for thread in threads:
        thread.join()


def test_whoever_waits_long_is_let_in_and_takes_no_turn_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    held, begun, end = Turns(), Event(), Event()
    thread = _hold(held, begun, end)
    begun.wait()
    with held.one():
        pass
    assert held._lock.locked()  # still the first one's
    end.set()
    thread.join()
    assert not held._lock.locked()
