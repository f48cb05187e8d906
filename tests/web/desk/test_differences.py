"""Two texts word by word: what stayed, was put in, was taken out."""

import pytest

from web.desk.differences import Run, runs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("罚款五万元。\n决定撤销。", "罚款三万元。\n决定撤销。"),
        ("", "新"),
        ("旧\n", ""),
        ("长" * 25_000, "短" * 25_000),
    ],
)
def test_runs_hold_both_texts_whole(old, new):
    found = runs(old, new)
    assert "".join(run.text for run in found if run.kind != "ins") == old
    assert "".join(run.text for run in found if run.kind != "del") == new


def test_only_the_word_that_changed_is_marked():
    found = runs("罚款五万元。\n决定撤销。", "罚款三万元。\n决定撤销。")
    changed = "".join(run.text for run in found if run.kind)
    assert len(changed) < len("罚款五万元罚款三万元")
    assert "决定" not in changed


def test_texts_too_long_to_be_compared_word_by_word_are_shown_whole():
    old, new = "甲。" * 15_000, "乙，" * 15_000
    assert runs(old, new) == (Run("del", old), Run("ins", new))
