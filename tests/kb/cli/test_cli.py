"""The command line as its users run it: forms others rely on, exit codes, interruption."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result

from kb.cli import COMMANDS, main
from kb.search.document import index_document
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.desk.conftest import EDITOR, ON, through
from tests.kb.store.build import content, source

Run = Callable[..., Result]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a base of its own."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def three(samples: Path, tmp_path: Path) -> Path:
    """A folder of three sources: two that can be read, one that cannot."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("wechat-section-marks.html", "text-set-meishan.txt"):
        (folder / name).write_bytes((samples / name).read_bytes())
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a document")
    return folder


def test_every_command_shows_an_example() -> None:
    for name in COMMANDS:
        command = main.get_command(Context(main), name)
        shown = CliRunner().invoke(main, [name, "--help"])
        assert shown.exit_code == 0
        subcommands = getattr(command, "commands", None)
        assert subcommands or "例：kb" in shown.output, name


def test_one_bad_document_never_stops_the_batch(kb: Run, three: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = kb("ingest", three, "--report", report)
    assert done.exit_code == 1
    assert "broken.docx" in done.stderr
    sources = {Path(s["origin"]).name: s for s in json.loads(report.read_text("utf-8"))["sources"]}
    assert sources["broken.docx"]["outcome"] == "failed"
    assert sources["broken.docx"]["errors"][0]["reason"]
    assert len(sources["text-set-meishan.txt"]["record_ids"]) > 1
    assert sources["wechat-section-marks.html"]["outcome"] == "added"


def test_a_second_run_reads_nothing_that_has_not_changed(kb: Run, three: Path) -> None:
    (three / "broken.docx").unlink()
    assert kb("ingest", three).exit_code == 0
    before = kb("export").stdout
    again = kb("ingest", three, "--json")
    assert again.exit_code == 0
    assert {s["outcome"] for s in json.loads(again.stdout)["sources"]} == {"unchanged"}
    assert kb("export").stdout == before


def test_a_changed_source_becomes_a_new_revision(kb: Run, three: Path) -> None:
    (three / "broken.docx").unlink()
    kb("ingest", three)
    records = [json.loads(line) for line in kb("export").stdout.splitlines()]
    page = three / "text-set-meishan.txt"
    page.write_text(page.read_text("utf-8").replace("过期20天", "过期21天"), "utf-8")
    assert kb("ingest", three).exit_code == 0
    after = [json.loads(line) for line in kb("export").stdout.splitlines()]
    assert [record["id"] for record in after] == [record["id"] for record in records]
    assert sorted(record["revision"] for record in after)[-1] == 2
    assert json.loads(kb("search", '"过期21天"', "--json").stdout)["total"] == 1
    assert json.loads(kb("search", '"过期20天"', "--json").stdout)["total"] == 0


def test_options_of_an_import_are_kept_as_claims(kb: Run, three: Path) -> None:
    page = three / "text-set-meishan.txt"
    kb("ingest", page)
    done = kb("ingest", page, "--publisher", "某司法局（示例）", "--batch", "另一批（示例）")
    assert done.exit_code == 0
    record = json.loads(kb("export").stdout.splitlines()[0])
    assert record["publishers"][0] == "某司法局（示例）"
    assert record["batch"] == "另一批（示例）"
    again = json.loads(kb("ingest", page, "--json").stdout)
    assert again["sources"][0]["outcome"] == "unchanged"


def test_a_dry_run_stores_nothing(kb: Run, three: Path) -> None:
    assert kb("ingest", three / "text-set-meishan.txt", "--dry-run").exit_code == 0
    assert json.loads(kb("stats", "--json").stdout)["records"] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest",),
        ("ingest", "x", "--region", "火星"),
        ("search", "--page", "0"),
        ("nonsense",),
        ("export", "--format", "xml"),
    ],
)
def test_wrong_usage_ends_with_2(kb: Run, arguments: tuple[str, ...]) -> None:
    assert kb(*arguments).exit_code == 2


