"""The book of statutes: versions, articles, what changed, whether a citation stands."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest

from kb.errors import BadRequest, NotFound
from kb.law import cite
from kb.law.crosswalk import Relation
from kb.law.provisions import Pinpoint, Provision
from kb.search.query import Everything
from kb.search.request import FacetName, Sort
from kb.search.statutes import CURRENT, SUPERSEDED
from kb.search.whoosh.engine import WhooshEngine
from kb.statutes import Standing, StatuteBook
from kb.statutes.values import Force
from kb.store import Repository, open_database
from kb.store.statutes import StatuteStore
from tests.kb.statutes.build import NEW, NEW_ARTICLES, OLD, TITLE, both, statute
from tests.kb.store.build import citing, content, source

TODAY = date(2024, 1, 1)


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    yield opened
    opened.close()


@pytest.fixture
def book(database):
    book = StatuteBook(StatuteStore(database), lambda: TODAY)
    put(book, *both())
    return book


def put(book, *texts):
    return book.store([book.place(text) for text in texts], reader="1")


def test_versions_have_their_days_and_standing(book):
    old, new = book.about(TITLE).editions
    assert (old.day, old.last_day, old.force) == (OLD, date(2022, 6, 30), Force.SUPERSEDED)
    assert (new.day, new.last_day, new.force) == (NEW, None, Force.IN_FORCE)


def test_a_work_of_the_registry_shows_versions_without_text(book):
    about = book.about("复议法")
    assert about.title == "行政复议法"
    assert len(about.editions) >= 2
    assert not any(edition.has_text for edition in about.editions)
    with pytest.raises(NotFound, match="尚未导入全文"):
        book.text("行政复议法")


def test_a_version_to_come_is_not_shown_unasked(book):
    put(book, statute({1: "将来的条文。"}, day=date(2030, 1, 1)))
    assert book.text(TITLE).edition.day == NEW
    assert book.about(TITLE).editions[-1].force is Force.COMING
    assert book.text(TITLE, date(2030, 1, 1)).articles[0].text == "将来的条文。"


def test_an_article_by_its_address(book):
    page = book.provision(f"{TITLE}@{NEW}/art-5/para-1/item-2")
    assert page.label == f"{TITLE}第五条第一款第二项"
    assert page.span.of(page.article.text) == "（二）损坏护栏的。"
    assert (page.before, page.after) == (4, 6)
    assert [len(paragraph.items) for paragraph in page.paragraphs] == [2, 0]
    [was] = page.older
    assert (was.old.article, was.relation, was.checked) == (4, Relation.REVISED, "computed")
    assert book.provision(f"{TITLE}/art-1").edition.day == NEW


def test_an_address_without_such_a_paragraph_still_shows_the_article(book):
    assert book.provision(f"{TITLE}/art-1/para-9").span is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"{TITLE}/art-9", "没有第九条，共 6 条"),
        (f"{TITLE}@2011-01-01/art-1", "没有.*2011-01-01 版本.*2010-05-01、2022-07-01"),
        ("没有这部法/art-1", "没有收录"),
    ],
)
def test_what_is_not_there_is_told(book, address, told):
    with pytest.raises(NotFound, match=told):
        book.provision(address)


def test_what_is_no_address_is_told(book):
    with pytest.raises(BadRequest, match="不是条文地址"):
        book.provision("示例条例/第三条")


def test_two_versions_side_by_side(book):
    told = book.compare(TITLE, OLD, NEW)
    revised = next(row for row in told.rows if row.pair.new and row.pair.new.number == 5)
    assert revised.pair.old.number == 4
    assert revised.inserted[-1].of(NEW_ARTICLES[5]).strip() == "拒不改正的，加倍处罚。"


def test_a_comparison_is_made_anew_when_a_text_changed(book):
    book.compare(TITLE, OLD, NEW)
    put(book, statute({1: "改了。"}, day=NEW))
    assert len([row for row in book.compare(TITLE, OLD, NEW).rows if row.pair.new]) == 1


def test_a_crosswalk_goes_both_ways(book):
    [newer] = book.crosswalk(TITLE, Pinpoint(4), OLD, NEW)
    [older] = book.crosswalk(TITLE, Pinpoint(5), NEW, OLD)
    assert newer == older
    assert (newer.old.article, newer.new.article) == (4, 5)
    assert 0 < newer.score < 1
    assert book.crosswalk(TITLE, Pinpoint(4), OLD, OLD) == ()


def test_rows_checked_by_hand_come_first_and_need_no_text(book):
    rows = book.crosswalk("行政复议法", Pinpoint(17), date(2018, 1, 1), date(2024, 1, 1))
    assert {row.new.article for row in rows} == {30, 31}
    assert all(row.score is None for row in rows)


def checked(book, text, decided=None):
    [citation] = cite(text, decided, book.registry())
    return book.check(citation)


def test_citations_resolve_to_imported_versions(book):
    [found] = checked(book, f"《{TITLE}》第五条第二款", date(2023, 1, 1))
    assert (found.standing, found.provision) == (
        Standing.FOUND,
        Provision(TITLE, NEW, Pinpoint(5, 2)),
    )


def test_a_citation_of_an_older_version_tells_where_it_went(book):
    [found] = checked(book, f"《{TITLE}》第四条", date(2015, 1, 1))
    assert (found.standing, found.provision.version) == (Standing.SUPERSEDED, OLD)
    assert [row.new.article for row in found.newer] == [5]


@pytest.mark.parametrize(
    ("place", "missing"),
    [("第七条", "article"), ("第一条第二款", "paragraph"), ("第五条第一款第三项", "item")],
)
def test_what_a_citation_names_and_the_version_lacks_is_absent(book, place, missing):
    [found] = checked(book, f"《{TITLE}》{place}", date(2023, 1, 1))
    assert (found.standing, found.missing) == (Standing.ABSENT, missing)


def test_a_citation_that_leaves_the_version_open_is_looked_for_in_all(book):
    [newest] = checked(book, f"《{TITLE}》第五条第二款")
    assert (newest.standing, newest.provision.version) == (Standing.FOUND, NEW)
    put(book, statute({1: "只有一条。"}, day=date(2023, 7, 1)))
    [older] = checked(book, f"《{TITLE}》第五条第二款")
    assert (older.standing, older.provision.version) == (Standing.SUPERSEDED, NEW)
    [none] = checked(book, f"《{TITLE}》第九条")
    assert none.standing is Standing.ABSENT


def test_near_a_change_each_candidate_is_checked(book):
    found = checked(book, f"《{TITLE}》第五条第二款", date(2022, 7, 10))
    assert [(c.provision.version, c.standing) for c in found] == [
        (OLD, Standing.ABSENT),
        (NEW, Standing.FOUND),
    ]


def test_without_the_text_nothing_is_claimed(book):
    [found] = checked(book, "《行政复议法》第三十条", date(2024, 6, 1))
    assert found.standing is Standing.NO_TEXT
    assert checked(book, "《没有这样的示例条例》第三条") == ()


def test_a_day_that_is_only_estimated_dates_no_citation(book):
    put(book, statute(NEW_ARTICLES, title="示例公园条例", day=NEW, rule="amended_on"))
    [citation] = cite("《示例公园条例》第五条", date(2023, 1, 1), book.registry())
    assert citation.version is None
    [found] = book.check(citation)
    assert (found.standing, found.provision.version) == (Standing.FOUND, NEW)
    assert not book.about("示例公园条例").edition(NEW).certain


def test_citing_cases_are_counted_on_their_article(book, database):
    put(book, statute(NEW_ARTICLES, title="中华人民共和国行政处罚法", day=date(2021, 7, 15)))
    text = "依照《行政处罚法》第三十三条处理。"
    record = content(text=text, citations=(citing(text, "第三十三条"),))
    Repository(database).submit(source(), (record,), parser="1", publish=True)
    assert book.cited("行政处罚法", date(2021, 7, 15)) == {33: 1}
    assert book.cited("行政处罚法", date(2018, 1, 1)) == {}


def filed(engine):
    found = engine.search(
        Everything(), {}, sort=Sort.NEWEST, start=0, after=None, size=50, facets=(FacetName.KIND,)
    )
    return {key.id for key in found.hits}, dict(found.counts[FacetName.KIND])


def test_the_index_follows_the_store(book, tmp_path):
    engine = WhooshEngine(tmp_path / "index", book.analysis())
    book.rebuild(engine)
    assert filed(engine)[1] == {CURRENT: 6, SUPERSEDED: 6}
    assert book.index_changes(engine) == 0
    put(book, statute({1: "只有一条。"}, day=NEW))
    put(book, statute({1: "更新的。"}, day=date(2023, 7, 1)))
    assert book.index_changes(engine) == 3
    ids, kinds = filed(engine)
    assert kinds == {CURRENT: 1, SUPERSEDED: 7}
    assert f"{TITLE}@2023-07-01/art-1" in ids
    assert f"{TITLE}@{NEW}/art-2" not in ids


def test_what_is_imported_while_the_index_is_made_anew_is_in_it(book, tmp_path):
    engine, other = (WhooshEngine(tmp_path / "index", book.analysis()) for _ in range(2))
    book.rebuild(engine)
    started: list[Thread] = []

    def import_another(_documents: int) -> None:
        if not started:
            put(book, statute({1: "只有一条。"}, title="示例渡口管理条例"))
            started.append(Thread(target=book.index_changes, args=(other,)))
            started[0].start()
            started[0].join(0.5)

    book.rebuild(engine, import_another)
    started[0].join()
    assert f"示例渡口管理条例@{OLD}/art-1" in filed(engine)[0]
