"""Old articles and new."""

from datetime import date

import pytest

from kb.law.crosswalk import Relation, crosswalk
from kb.law.provisions import Pinpoint
from kb.law.statutes import registry

REVIEW, PENALTY = "行政复议法", "行政处罚法"


def newer(work: str, *place: int) -> list[int | str | None]:
    return [row.new and row.new.article for row in crosswalk().newer(work, Pinpoint(*place))]


def older(work: str, *place: int) -> list[int | str | None]:
    return [row.old and row.old.article for row in crosswalk().older(work, Pinpoint(*place))]


@pytest.mark.parametrize(
    ("work", "place", "articles"),
    [
        (REVIEW, (6,), [11]),
        (REVIEW, (7,), [13]),
        (REVIEW, (9,), [20, 20, 21]),
        (REVIEW, (17,), [30, 31]),
        (REVIEW, (21,), [42]),
        (REVIEW, (22,), [49, 50, 51]),
        (REVIEW, (28,), [61, 68, 66, 63, 64, 65, 70, 64]),
        (REVIEW, (28, 1, 3), [63, 64, 65]),
        (REVIEW, (28, 1, 1), [68]),
        (REVIEW, (29,), [72]),
        (REVIEW, (30, 1), [23]),
        (REVIEW, (30, 2), [None]),
        (REVIEW, (31,), [62, 75, 75]),
        (REVIEW, (99,), []),
        (PENALTY, (27,), [32, 33]),
        (PENALTY, (27, 2), [33]),
        (PENALTY, (38,), [57, 58]),
        (PENALTY, (63,), [None]),
        ("民法典", (1,), []),
    ],
)
def test_where_an_old_article_went(work: str, place: tuple[int, ...], articles: list[int]) -> None:
    assert newer(work, *place) == articles


@pytest.mark.parametrize(
    ("work", "place", "articles"),
    [
        (REVIEW, (64,), [28, 28]),
        (REVIEW, (11,), [6]),
        (REVIEW, (23,), [30]),
        (REVIEW, (71,), [None]),
        (REVIEW, (68,), [28]),
        (PENALTY, (33,), [27, None, None]),
        (PENALTY, (33, 2), [None]),
        (PENALTY, (44,), [31]),
    ],
)
def test_where_a_new_article_came_from(
    work: str, place: tuple[int, ...], articles: list[int]
) -> None:
    assert older(work, *place) == articles


@pytest.mark.parametrize(("work", "before", "after"), [(REVIEW, 43, 90), (PENALTY, 64, 86)])
def test_every_article_of_both_texts_has_its_row(work: str, before: int, after: int) -> None:
    rows = [row for row in crosswalk().rows if row.work == work]
    assert {row.old.article for row in rows if row.old} == set(range(1, before + 1))
    assert {row.new.article for row in rows if row.new} == set(range(1, after + 1))


def test_rows_agree_with_the_registry_and_with_their_relation() -> None:
    for row in crosswalk().rows:
        work = registry().work(row.work)
        assert work is not None
        assert row.changed_on in {version.in_force for version in work.versions}
        assert (row.new is None) == (row.relation is Relation.DROPPED)
        assert row.old is not None or row.relation is Relation.ADDED
        assert row.checked in ("two_texts", "new_text")
        assert row.topic
        assert row.score is None
    assert len(set(crosswalk().rows)) == len(crosswalk().rows)


def test_the_day_of_the_change() -> None:
    (row,) = crosswalk().newer(PENALTY, Pinpoint(27, 2))
    assert (row.changed_on, row.new) == (date(2021, 7, 15), Pinpoint(33, 1))
