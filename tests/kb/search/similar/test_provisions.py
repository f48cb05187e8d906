"""What two cases cite is compared by article, across versions, rare provisions counting more."""

from datetime import date

import pytest

from kb import law
from kb.search.similar.provisions import Cited, cited, likeness, said

OLD, NEW = date(2022, 5, 6), date(2024, 5, 6)


def of(text: str, decided: date | None = None) -> tuple[Cited, ...]:
    return cited(law.cite(text, decided))


def alike(one: tuple[Cited, ...], other: tuple[Cited, ...]) -> float | None:
    share = likeness(one, other, lambda _: 1.0)
    assert share == likeness(other, one, lambda _: 1.0)
    return share


def test_where_either_cites_nothing_it_cannot_be_judged() -> None:
    assert alike((), of("行政处罚法第三十三条")) is None
    assert alike(of("《某某市食品摊贩办法》第九条"), of("行政处罚法第三十三条")) is None


@pytest.mark.parametrize(
    ("other", "share"),
    [
        ("行政处罚法第三十三条第一款", 1.0),
        ("《中华人民共和国行政处罚法》第33条第1款", 1.0),
        ("行政处罚法第三十三条", 1.0),
        ("行政处罚法第三十三条第二款", 0.7),
        ("行政处罚法第五条", 0.2),
        ("《中华人民共和国行政处罚法》", 0.2),
        ("食品安全法第三十三条第一款", 0.0),
    ],
)
def test_the_nearer_the_place_the_more_alike(other: str, share: float) -> None:
    assert alike(of("行政处罚法第三十三条第一款"), of(other)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("行政复议法第二十八条第一款第三项", "行政复议法第六十四条", 1.0),
        ("行政复议法第二十八条第一款第三项", "行政复议法第六十八条", 0.2),
        ("行政复议法第九条第一款", "行政复议法第二十条第一款", 1.0),
        ("行政复议法第二十八条", "行政复议法第二十八条", 0.2),
        ("行政复议法第一条", "行政复议法第一条", 1.0),
    ],
)
def test_an_old_article_is_the_new_one_it_became(old: str, new: str, share: float) -> None:
    assert alike(of(old, OLD), of(new, NEW)) == pytest.approx(share)


def test_a_rare_provision_counts_more() -> None:
    both, other = of("行政处罚法第五条、第三十三条"), of("行政处罚法第三十三条、第六条")
    rare = {33: 5.0}
    few = likeness(both, other, lambda _: 1.0)
    more = likeness(both, other, lambda one: rare.get(int(one.at.article or 0), 1.0))
    assert few is not None
    assert more is not None
    assert more > few


def test_what_is_the_same_is_said_as_far_as_both_write_it() -> None:
    one = of("行政处罚法第三十三条第一款、第五条第二款，行政复议法第六十八条")
    other = of("行政处罚法第三十三条第一款、第五条，行政复议法第六十三条")
    assert said(one, other) == (
        ["行政处罚法第三十三条第一款", "行政处罚法第五条"],
        ["都引用《行政复议法》"],
    )
