"""Articles pair up by their words, changed words are marked, and pieces are told."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.statutes.markdown import read_markdown
from kb.law.compare import COMPUTED, changed_words, compare, correspondences, pair_up
from kb.law.crosswalk import Relation, crosswalk
from kb.law.text import Article
from tests.kb.statutes.build import NEW_ARTICLES, OLD_ARTICLES, articles

OLD, NEW = articles(OLD_ARTICLES), articles(NEW_ARTICLES)


def _numbers(pairs):
    return {(p.old and p.old.number, p.new and p.new.number): p.relation for p in pairs}


def test_renumbered_articles_find_each_other():
    assert _numbers(pair_up(OLD, NEW)) == {
        (1, 1): Relation.SAME,
        (None, 2): Relation.ADDED,
        (2, 3): Relation.REVISED,
        (3, 4): Relation.REVISED,
        (4, 5): Relation.REVISED,
        (5, None): Relation.DROPPED,
        (6, 6): Relation.REVISED,
    }


def test_only_articles_that_read_the_same_score_one():
    assert {(p.relation is Relation.SAME) == (p.score == 1.0) for p in pair_up(OLD, NEW)} == {True}


def test_a_split_article_names_both_pieces():
    whole = (
        "申请人可以书面申请。书面申请有困难的，可以口头申请，工作人员应当当场记录申请的主要事实。"
    )
    first, second = "申请人可以书面申请。", whole.partition("。")[2]
    others = {n: f"第{n}个题目与别的都不相干，讲的是{c}事。" for n, c in enumerate("甲乙丙丁", 1)}
    pairs = pair_up(articles({**others, 9: whole}), articles({**others, 9: first, 10: second}))
    pieces = {p.new.number: p for p in pairs if p.old and p.old.number == 9 and p.new}
    assert {p.relation for p in pieces.values()} == {Relation.SPLIT}
    assert set(pieces) == {9, 10}
    assert sum(p.main for p in pieces.values()) == 1


def test_a_merged_article_names_both_sources():
    one = "办理登记应当提交身份证明和住所使用证明。"
    two = "登记机关对材料齐全的应当当场登记并发给执照。"
    others = {n: f"第{n}个题目与别的都不相干，讲的是{c}事。" for n, c in enumerate("甲乙丙丁", 1)}
    pairs = pair_up(articles({**others, 8: one, 9: two}), articles({**others, 8: one + two}))
    sources = {p.old.number for p in pairs if p.new and p.new.number == 8 and p.old}
    assert sources == {8, 9}
    assert {p.relation for p in pairs if p.new and p.new.number == 8} == {Relation.MERGED}


def test_rows_stand_in_the_new_order_and_the_dropped_after_its_forerunner():
    rows = [(r.pair.old and r.pair.old.number, r.pair.new and r.pair.new.number)
            for r in compare(OLD, NEW)]  # fmt: skip
    assert rows == [(1, 1), (None, 2), (2, 3), (3, 4), (4, 5), (5, None), (6, 6)]


def test_changed_words_are_marked_on_both_sides():
    old, new = OLD_ARTICLES[4], NEW_ARTICLES[5]
    removed, inserted = changed_words(old, new)
    assert [s.of(old) for s in removed] == ["水务部门处五百元"]
    assert [s.of(new).strip() for s in inserted] == [
        "水利部门处一千元",
        "拒不改正的，加倍处罚。",
    ]


def test_nothing_against_something():
    assert [p.relation for p in pair_up((), NEW)] == [Relation.ADDED] * 6
    assert [p.relation for p in pair_up(OLD, ())] == [Relation.DROPPED] * 6
    assert compare((), ()) == ()


def test_empty_and_one_letter_articles_pair_up():
    old = (Article(1, "", (), 1), Article(2, "略", (), 2))
    new = (Article(1, "略", (), 1), Article(2, "", (), 2))
    assert _numbers(pair_up(old, new)) == {(1, 2): Relation.SAME, (2, 1): Relation.SAME}


def test_rows_of_a_computed_crosswalk_say_so():
    rows = list(correspondences("示例条例", date(2022, 7, 1), pair_up(OLD, NEW)))
    revised = next(row for row in rows if row.old and row.old.article == 4)
    assert (revised.new.article, revised.checked) == (5, COMPUTED)
    assert 0.3 < revised.score < 1


_WORDS = st.text(alphabet="甲乙丙丁的，。\n一二", max_size=30)


@given(_WORDS, _WORDS)
def test_what_is_not_marked_is_the_same_on_both_sides(old, new):
    removed, inserted = changed_words(old, new)

    def kept(text, spans):
        return "".join(
            c for n, c in enumerate(text) if not any(s.start <= n < s.end for s in spans)
        )

    assert kept(old, removed) == kept(new, inserted)
    for spans in (removed, inserted):
        assert all(a.end < b.start for a, b in pairwise(spans))


@given(st.lists(_WORDS, max_size=6), st.lists(_WORDS, max_size=6))
def test_every_article_stands_in_a_comparison(old, new):
    before = articles(dict(enumerate(old, 1)))
    after = articles(dict(enumerate(new, 1)))
    pairs = [row.pair for row in compare(before, after)]
    assert [p.new.number for p in pairs if p.new and (p.main or p.relation is Relation.SPLIT)] == [
        article.number for article in after
    ]
    shown = [p.old.number for p in pairs if p.old and (p.main or p.relation is Relation.MERGED)]
    assert sorted(shown) == [article.number for article in before]


def test_the_review_law_agrees_with_the_checked_rows(shared_data: Path) -> None:
    """Against the rows of 行政复议法 that were checked side by side: most of what is paired is
    right. Not all rows can be found by words: some provisions were written anew."""
    folder = shared_data / "laws" / "诉讼与非诉讼程序法"
    old = read_markdown(folder / "行政复议法(2017-09-01).md").articles
    new = read_markdown(folder / "行政复议法(2023-09-01).md").articles
    checked = {
        (row.old.article, row.new.article)
        for row in crosswalk().rows
        if row.work == "行政复议法" and row.old and row.new
    }
    found = {(p.old.number, p.new.number) for p in pair_up(old, new) if p.old and p.new}
    right = len(found & checked)
    assert right / len(found) >= 0.9
    assert right / len(checked) >= 0.65
