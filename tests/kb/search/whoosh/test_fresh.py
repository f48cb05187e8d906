"""Changes are seen though the newest state is looked for only now and then."""

import threading
from pathlib import Path

import pytest

from kb.search.whoosh import engine as module
from kb.search.whoosh.engine import WhooshEngine
from kb.search.whoosh.segments import Segments
from tests.contract.test_engine import document


@pytest.fixture
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FRESH", 3_600.0)


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path, "1")
    engine.rebuild([document("a", "某餐饮店")])
    return engine


@pytest.mark.usefixtures("seldom")
def test_what_is_written_here_is_seen_at_once(engine: WhooshEngine) -> None:
    assert engine.ids() == {"a"}
    engine.write([document("b", "某超市")])
    assert engine.ids() == {"a", "b"}
    engine.remove(["a"])
    assert engine.ids() == {"b"}
    engine.rebuild([document("c", "某药店")])
    assert engine.ids() == {"c"}


@pytest.mark.usefixtures("seldom")
def test_a_look_from_before_a_change_does_not_hide_it(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, go_on = threading.Event(), threading.Event()
    whole = Segments.state

    def slow(segments: Segments) -> str:
        state = whole(segments)
        if threading.current_thread() is reader:
            looked.set()
            go_on.wait(60)
        return state

    assert engine.ids() == {"a"}
    engine._looked = float("-inf")  # long ago
    reader = threading.Thread(target=engine.ids)
    monkeypatch.setattr(Segments, "state", slow)
    reader.start()
    assert looked.wait(60)
    engine.write([document("c", "某药店")])
    go_on.set()
    reader.join()
    assert engine.ids() == {"a", "c"}


def test_another_process_is_followed(engine: WhooshEngine, tmp_path: Path) -> None:
    assert engine.ids() == {"a"}
    WhooshEngine(tmp_path, "1").write([document("b", "某超市")])
    while engine.ids() != {"a", "b"}:
        pass
