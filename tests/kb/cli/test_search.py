"""`kb search`: words within the results, synonyms on and off, the way out of an empty answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kb.cli import main


@pytest.fixture
def home(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base with a few of the samples, for the commands to open."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    run("ingest", str(samples / "text-set-meishan.txt"), str(samples / "wechat-section-marks.html"))


def run(*arguments: str) -> str:
    return CliRunner().invoke(main, list(arguments)).stdout


def found(*arguments: str) -> Any:
    return json.loads(run("search", *arguments, "--json"))


@pytest.mark.usefixtures("home")
def test_words_within_the_results_narrow_them() -> None:
    whole = found("行政")
    narrowed = found("行政", "--within", "罚款", "--within", "处罚")
    assert narrowed["within"] == ["罚款", "处罚"]
    assert 0 < narrowed["total"] < whole["total"]
    assert found("行政", "--within", "-行政")["total"] == 0


@pytest.mark.usefixtures("home")
def test_synonyms_can_be_left_out() -> None:
    assert found("小过重罚")["reading"]["notes"]
    assert not found("小过重罚", "--no-synonyms")["reading"]["notes"]


@pytest.mark.usefixtures("home")
def test_an_empty_answer_says_what_to_leave_out() -> None:
    assert "去掉 夔门纤夫，可得" in run("search", "行政 夔门纤夫")
    assert "命中：行政" in run("search", "行政")
