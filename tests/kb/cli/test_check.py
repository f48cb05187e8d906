"""`kb check`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from kb.cli import main

SAMPLES = Path(__file__).parents[3] / "index_data" / "samples"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_findings_are_printed_with_their_masks(tmp_path: Path) -> None:
    path = tmp_path / "笔录.txt"
    path.write_text("申请人陈建国不服处罚，电话13800138025。", "utf-8")
    code, out, _ = run(str(path))
    assert code == 1
    assert "陈建国" in out
    assert "陈某某" in out
    assert "发现 2 项" in out


def test_json_quotes_every_place(tmp_path: Path) -> None:
    path = tmp_path / "笔录.txt"
    path.write_text("申请人陈建国不服处罚，电话13800138025。", "utf-8")
    code, out, _ = run(str(path), "--json")
    (file,) = json.loads(out)["files"]
    assert code == 1
    assert [(one["kind"], one["quote"]) for one in file["findings"]] == [
        ("name", "陈建国"),
        ("phone", "13800138025"),
    ]
    assert file["findings"][0]["places"] == [{"record": 0, "field": "text", "start": 3, "end": 6}]


def test_nothing_found_ends_with_0(tmp_path: Path) -> None:
    path = tmp_path / "案例.txt"
    path.write_text("申请人陈某某不服某局处罚。", "utf-8")
    assert run(str(path))[0] == 0


def test_the_samples_show_nothing_open() -> None:
    code, out, _ = run(str(SAMPLES), "--json")
    found = [one for file in json.loads(out)["files"] for one in file["findings"]]
    assert found == []
    assert code == 0


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "案例.txt"
    path.write_text("申请人陈建国不服处罚。", "utf-8")
    code, out, err = run(str(tmp_path / "没有.docx"), str(path))
    assert code == 1
    assert "不存在" in err
    assert "陈建国" in out