def test_what_the_environment_says_wrongly_is_told(
    kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORT", "abc")
    assert kb("serve").exit_code == 2
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KB_HOME", str(tmp_path / "file" / "home"))
    done = kb("stats")
    assert (done.exit_code, str(tmp_path / "file" / "home") in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "command", [("search",), ("show",), ("cite",), ("laws", "list"), ("laws", "show")]
)
def test_words_that_are_no_text_are_wrong_usage(kb: Run, command: tuple[str, ...]) -> None:
    done = kb(*command, "a\udcff")
    assert (done.exit_code, "UTF-8" in done.stderr) == (2, True)


def test_a_report_that_cannot_be_written_stops_before_the_import(
    kb: Run, three: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    report.symlink_to(tmp_path / "nowhere" / "report.json")
    done = kb("ingest", three, "--report", report)
    assert (done.exit_code, str(report) in done.stderr) == (2, True)
    assert json.loads(kb("stats", "--json").stdout)["records"] == 0


def test_messages_are_not_broken_into_lines(kb: Run, three: Path) -> None:
    long = three / f"[bold]{'长' * 60}.docx"
    long.write_bytes(b"PK\x03\x04 not a document")
    [line] = [li for li in kb("ingest", three).stderr.splitlines() if long.name in li]
    assert line.startswith("失败")
    assert "：" in line.partition(long.name)[2]


def test_a_new_base_says_where_it_is(kb: Run, tmp_path: Path) -> None:
    assert str(tmp_path / "home") in kb("stats").stderr
    assert kb("stats").stderr == ""


def test_force_reads_again_what_has_not_changed(kb: Run, three: Path) -> None:
    page = three / "text-set-meishan.txt"
    kb("ingest", page)
    [again] = json.loads(kb("ingest", page, "--json").stdout)["sources"]
    [forced] = json.loads(kb("ingest", page, "--force", "--json").stdout)["sources"]
    assert (again["record_ids"], len(forced["record_ids"]) > 1) == ([], True)


def test_forms_that_others_rely_on(kb: Run, three: Path) -> None:
    kb("ingest", three)
    stats = json.loads(kb("stats", "--json").stdout)
    assert {"records", "articles", "by_kind"} <= stats.keys()
    found = json.loads(kb("search", "过期食品", "--json").stdout)
    assert {"total", "hits", "facets", "next", "reading"} <= found.keys()
    exported = [json.loads(line) for line in kb("export", "--format", "jsonl").stdout.splitlines()]
    assert len(exported) == stats["records"] == sum(stats["by_kind"].values())
    shown = json.loads(kb("show", exported[0]["id"], "--json").stdout)
    assert shown == exported[0]
    assert exported[0]["title"] in kb("show", exported[0]["id"]).stdout


def test_an_unknown_record_is_an_error_not_a_traceback(kb: Run) -> None:
    done = kb("show", "nosuchid00")
    assert done.exit_code == 1
    assert "nosuchid00" in done.output
    assert "Traceback" not in done.output


def test_doctor_finds_and_mends_what_the_index_lost(kb: Run, three: Path, tmp_path: Path) -> None:
    kb("ingest", three)
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path / "home")}))
    lost = next(iter(base.published())).id
    base._engine.remove([lost])
    found = kb("doctor", "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["missing"] == [lost]
    assert kb("doctor", "--fix").exit_code == 0
    assert kb("doctor").exit_code == 0


def _checks(found: Result) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in json.loads(found.stdout)["checks"]}


def test_doctor_names_stale_revisions(kb: Run, three: Path, tmp_path: Path) -> None:
    kb("ingest", three)
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path / "home")}))
    case = base.case(next(iter(base.published())).id)
    base._engine.write([replace(index_document(case), revision=case.revision + 1)])
    found = kb("doctor", "--json")
    assert (found.exit_code, json.loads(found.stdout)["stale"]) == (1, [case.id])
    assert kb("doctor", "--fix").exit_code == 0


def _lose_index(home: Path) -> None:
    shutil.rmtree(home / "index")


def _age_index(home: Path) -> None:
    for made in home.glob("index/*/made.json"):
        made.write_text(json.dumps({**json.loads(made.read_text()), "schema": 0}))


def _lose_arrays(home: Path) -> None:
    for file in home.glob("index/*/arrays/*"):
        file.unlink()


