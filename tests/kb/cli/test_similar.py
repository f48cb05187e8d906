"""`kb similar`: a file or a text in, the cases like it out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.search.similar import MAX_TEXT
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.search.similar.build import FOOD, FOOD_AGAIN, FOOD_LAW, INJURY, case, stock

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    home = tmp_path / "home"
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    stock(
        base,
        case("某超市不服过期食品罚款案", FOOD, FOOD_LAW),
        case("张某不服不予认定工伤案", INJURY),
    )
    monkeypatch.setenv("KB_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(main, ["similar", *arguments], input=given)

    return ran


def test_a_file_a_text_and_standard_input_are_read(run: Run, tmp_path: Path) -> None:
    text = f"某便利店不服过期食品处罚案\n{FOOD_AGAIN}{FOOD_LAW}"
    (tmp_path / "案情.txt").write_text(text, "utf-8")
    for ran in (run("案情.txt"), run(text), run("-", given=text)):
        assert ran.exit_code == 0
        assert "某超市不服过期食品罚款案（示例）" in ran.stdout
        assert "工伤" not in ran.stdout
        assert "食品安全法第一百二十四条第一款第五项" in ran.stdout


def test_the_answer_is_given_as_data(run: Run) -> None:
    answer = json.loads(run("--json", FOOD_AGAIN).stdout)
    assert answer["similar"][0]["legs"][2]["share"] is None


def test_nothing_similar_and_no_file_are_told(run: Run) -> None:
    assert "没有相似度达到" in run("今天天气很好").stdout
    missing = run("没有.docx")
    assert missing.exit_code == 2
    assert "没有这个文件" in missing.stderr


def test_of_too_long_a_text_the_beginning_is_read(run: Run) -> None:
    ran = run(FOOD_AGAIN + "略" * MAX_TEXT)
    assert ran.exit_code == 0
    assert "只读了前" in ran.stderr
