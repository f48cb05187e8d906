"""Statutes in the store: versions from several files, copies, files that change, who is cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import create_engine

from kb.law.imported import place_text
from kb.law.statutes import Registry
from kb.store import open_database
from kb.store.migrate import alembic_config
from kb.store.statutes import StatuteCounts, StatuteStore
from tests.kb.statutes.build import NEW, NEW_ARTICLES, OLD, OLD_ARTICLES, TITLE, both, statute
from tests.kb.store.build import citing, content, source

NOTHING_KNOWN = Registry([])


@pytest.fixture
def statutes(database):
    return StatuteStore(database)


def put(statutes, *texts, reader="1"):
    return statutes.put([place_text(text, NOTHING_KNOWN) for text in texts], reader=reader)


def days(statutes, title=TITLE):
    work = statutes.work(title)
    return [version.day for version in work.versions] if work else []


def waiting(statutes):
    return {(item.work, item.day) for item in statutes.waiting(100)}


def test_two_versions_of_one_work(statutes):
    assert [stored.state for stored in put(statutes, *both())] == ["new", "new"]
    assert days(statutes) == [OLD, NEW]
    assert statutes.counts() == StatuteCounts(works=1, versions=2, articles=12)
    assert {a.number: a.text for a in statutes.articles(TITLE, NEW)} == NEW_ARTICLES
    assert statutes.article(TITLE, OLD, 4).text == OLD_ARTICLES[4]
    assert statutes.article(TITLE, OLD, 7) is None
    [work] = statutes.works()
    assert (work.title, [v.articles for v in work.versions]) == (TITLE, [6, 6])


def test_the_same_again_changes_nothing(statutes):
    put(statutes, *both())
    state = statutes.state()
    statutes.done(statutes.waiting(100)[-1].seq)
    assert [stored.state for stored in put(statutes, *both())] == ["unchanged", "unchanged"]
    assert (statutes.state(), statutes.backlog()) == (state, 0)


def test_a_newer_reader_reads_again(statutes):
    put(statutes, statute(), reader="1")
    assert [stored.state for stored in put(statutes, statute(), reader="2")] == ["changed"]
    assert statutes.known() == {f"{TITLE}({OLD}).md": (statute().sha256, "2")}


def test_books_in_several_files_are_one_version_in_the_order_of_numbers(statutes):
    one, two = dict(list(OLD_ARTICLES.items())[:3]), dict(list(OLD_ARTICLES.items())[3:])
    second = statute({**two, "4之1": "插入的一条。"}, origin="b.md", headings=("第二编",))
    first = statute(one, origin="z.md", headings=("第一编",))
    put(statutes, second, first)
    read = statutes.articles(TITLE, OLD)
    assert [article.number for article in read] == [1, 2, 3, 4, "4之1", 5, 6]
    assert [article.headings for article in read][2:4] == [("第一编",), ("第二编",)]
    assert statutes.article(TITLE, OLD, "4之1").text == "插入的一条。"
    assert statutes.counts().articles == 7


def test_a_second_copy_of_a_version_is_only_known_of(statutes):
    stored = put(statutes, statute(origin="a.md"), copy("b.md"))
    assert [(s.state, s.copy_of) for s in stored] == [("new", ""), ("copy", "a.md")]
    assert statutes.counts().articles == 6


def test_the_copy_of_the_later_date_is_held(statutes):
    later = copy("b.md", dated=date(2010, 5, 20))
    assert [stored.state for stored in put(statutes, statute(origin="a.md"), later)] == ["new"] * 2
    assert statutes.article(TITLE, OLD, 1).text == "另一抄本。"
    assert statutes.counts().articles == 6


def test_when_the_held_file_moves_to_another_day_its_copy_is_to_be_read_anew(statutes):
    put(statutes, statute(origin="a.md"), copy("b.md"))
    put(statutes, statute(NEW_ARTICLES, day=NEW, origin="a.md"))
    assert statutes.known()["b.md"][0] == ""
    assert [stored.state for stored in put(statutes, copy("b.md"))] == ["changed"]
    assert days(statutes) == [OLD, NEW]
    assert statutes.article(TITLE, OLD, 1).text == "另一抄本。"


def test_a_version_that_no_file_gives_any_more_is_gone(statutes):
    put(statutes, statute(origin="a.md"))
    statutes.done(statutes.waiting(100)[-1].seq)
    put(statutes, statute(NEW_ARTICLES, day=NEW, origin="a.md"))
    assert days(statutes) == [NEW]
    assert waiting(statutes) == {(TITLE, OLD), (TITLE, NEW)}


def test_a_work_that_no_file_gives_any_more_is_gone(statutes):
    put(statutes, statute(origin="a.md"))
    put(statutes, statute(title="示例另一条例", origin="a.md"))
    assert [work.title for work in statutes.works()] == ["示例另一条例"]


def test_a_file_that_moved_is_the_same_file(statutes):
    put(statutes, statute(origin="a.md"))
    assert [s.state for s in put(statutes, statute(origin="moved/a.md"))] == ["unchanged"]
    assert statutes.counts().versions == 1


def test_a_newer_version_has_the_older_one_filed_anew(statutes):
    put(statutes, statute())
    statutes.done(statutes.waiting(100)[-1].seq)
    put(statutes, statute(NEW_ARTICLES, day=NEW))
    assert waiting(statutes) == {(TITLE, OLD), (TITLE, NEW)}


def test_a_reply_without_articles_is_kept_whole(statutes):
    put(statutes, statute({}, preamble="某院：\n关于此事的请示收悉。答复如下。"))
    [version] = statutes.work(TITLE).versions
    assert (version.articles, version.preamble[:3]) == (0, "某院：")


def test_all_or_none(statutes):
    broken = replace(statute(NEW_ARTICLES, day=NEW), articles=statute().articles[:1] * 2)
    with pytest.raises(Exception, match=r"(?i)unique"):
        put(statutes, statute(), broken)
    assert statutes.counts().versions == 0


def test_a_database_from_before_statutes_gains_them(tmp_path):
    url = f"sqlite:///{tmp_path / 'kb.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    engine.dispose()
    database = open_database(url)
    assert put(StatuteStore(database), statute())[0].state == "new"
    database.close()


def test_nul_characters_do_not_break_the_store(statutes):
    put(statutes, statute({1: "甲\0乙"}))
    assert statutes.article(TITLE, OLD, 1).text == "甲乙"


def test_citing_records_are_counted_by_article_and_version(statutes, store):
    told = {name: f"{name}依照《行政处罚法》第三十三条和第三十四条作出。" for name in "甲乙丙"}
    cited = {name: citing(text, "第三十三条") for name, text in told.items()}
    open_version = replace(cited["乙"].value, version=None, article="33之1")
    claims = {
        "甲": (cited["甲"], citing(told["甲"], "第三十四条")),
        "乙": (replace(cited["乙"], value=open_version),),
        "丙": (cited["丙"],),
    }
    for name, text in told.items():
        record = content(f"{name}案", text, citations=claims[name])
        store.submit(source(f"{name}.html"), (record,), parser="1", publish=name != "丙")
    found = {(c.article, c.version): c.records for c in statutes.citing("行政处罚法")}
    assert found == {(33, date(2021, 7, 15)): 1, ("33之1", None): 1}
    assert statutes.citing("行政复议法") == []


def copy(origin, **given):
    return statute({**OLD_ARTICLES, 1: "另一抄本。"}, origin=origin, **given)