def _turn_a_bit(home: Path) -> None:
    [file] = home.glob("index/*/arrays/*")
    data = bytearray(file.read_bytes())
    data[0] ^= 1
    file.write_bytes(data)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("spoil", "failing"),
    [
        (_lose_index, {"词典与索引版本", "库与索引", "索引文件"}),
        (_age_index, {"词典与索引版本", "库与索引", "索引文件"}),
        (_lose_arrays, {"词典与索引版本", "库与索引", "索引文件"}),
        (_turn_a_bit, {"索引文件"}),
    ],
)
def test_doctor_looks_before_it_mends(
    kb: Run, three: Path, tmp_path: Path, spoil: Callable[[Path], None], failing: set[str]
) -> None:
    kb("ingest", three)
    spoil(tmp_path / "home")
    for _ in range(2):  # looking changes nothing
        found = kb("doctor", "--json")
        assert found.exit_code == 1
        assert {name for name, ok in _checks(found).items() if not ok} == failing
    assert "kb rebuild" in kb("doctor").stdout or "kb doctor --fix" in kb("doctor").stdout
    assert kb("doctor", "--fix").exit_code == 0
    assert kb("doctor").exit_code == 0


def test_doctor_tries_the_key_of_the_originals(
    kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"

    def told() -> dict[str, str | bool]:
        checks = json.loads(kb("doctor", "--json").stdout)["checks"]
        return next(check for check in checks if check["name"] == "封存的原文")

    assert told() == {"name": "封存的原文", "ok": True, "detail": "没有"}
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    [record] = base.submit(source("案.txt"), (content(),), parser="1", publish=False).added
    base.desk.save(record, content(title="另一个标题（示例）"), EDITOR, 1)
    through(base.desk, record, *ON)
    base.index_changes()
    assert told()["detail"] == "2 份，都能打开"
    monkeypatch.setenv("KB_ORIGINALS_KEY", "另一把密钥" * 8)
    assert told()["ok"] is False
    assert "2 份打不开" in str(told()["detail"])
    assert kb("doctor").exit_code == 1
    monkeypatch.delenv("KB_ORIGINALS_KEY")
    (home / "originals-key").unlink()
    for _ in range(2):  # looking makes no key
        assert "密钥不见了：请从备份恢复" in str(told()["detail"])
    monkeypatch.setenv("KB_ORIGINALS", "off")
    assert told()["ok"] is True


def test_doctor_tells_of_changes_that_wait(kb: Run, three: Path, tmp_path: Path) -> None:
    kb("ingest", three)
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path / "home")}))
    gone = next(iter(base.published())).id
    base._store.withdraw(gone, "示例理由")
    found = kb("doctor", "--json")
    assert found.exit_code == 1
    assert not _checks(found)["待入索引"]
    assert json.loads(found.stdout)["surplus"] == [gone]
    assert kb("doctor", "--fix").exit_code == 0
    assert kb("doctor").exit_code == 0


def test_rebuild_gives_the_same_answers(kb: Run, three: Path) -> None:
    kb("ingest", three)
    before = json.loads(kb("search", "处罚", "--json").stdout)
    assert kb("rebuild").exit_code == 0
    after = json.loads(kb("search", "处罚", "--json").stdout)
    assert [hit["id"] for hit in after["hits"]] == [hit["id"] for hit in before["hits"]]
    assert after["total"] == before["total"] > 0


@pytest.mark.parametrize("delay", [0.0, 0.15, 0.4])
def test_a_killed_import_goes_on_where_it_stopped(
    tmp_path: Path, samples: Path, delay: float
) -> None:
    """kill -9 in the middle, then the same command again: all is there, once, and found."""
    home = tmp_path / "home"
    environment = {**os.environ, "KB_HOME": str(home)}
    command = [sys.executable, "-m", "kb.cli", "ingest", str(samples)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    database = home / "kb.sqlite3"
    while process.poll() is None and not database.exists():
        time.sleep(0.01)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    assert not any(base.checkup.disagreements())
    assert all(check.ok for check in base.checkup.checks())
    titles = [case.title for case in base.published()]
    assert len(titles) == len(set(titles)) == 49
