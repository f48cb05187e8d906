"""Markdown statutes: a small one field by field, and every real one by its number of articles."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ingest.statutes.markdown import read_markdown
from kb.errors import BadSource
from kb.law.statutes import WorkKind
from tests.ingest.statutes.build import MARKDOWN, markdown

ARTICLE_LINE = re.compile("^第[一二三四五六七八九十百千零〇]+条", re.MULTILINE)

# A line that begins like an article but continues the history line above it, which is broken.
NOT_ARTICLES = {"文物保护法(2017-11-04).md": 1}
WITHOUT_TEXT = {
    "重庆市实施《农业技术推广法》办法(2016-09-29).md",
    "重庆市实施《国家赔偿法》办法(2012-09-27).md",
    "重庆市实施《母婴保健法》办法(2018-07-26).md",
}


def read(folder, text=MARKDOWN, name="示例.md"):
    return read_markdown(markdown(folder / name, text))


def test_a_small_statute(tmp_path):
    text = read(tmp_path)
    assert (text.work, text.kind) == ("示例市河道管理条例", WorkKind.LOCAL_REGULATION)
    assert (text.dated, text.in_force, text.rule) == (date(2022, 5, 1), date(2022, 7, 1), "head")
    assert [(a.number, a.headings, a.line) for a in text.articles] == [
        (1, ("第一章 总则",), 11),
        (2, ("第一章 总则",), 13),
        (3, ("第二章 附则",), 21),
    ]
    assert text.articles[1].text.splitlines()[1:] == [
        "（一）在河道内洗车的；",
        "（二）损坏护栏的。",
    ]


def test_a_list_of_contents_is_passed_over(tmp_path):
    contents = "目录\n\n第一章 总则……1\n\n第二章 附 则\n\n"
    text = read(tmp_path, MARKDOWN.replace("## 第一章", contents + "## 第一章", 1))
    assert text.preamble == ""
    assert text.articles[0].headings == ("第一章 总则",)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings_and_a_byte_order_mark_change_nothing(tmp_path, ending):
    path = tmp_path / "示例.md"
    path.write_bytes(("\ufeff" + MARKDOWN.replace("\n", ending)).encode())
    assert [a.text for a in read_markdown(path).articles] == [
        a.text for a in read(tmp_path).articles
    ]


def test_a_file_of_another_encoding_names_the_line(tmp_path):
    path = tmp_path / "示例.md"
    path.write_bytes(b"# title\n\n" + "示例".encode("gb18030"))
    with pytest.raises(BadSource, match=r"示例\.md（第 3 行）：应为 UTF-8"):
        read_markdown(path)


def test_every_line_that_begins_an_article_is_one(shared_data):
    differing, without, total = {}, set(), 0
    for path in sorted((shared_data / "laws").rglob("*.md")):
        lines = len(ARTICLE_LINE.findall(path.read_text("utf-8")))
        try:
            found = len(read_markdown(path).articles)
        except BadSource:
            without.add(path.name)
            continue
        total += found
        if found != lines:
            differing[path.name] = lines - found
    assert (differing, without) == (NOT_ARTICLES, WITHOUT_TEXT)
    assert total == 69_295
