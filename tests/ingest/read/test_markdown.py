"""Markdown: every word kept; marks, comments and front matter dealt with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import BlockKind
from ingest.read import read, read_bytes
from kb.errors import BadSource


def blocks(text: str):
    return read_bytes(text.encode(), "x.md").blocks


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_no_character_of_the_real_cases_is_lost(shared_data) -> None:
    paths = sorted((shared_data / "cases").rglob("*.md"))
    assert len(paths) == 52
    for path in paths:
        source = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.S)
        source = re.sub(r"^#+", "", source, flags=re.M)
        found = read(path)
        assert bare("".join(block.text for block in found.blocks)) == bare(source)
        assert found.blocks[0].kind is BlockKind.HEADING
        assert found.meta.title == found.blocks[0].text


def test_the_head_of_the_real_form_tells_batch_publisher_and_date() -> None:
    document = read_bytes(
        "# 某案（示例）\n\n某类典型案例\n\n某高级人民法院发布\n\n2022-03-15\n\n"
        "<!-- INFO END -->\n\n## 基本案情\n\n甲。\n".encode(),
        "x.md",
    )
    meta = document.meta
    assert (meta.title, meta.batch, meta.publisher, meta.published) == (
        "某案（示例）", "某类典型案例", "某高级人民法院", "2022-03-15",
    )  # fmt: skip
    assert dict(meta.where) == {
        "title": "第 1 行", "batch": "第 3 行", "publisher": "第 5 行", "published": "第 7 行",
    }  # fmt: skip
    assert [(block.text, block.level) for block in document.blocks] == [
        ("某案（示例）", 1), ("某类典型案例", 0), ("某高级人民法院发布", 0), ("2022-03-15", 0),
        ("基本案情", 2), ("甲。", 0),
    ]  # fmt: skip


def test_front_matter_is_meta_and_no_text() -> None:
    document = read_bytes(
        "---\ntitle: '某案（示例）'\npublisher:\n  - 甲厅\n  - 乙局\n"
        "date: 2024-05-06\nregion: 重庆 # 注\n"
        "tags: [a]\nurl: https://a.example/b\nbatch: 第一批\n---\n\n甲不服。\n".encode(),
        "x.md",
    )
    meta = document.meta
    assert (meta.title, meta.publisher, meta.published, meta.region, meta.url, meta.batch) == (
        "某案（示例）", "甲厅、乙局", "2024-05-06", "重庆", "https://a.example/b", "第一批",
    )  # fmt: skip
    assert [(block.text, block.place) for block in document.blocks] == [("甲不服。", "第 13 行")]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [block.text for block in blocks("---\n甲不服。\n\n---\n乙。")] == ["甲不服。", "乙。"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**基本案情**", "基本案情"),
        ("甲认为，**应当撤销**。", "甲认为，应当撤销。"),
        ("杨**诉某局，李**述称", "杨**诉某局，李**述称"),
        ("黎*波与杨*、19**年", "黎*波与杨*、19**年"),
        ("见[决定书](https://a.example/1.pdf)。", "见决定书。"),
        ("渝府复[2024]1号(续)", "渝府复[2024]1号(续)"),
        ("《关于修改<某法>的决定》", "《关于修改<某法>的决定》"),
        ("A<br>B", "A|B"),
        ("3\\. 甲\\*乙", "3. 甲*乙"),
        ("- 项目一\n- 项目二", "项目一|项目二"),
        ("1. 甲\n2. 乙\n（一）丙", "1. 甲|2. 乙|（一）丙"),
        ("#案例一", "案例一"),
        ("# 案例 #", "案例"),
        ("标题\n====\n正文。", "标题|正文。"),
        ("> 引文。\n> 第二句。", "引文。|第二句。"),
        ("```\n原样\n```", "原样"),
        ("<!-- 注\n释 -->正文。", "正文。"),
        ("甲。  \n乙。", "甲。|乙。"),
    ],
)
def test_marks(line: str, text: str) -> None:
    assert "|".join(block.text for block in blocks(line)) == text


def test_bold_lines_tables_and_files() -> None:
    document = read_bytes(
        "**基本案情**\n\n| 项目 | 金额 |\n|---|---|\n| 罚款 | 5元 |\n\n[附件](a/b.docx)\n".encode(),
        "x.md",
    )
    first, table, _ = document.blocks
    assert first.strong
    assert (table.kind, table.text) == (BlockKind.TABLE, "项目 | 金额\n罚款 | 5元")
    assert document.attachments == ("a/b.docx",)


def test_lines_broken_inside_a_sentence_are_joined() -> None:
    lines = [
        "申请人不服被申请人作出的行政处罚决定，依照第三条",
        "第三条的规定向复议机关申请行政复议，请求撤销该项决",
        "定。",
    ]
    assert [block.text for block in blocks("\n".join(lines))] == ["".join(lines)]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("甲乙丙丁一二，。、：（）《》【】* 12", min_size=1, max_size=40), max_size=6)
)
def test_words_without_marks_come_back(lines: list[str]) -> None:
    lines = [f"甲{line}乙" for line in lines]
    found = "".join(block.text for block in blocks("\n\n".join([*lines, "末。"])))
    assert bare(found) == bare("".join([*lines, "末。"])) or "**" in "".join(lines)


def test_nothing_but_comments_is_refused() -> None:
    with pytest.raises(BadSource, match="没有文字"):
        blocks("<!-- 注释 -->")
