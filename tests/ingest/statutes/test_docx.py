"""DOCX in the form of the national database of laws."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document

from ingest.statutes.docx import read_docx
from kb.errors import BadSource
from kb.law.statutes import WorkKind
from tests.ingest.statutes.build import BODY, CONTENTS, HISTORY, ORDER, TITLE, docx


def read(folder, *paragraphs, name="法.docx"):
    return read_docx(docx(folder / name, *paragraphs))


def test_a_law_of_the_national_database(tmp_path):
    text = read(tmp_path, *TITLE, *HISTORY, *CONTENTS, *BODY)
    assert (text.full_title, text.work) == ("中华人民共和国示例处罚法", "示例处罚法")
    assert (text.kind, text.issuer) == (WorkKind.LAW, "全国人民代表大会")
    assert (text.dated, text.in_force, text.rule) == (
        date(2022, 5, 1),
        date(2022, 7, 15),
        "closing_article",
    )
    assert [line.partition("日")[0] for line in text.history] == [
        "1996年3月17",
        "根据2009年8月27",
        "2022年5月1",
    ]
    assert [article.number for article in text.articles] == [1, 2, 3, "3之1", 4]
    assert text.articles[1].text == "示例处罚由示例机关作出。\n情节轻微的，不予处罚。"
    assert text.articles[2].text.splitlines()[1] == "（一）主动改正的；"
    assert text.articles[2].headings == ("第二章 处罚的决定", "第一节 一般规定")
    assert text.articles[0].headings == ("第一章 总则",)
    assert text.articles[3].text == "立功的，可以减轻处罚。"
    assert text.articles[4].headings == ("附则",)
    assert text.preamble == ""


def test_contents_are_not_text(tmp_path):
    with_contents = read(tmp_path, *TITLE, *HISTORY, *CONTENTS, *BODY)
    without = read(tmp_path, *TITLE, *HISTORY, *BODY)
    assert [(a.number, a.text, a.headings) for a in with_contents.articles] == [
        (a.number, a.text, a.headings) for a in without.articles
    ]


def test_lines_are_paragraphs_of_the_document(tmp_path):
    text = read(tmp_path, *TITLE, "", *HISTORY, *BODY)
    assert text.articles[0].line == 5


def test_an_order_of_promulgation_is_not_the_title(tmp_path):
    text = read(tmp_path, *ORDER, "2022年5月1日", *TITLE, *HISTORY, *BODY)
    assert text.work == "示例处罚法"
    assert len(text.history) == 3


def test_a_judicial_interpretation_with_its_court_on_a_line_of_its_own(tmp_path):
    text = read(
        tmp_path,
        "最高人民法院",
        "最高人民检察院",
        "关于办理示例案件适用法律的解释",
        "（2017年11月13日最高人民法院审判委员会第1726次会议通过，自2018年2月8日起施行）",
        "法释〔2018〕1号",
        "为了正确办理示例案件，制定本解释。",
        "第一条　示例案件由示例法院管辖。",
    )
    assert text.work == "最高人民法院最高人民检察院关于办理示例案件适用法律的解释"
    assert (text.kind, text.in_force, text.rule) == (
        WorkKind.JUDICIAL_INTERPRETATION,
        date(2018, 2, 8),
        "head",
    )
    assert text.preamble == "为了正确办理示例案件，制定本解释。"


def test_a_reply_without_articles(tmp_path):
    text = read(
        tmp_path,
        "最高人民法院关于示例问题的批复",
        "（2017年11月13日最高人民法院审判委员会第1726次会议通过）",
        "示例省高级人民法院：",
        "你院的请示收悉。答复如下。",
    )
    assert text.work == "最高人民法院关于示例问题的批复"
    assert text.articles == ()
    assert text.preamble.splitlines()[-1] == "你院的请示收悉。答复如下。"


def test_the_day_of_the_file_serves_where_the_text_is_silent(tmp_path):
    text = read(tmp_path, *TITLE, *BODY[:3], name="示例处罚法_20220501.docx")
    assert (text.dated, text.rule) == (date(2022, 5, 1), "file_name")


def test_tables_keep_their_words(tmp_path):
    path = docx(tmp_path / "法.docx", *TITLE, *HISTORY, *BODY)
    document = Document(str(path))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "档次", "罚款"
    document.save(str(path))
    assert read_docx(path).articles[-1].text.endswith("档次 | 罚款")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"<html></html>"])
def test_a_damaged_file_says_so(tmp_path, data):
    path = tmp_path / "法.docx"
    path.write_bytes(data)
    with pytest.raises(BadSource, match=r"法\.docx：文件已损坏"):
        read_docx(path)


def test_an_empty_document_says_what_was_expected(tmp_path):
    with pytest.raises(BadSource, match="没有文字"):
        read(tmp_path)


def test_a_number_that_comes_twice_names_the_line(tmp_path):
    with pytest.raises(BadSource, match=r"第 5 行.*第1条重复出现，首次在第 4 行"):
        read(tmp_path, *TITLE, *HISTORY, BODY[0], BODY[1], BODY[1])
