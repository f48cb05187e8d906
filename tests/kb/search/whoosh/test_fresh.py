"""Changes are seen at once, whoever made them and however fast they follow each other."""

from pathlib import Path

import pytest

from kb.search.whoosh import segments
from kb.search.whoosh.engine import WhooshEngine
from tests.contract.test_engine import document


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path, "1")
    engine.rebuild([document("a", "某餐饮店")])
    return engine


def test_what_another_writes_is_seen_at_once(engine: WhooshEngine, tmp_path: Path) -> None:
    other = WhooshEngine(tmp_path, "1")
    held = {"a"}
    for number in range(12):
        other.write([document(f"b{number}", "某超市")])
        held.add(f"b{number}")
        assert engine.ids() == held == engine.ids()
    other.remove(["a"])
    assert engine.ids() == held - {"a"}


def test_what_is_written_in_the_time_of_another_change_is_seen(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    """As where the clock of the files is slow: the folder does not tell the two apart."""
    other = WhooshEngine(tmp_path, "1")
    words = segments.Segments(engine._generations.current())._words
    other.write([document("b", "某超市")])
    first = words.stat()
    assert engine.ids() == engine.ids() == {"a", "b"}
    other.write([document("c", "某药店")])
    segments.os.utime(words, ns=(first.st_atime_ns, first.st_mtime_ns))
    assert engine.ids() == {"a", "b", "c"}


def test_a_folder_that_did_not_change_is_not_listed_again(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([document("b", "某超市")])
    monkeypatch.setattr(segments, "_TICK", -1)
    assert engine.ids() == engine.ids() == {"a", "b"}
    monkeypatch.setattr(segments.os, "listdir", lambda _: pytest.fail("listed"))
    assert engine.ids() == {"a", "b"}
