"""`kb cite`: text, files of every kind and standard input; no base is made or needed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.statutes import StatuteBook
from kb.store.database import open_database
from kb.store.statutes import StatuteStore
from tests.kb.statutes.build import TITLE, both

Run = Callable[..., Result]
TEXT = "依照《中华人民共和国行政处罚法》第三十三条第一款、第六十条之一，决定如下。"
PARTS = ("span", "raw", "work", "version", "article", "paragraph", "item", "subitem", "status")


@pytest.fixture
def cite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, typed: bytes | None = None) -> Result:
        return CliRunner().invoke(main, ["cite", *map(str, arguments)], input=typed)

    return run


def told(result: Result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_text_is_looked_through_without_a_base(cite: Run, tmp_path: Path) -> None:
    first, second = told(cite(TEXT, "--decided", "2024-05-06", "--json"))["citations"]
    assert set(first) == {*PARTS, "rule", "label", "candidates", "standing"}
    assert TEXT[slice(*first["span"])] == first["raw"]
    assert first | {"span": 0, "raw": 0, "rule": 0} == {
        "span": 0,
        "raw": 0,
        "rule": 0,
        "work": "行政处罚法",
        "version": "2021-07-15",
        "article": 33,
        "paragraph": 1,
        "item": None,
        "subitem": None,
        "status": "resolved",
        "label": "行政处罚法第三十三条第一款",
        "candidates": [],
        "standing": [],
    }
    assert second["article"] == "60之1"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_plain_file_keeps_its_own_offsets(cite: Run, tmp_path: Path, encoding: str) -> None:
    text = f"　　某某区人民政府\r\n\r\n行政复议决定书\n  {TEXT}\n\n\n{TEXT}"
    file = tmp_path / "决定书.txt"
    file.write_bytes(text.encode(encoding))
    answer = told(cite(file, "--json"))
    assert len(answer["citations"]) == 4
    assert all(text[slice(*c["span"])] == c["raw"] for c in answer["citations"])
    assert answer["text"] is None


@pytest.mark.parametrize(
    "name",
    ["docx-single-hechuan.docx", "pdf-set-fuling.pdf", "one-line.html", "markdown-set-wanzhou.md"],
)
def test_what_is_taken_out_of_a_paper_comes_with_the_offsets(
    cite: Run, samples: Path, name: str
) -> None:
    answer = told(cite(samples / name, "--json"))
    assert answer["citations"]
    assert all(answer["text"][slice(*c["span"])] == c["raw"] for c in answer["citations"])


def test_standard_input_is_read(cite: Run) -> None:
    typed = cite("-", "--json", typed=TEXT.encode())
    assert [c["article"] for c in told(typed)["citations"]] == [33, "60之1"]
    assert told(cite("-", "--json", typed=b""))["citations"] == []


def test_a_table_for_people(cite: Run) -> None:
    shown = cite(f"{TEXT}《某某法》第一条。", "--decided", "2021-07-20").stdout
    assert "版本待定" in shown
    assert "2018-01-01" in shown
    assert "引用 3 处：已认出 0，版本待定 2，未能确认 1" in shown
    assert cite("没有引用").stdout == "没有找到对法规的引用\n"


@pytest.mark.parametrize("text", ["", " ", "长" * 5000, "一\0二", "行政处罚法 第三条 说明.txt"])
def test_what_is_no_file_is_text(cite: Run, text: str) -> None:
    assert "citations" in told(cite("--json", "--", text))


def test_a_base_that_is_there_is_asked(cite: Run, tmp_path: Path) -> None:
    text = f"《{TITLE}》第四条、第九十九条"
    assert {c["status"] for c in told(cite(text, "--json"))["citations"]} == {"unresolved"}
    (tmp_path / "home").mkdir()
    database = open_database(f"sqlite:///{tmp_path / 'home' / 'kb.sqlite3'}")
    book = StatuteBook(StatuteStore(database))
    book.store([book.place(statute) for statute in both()], reader="1")
    database.close()
    answer = told(cite(text, "--decided", "2023-01-01", "--json"))
    assert [c["standing"][0]["standing"] for c in answer["citations"]] == ["found", "absent"]
    shown = cite(text, "--decided", "2015-01-01").stdout
    assert "已有新版本" in shown
    assert "没有这一条款" in shown


def test_a_base_that_cannot_be_read_is_told_of_and_done_without(cite: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "kb.sqlite3").write_bytes(b"not a database" * 100)
    done = cite(TEXT, "--json")
    assert len(told(done)["citations"]) == 2
    assert "未核对条文" in done.stderr


def test_refusals_end_with_two(cite: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    for arguments, said in (
        (["没有.docx"], "没有这个文件"),
        ([tmp_path], "这是文件夹"),
        (["坏.docx"], "文件已损坏"),
        ([TEXT, "--decided", "2024-5-6"], "如 2024-05-06"),
        ([], "TEXT_OR_FILE"),
    ):
        done = cite(*arguments)
        assert done.exit_code == 2
        assert said in done.stderr
