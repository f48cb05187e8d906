"""What the gates say, in either language."""

import json
import re
from pathlib import Path

import pytest

from ingest.check import files
from ingest.check.findings import Certainty, Field, Kind
from ingest.check.privacy import check
from kb.desk import STAGE_LABELS, Label, Message
from kb.desk.rulebook import rulebook
from kb.labels import FIELD_LABELS, ROLE_LABELS
from kb.model import Beside
from tests.kb.store.build import content
from tests.web.desk.test_story import add
from web.desk.said import of_file, of_finding, worded

GOLDEN = Path(__file__).parents[2] / "golden" / "privacy"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^“”]*”|法释〔2016〕19号|未成年人保护法")


@pytest.fixture
def english(desk_app):
    with desk_app.test_request_context("/desk/?lang=en"):
        yield


def findings():
    for path in sorted(GOLDEN.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield from check(content("示例", json.loads(line)["text"]))


def test_a_message_is_what_it_was_made_of():
    said = Message("“%(what)s”有 %(n)s 处", what=(Label("正文"), "某店"), n=2)
    assert said == "“正文、某店”有 2 处"
    assert worded("别的话") == "别的话"


@pytest.mark.usefixtures("english")
def test_every_reason_of_the_checks_has_its_english():
    shown = [(one, of_finding(one)) for one in findings()]
    assert len({one.rule for one, _ in shown}) > 10
    assert [one.why for one, said in shown if one.why not in said] == []
    english = [worded(said) for _, said in shown]
    assert [words for words in english if CHINESE.search(QUOTED.sub("", words))] == []


@pytest.mark.usefixtures("english")
def test_what_a_file_says_too():
    rules = {**files._LABELS, "x": "批注", "y": "隐藏文字", "z": "作者（XMP）"}
    for part in ("", "属性"):
        for rule, label in rules.items():
            one = Beside(f"metadata.{rule}", "陈建国", files._WHY.format(part, label))
            said = of_file(one)
            assert one.why in said
            assert not CHINESE.search(worded(said).replace("陈建国", ""))


@pytest.mark.usefixtures("english")
def test_every_word_of_ours_has_its_english():
    ours = [
        *(one.label for kind in (Kind, Certainty, Field) for one in kind),
        *(step.label for step in rulebook().steps),
        *STAGE_LABELS.values(),
        *FIELD_LABELS.values(),
        *ROLE_LABELS.values(),
    ]
    assert [one for one in ours if CHINESE.search(worded(Message("%(it)s", it=Label(one))))] == []


def test_the_page_says_them_in_the_language_of_its_reader(editor):
    [record] = add(editor, "某人不服处理案（示例）\n【基本案情】\n某人的电话为13912345678。")
    path = f"/desk/drafts/{record}"
    assert "没有填写处理结果" in editor.page(path)
    page = editor.page(path, lang="en")
    editor.get(path, lang="zh")  # it is remembered
    section = page[page.index('id="gates"') :]
    assert "Outcome is empty: fill it in" in section
    assert "A section is missing, any of these will do: Review, " in section
    assert "“13912345678” in Text (telephone number, likely)" in section
