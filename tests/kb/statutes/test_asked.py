"""What an address asks for, by whatever name; and what a wrong name may mean."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import BadRequest, NotFound
from kb.statutes import StatuteBook
from kb.statutes.asked import asked, near, typed_article
from kb.store import open_database
from kb.store.statutes import StatuteStore
from tests.kb.statutes.build import TITLE, both


@pytest.fixture
def book(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    book = StatuteBook(StatuteStore(database), lambda: date(2024, 1, 1))
    book.store([book.place(text) for text in both()], reader="1")
    yield book
    database.close()


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (TITLE, TITLE),
        (f" 《{TITLE}》/", TITLE),
        (f"{TITLE}第三条第一款", f"{TITLE}/art-3/para-1"),
        ("行复法@2024-01-01/art-030", "行政复议法@2024-01-01/art-30"),
        ("处罚法33", "行政处罚法/art-33"),
    ],
)
def test_any_name_leads_to_the_title(book, address, canonical):
    assert asked(book, address).address() == canonical


def test_what_is_no_name_and_no_address_is_told_apart(book):
    with pytest.raises(NotFound, match="没有收录名为《无此条例》"):
        asked(book, "无此条例/art-3")
    with pytest.raises(BadRequest, match="不是条文地址"):
        asked(book, f"{TITLE}@2022/art-3")


@pytest.mark.parametrize(
    ("words", "number"),
    [("30", 30), ("第三十条", 30), ("第一百二十条之一", "120之1"), ("120-1", "120之1"), ("３", 3)],
)
def test_an_article_as_it_is_typed(words, number):
    assert typed_article(words) == number


@pytest.mark.parametrize("words", ["", "条", "目录", "第条", "<b>"])
def test_what_is_no_article(words):
    with pytest.raises(BadRequest, match="不是条号"):
        typed_article(words)


def test_a_wrong_name_is_answered_with_what_is_near(book):
    assert near(book, "示例河道管理")[0] == TITLE
    assert near(book, "示例河道管里条例@2022-07-01/art-3")[0] == TITLE
    assert near(book, "法") == []
    assert near(book, "法" * 5000) == []
