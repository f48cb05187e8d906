"""`kb laws`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kb.cli import main
from tests.ingest.statutes.build import MARKDOWN, markdown


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["laws", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path):
    markdown(tmp_path / "laws" / "河道.md")
    return tmp_path / "laws"


def test_import_list_and_show(run, folder):
    done = run("import", folder)
    assert (done.exit_code, "新增 1" in done.stdout) == (0, True)
    assert "kb laws index" in done.stderr
    assert "kb laws index" not in run("import", folder).stderr
    assert "示例市河道管理条例　2022-07-01（3 条）" in run("list", "河道").stdout
    assert "共 0 部" in run("list", "湖泊").stdout
    whole = run("show", "示例市河道管理条例").stdout
    assert "第一章 总则" in whole
    assert "第三条　本条例自2022年7月1日起施行。" in whole
    one = json.loads(run("show", "示例市河道管理条例/art-2/para-1/item-1", "--json").stdout)
    assert one["address"] == "示例市河道管理条例@2022-07-01/art-2/para-1/item-1"
    assert one["text"][one["asked"]["start"] : one["asked"]["end"]] == "（一）在河道内洗车的；"


def test_a_bad_file_ends_with_one_and_stands_in_the_report(run, folder, tmp_path):
    markdown(folder / "坏.md", MARKDOWN + "\n第一条 重复。\n")
    done = run("import", folder, "--report", tmp_path / "report.json", "--json")
    assert done.exit_code == 1
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert json.loads(done.stdout) == report
    assert (report["files"], report["new"], report["failed"]) == (2, 1, 1)
    bad = next(row for row in report["sources"] if row["state"] == "failed")
    assert bad["place"] == "第 23 行"
    assert "第1条重复出现" in bad["reason"]


@pytest.mark.parametrize(
    "arguments", [("import",), ("import", "没有这个文件夹"), ("show", "第三条/x")]
)
def test_wrong_usage_ends_with_two(run, arguments):
    assert run(*arguments).exit_code == 2


def test_what_is_not_there_is_told_without_a_traceback(run):
    shown = run("show", "没有这部法/art-1")
    assert (shown.exit_code, "没有收录" in shown.output) == (1, True)


@pytest.mark.parametrize("command", ["import", "list", "show"])
def test_help_gives_an_example(run, command):
    assert f"例：kb laws {command}" in run(command, "--help").stdout
