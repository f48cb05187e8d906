"""Importing files: what is new only, the rest told apart, nothing lost when broken off."""

from __future__ import annotations

import pytest

from ingest.statutes import importing
from ingest.statutes.importing import find_files, import_statutes
from kb.errors import BadRequest
from kb.statutes import StatuteBook
from kb.store import open_database
from kb.store.statutes import StatuteStore
from tests.ingest.statutes.build import BODY, HISTORY, MARKDOWN, TITLE, docx, markdown


@pytest.fixture
def book(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    yield StatuteBook(StatuteStore(database))
    database.close()


@pytest.fixture
def folder(tmp_path):
    laws = tmp_path / "laws"
    markdown(laws / "地方性法规" / "河道(2022-05-01).md")
    docx(laws / "处罚法.docx", *TITLE, *HISTORY, *BODY)
    return laws


def run(book, *places):
    return import_statutes(book, find_files([str(place) for place in places]))


def states(report):
    return sorted(outcome.state for outcome in report.outcomes)


def test_a_folder_of_both_forms(book, folder):
    report = run(book, folder)
    assert (states(report), report.articles) == (["new", "new"], 8)
    assert book.counts().articles == 8
    assert {work.title for work in book.works()} == {"示例处罚法", "示例市河道管理条例"}


def test_a_second_run_reads_nothing(book, folder):
    run(book, folder)
    report = run(book, folder)
    assert (states(report), report.articles) == (["unchanged"] * 2, 0)


def test_a_changed_file_is_read_again(book, folder):
    run(book, folder)
    markdown(folder / "地方性法规" / "河道(2022-05-01).md", MARKDOWN.replace("一千元", "二千元"))
    assert states(run(book, folder)) == ["changed", "unchanged"]
    assert "二千元" in book.provision("示例市河道管理条例/art-2").article.text


def test_a_file_that_became_the_copy_of_another_gives_up_its_old_text(book, folder):
    second = markdown(folder / "另一部.md", MARKDOWN.replace("河道", "湖泊"))
    run(book, folder)
    markdown(second)
    assert states(run(book, folder)) == ["copy", "unchanged", "unchanged"]
    assert [work.title for work in book.works("湖泊")] == []


def test_a_bad_file_is_told_with_its_line_and_the_others_go_on(book, folder):
    markdown(folder / "坏.md", MARKDOWN + "\n第一条 又一个第一条。\n")
    markdown(folder / "空.md", "")
    (folder / "乱码.md").write_bytes("第一行\n第二行".encode("gbk"))
    markdown(folder / "无日期.md", "# 示例办法\n\n第一条 内容。\n")
    report = run(book, folder)
    told = {outcome.origin.rpartition("/")[2]: outcome for outcome in report.failed}
    assert set(told) == {"坏.md", "空.md", "乱码.md", "无日期.md"}
    assert told["坏.md"].place == "第 23 行"
    assert told["乱码.md"].place == "第 1 行"
    assert "版本" in told["无日期.md"].reason
    assert report.count("new") == 2


def test_broken_off_it_goes_on_where_it_was(book, folder, monkeypatch):
    monkeypatch.setattr(importing, "_PORTION", 1)
    for n in range(5):
        markdown(folder / f"{n}.md", MARKDOWN.replace("河道", f"河道{n}号"))
    seen = 0

    def stop(files, _articles):
        nonlocal seen
        seen += files
        if seen == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_statutes(book, find_files([str(folder)]), stop)
    report = run(book, folder)
    assert (report.count("unchanged"), report.count("new")) == (3, 4)


def test_the_folder_tells_the_rank_where_the_text_does_not(book, folder):
    text = MARKDOWN.replace("示例市人民代表大会常务委员会通过", "通过").replace("示例市", "示例")
    markdown(folder / "行政法规" / "示例.md", text)
    run(book, folder / "行政法规")
    assert book.works()[0].kind.value == "administrative_regulation"


def test_parts_in_several_files_are_one_statute(book, tmp_path):
    head = "# 中华人民共和国示例法典\n\n# {}\n\n2020年5月28日 通过\n\n2021年1月1日 施行\n\n"
    head += "<!-- INFO END -->\n\n## 第一章 某章\n\n"
    markdown(tmp_path / "c" / "一.md", head.format("总则") + "第一条 甲。\n\n第二条 乙。\n")
    markdown(tmp_path / "c" / "二.md", head.format("物权编") + "第三条 丙。\n")
    run(book, tmp_path / "c")
    text = book.text("示例法典")
    assert [article.number for article in text.articles] == [1, 2, 3]
    assert [(entry.text, entry.depth, entry.first) for entry in text.outline] == [
        ("总则", 0, 1),
        ("第一章 某章", 1, 1),
        ("物权编", 0, 3),
        ("第一章 某章", 1, 3),
    ]


def test_files_folders_and_globs_are_found_once(folder):
    found = find_files([str(folder), str(folder / "处罚法.docx"), str(folder / "**" / "*.md")])
    assert [path.name for path in found] == ["河道(2022-05-01).md", "处罚法.docx"]


@pytest.mark.parametrize("place", ["nothing-here", "*.none"])
def test_a_path_that_is_not_there_is_told(tmp_path, place):
    with pytest.raises(BadRequest, match="没有找到"):
        find_files([str(tmp_path / place)])


def test_a_file_of_another_form_is_told(tmp_path):
    path = markdown(tmp_path / "法.pdf")
    with pytest.raises(BadRequest, match=r"不能导入，只读取 \.md"):
        find_files([str(path)])


def test_real_statutes_keep_every_article(book, shared_data):
    """All of the reconsideration laws and of the Civil Code; every line 第…条 is an article."""
    laws = shared_data / "laws"
    report = run(book, laws / "民法典", laws / "诉讼与非诉讼程序法", laws / "行政法")
    assert not report.failed
    assert len(book.text("民法典").articles) == 1260
    assert [version.articles for version in book.works("行政复议法")[0].versions] == [43, 90]
    assert report.articles > 5000
