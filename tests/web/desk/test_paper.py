"""Cases exported for the paper file: what stands in the document, what its head says, and that it
is written down."""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.web.desk.conftest import TEXT
from tests.web.desk.test_story import add

MASKED = TEXT.replace("店员王小明的电话为13912345678。", "")
AT = "/desk/export.docx"


@pytest.fixture(scope="module")
def batch(kb, editor):
    """Two drafts of a batch without anything open."""
    made = [add(editor, MASKED.replace("某超市", f"{name}粮油店"))[0] for name in "子丑"]
    seen = [f"{one}.{kb.desk.draft(one).revision}" for one in made]
    form = {"field": "batch", "how": "set", "typed": "存卷/批次（示例）"}
    editor.post("/desk/bulk/edit", seen=seen, **form)
    return made


def opened(answer):
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.get_data()))


def words(document):
    return "\n".join(one.text for one in document.paragraphs)


def views(kb, record):
    return [row for row in kb.desk.entries(record) if row.action == "view"]


def test_a_batch_has_title_page_contents_and_every_case(kb, reviewer, batch):
    answer = reviewer.get(AT, batch="存卷/批次（示例）")
    document = opened(answer)
    text = words(document)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert "/" not in answer.headers["Content-Disposition"].split("''")[1]
    assert document.paragraphs[0].text == "存卷/批次（示例）"
    assert "共 2 件（草稿 2 件）" in text
    for title in (kb.desk.draft(one).content.title for one in batch):
        assert text.count(title) == 3  # in the contents, over the case, in its source
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert headings.count("基本案情") == headings.count("典型意义") == 2
    assert "行政处罚应当做到过罚相当。" in text
    assert text.count("来源：") == 2
    assert text.index("1．子") < text.index("2．丑")  # as they came
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert rows["决定日期"] == "2024年5月6日"
    assert "行政处罚法第三十三条第一款" in rows["引用法条"]
    assert "渝中区" in rows["地区"]


def test_it_is_a4_in_chinese_type_with_page_numbers(reviewer, batch):
    document = opened(reviewer.get(AT, id=batch))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    styles = {one.style.name: one.style for one in document.paragraphs}
    fonts = {name: style.element.rPr.rFonts.get(qn("w:eastAsia")) for name, style in styles.items()}
    assert fonts["CaseText"] == "仿宋"
    assert fonts["Heading 1"] == fonts["Heading 2"] == fonts["Title"] == "黑体"
    targets = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert targets == marks != set()
    assert document.core_properties.author == "川渝行政复议案例库"


def test_open_names_mark_every_page_and_are_written_down(kb, editor, reviewer, batch):
    [open_one] = add(editor, TEXT.replace("某超市", "寅店"))
    before = len(views(kb, open_one))
    document = opened(reviewer.get(AT, id=[batch[0], open_one]))
    assert document.sections[0].header.paragraphs[0].text == "内部·未隐名"
    assert "13912345678" in words(document)
    assert len(views(kb, open_one)) == before + 1
    assert "导出" in views(kb, open_one)[0].detail
    assert views(kb, batch[0]) == []
    masked = opened(reviewer.get(AT, id=batch[0]))
    assert masked.sections[0].header.paragraphs[0].text == "内部·未发布"
    assert masked.paragraphs[0].text == kb.desk.draft(batch[0]).content.title


def test_what_is_withdrawn_or_is_none_is_not_exported(editor, administrator, anyone):
    [gone] = add(editor, MASKED.replace("某超市", "卯店"))
    form = {"revision": "1", "reason": "示例"}
    editor.post(f"/desk/drafts/{gone}/steps/discard", **form)
    assert editor.get(AT, id=gone).status_code == 404
    assert editor.get(AT, id="nosuch").status_code == 404
    assert editor.get(AT, batch="没有这一批").status_code == 404
    assert administrator.get(AT, id=gone).status_code == 403
    assert anyone.get(AT, id=gone).status_code == 303


def test_signs_that_xml_cannot_hold_do_no_harm(editor):
    [odd] = add(editor, MASKED.replace("某超市", "辰\x07店\x0b"))
    document = opened(editor.get(AT, id=odd))
    assert re.search("辰.{0,2}店", words(document))
