"""What a text cites, as answered: labels, counts, how many records, where to look."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.cited import checked, decision_day, found
from kb.errors import BadRequest
from kb.statutes import StatuteBook
from kb.store.database import open_database
from kb.store.statutes import StatuteStore
from tests.kb.statutes.build import NEW, OLD, TITLE, both

BRIEF = (
    "依照《中华人民共和国行政处罚法》第三十三条第一款、《某某市食品摊贩办法》第九条，"
    "并参照该法第七十条之一。"
)


def test_every_part_of_a_citation_is_told() -> None:
    first, second, third = found(BRIEF, date(2024, 5, 6)).citations
    assert BRIEF[slice(*first.span)] == first.raw == "《中华人民共和国行政处罚法》第三十三条第一款"
    assert (first.work, first.article, first.paragraph, first.item) == ("行政处罚法", 33, 1, None)
    assert first.version == date(2021, 7, 15)
    assert first.label == "行政处罚法第三十三条第一款"
    assert (second.work, second.label) == (None, "《某某市食品摊贩办法》第九条")
    assert third.article == "70之1"


def test_a_decision_near_a_change_names_both_versions() -> None:
    (cited,) = found("依据行政处罚法第二十八条", date(2021, 7, 20)).citations
    assert cited.status == "ambiguous"
    assert cited.version is None
    assert cited.candidates == [date(2018, 1, 1), date(2021, 7, 15)]


def test_counts_are_of_the_statuses() -> None:
    answer = found(BRIEF + "行政处罚法（2030修订）第一条。", date(2024, 5, 6))
    counted = [citation.status for citation in answer.citations]
    assert answer.counts.resolved == counted.count("resolved")
    assert answer.counts.ambiguous == counted.count("ambiguous")
    assert answer.counts.unresolved == counted.count("unresolved") > 0
    assert found("没有引用。").counts.model_dump() == dict.fromkeys(
        ("resolved", "ambiguous", "unresolved"), 0
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[StatuteBook]:
    """A book of one statute in two versions, on a day when the second is in force."""
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    book = StatuteBook(StatuteStore(database), lambda: date(2024, 1, 1))
    book.store([book.place(text) for text in both()], reader="1")
    yield book
    database.close()


def test_records_are_counted_where_search_files_them(book: StatuteBook) -> None:
    records = {"行政处罚法": 9, "行政处罚法第33条第1款": 4}
    first, second, _ = checked(BRIEF, None, book, records).citations
    assert first.cases == 4
    assert first.links.cases == "/search?statute=" + (
        "%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A%E6%B3%95%E7%AC%AC33%E6%9D%A1%E7%AC%AC1%E6%AC%BE"
    )
    assert (second.cases, second.links.cases) == (0, None)


def test_an_imported_statute_is_known_and_its_provisions_stand_or_not(book: StatuteBook) -> None:
    text = f"《{TITLE}》第四条第（二）项、第四条第三款、第九条"
    assert {citation.status for citation in found(text).citations} == {"unresolved"}
    answers = found(text, date(2023, 1, 1), book).citations
    assert [(c.version, [(s.standing, s.missing) for s in c.standing]) for c in answers] == [
        (NEW, [("absent", "item")]),
        (NEW, [("absent", "paragraph")]),
        (NEW, [("absent", "article")]),
    ]
    (old,) = found(f"《{TITLE}》第四条第（二）项", date(2015, 1, 1), book).citations
    (standing,) = old.standing
    assert (standing.version, standing.standing) == (OLD, "superseded")
    assert standing.newer == [f"{TITLE}第五条"]


def test_without_a_book_or_a_work_nothing_is_said_of_standing(book: StatuteBook) -> None:
    assert found(BRIEF).citations[0].standing == []
    assert found(BRIEF, None, book).citations[1].standing == []


def test_too_few_articles_are_told_without_a_text(book: StatuteBook) -> None:
    (cited,) = found("行政复议法第六十三条", date(2020, 1, 1), book).citations
    assert [(s.standing, s.missing) for s in cited.standing] == [("absent", "article")]


def test_a_day_is_read() -> None:
    assert decision_day("2024-05-06") == date(2024, 5, 6)
    assert decision_day("") is None


@pytest.mark.parametrize(
    "typed", ["20240506", "2024-5-6", "2024-02-30", "昨天", "2024-W19-1", "x" * 999]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(BadRequest, match="如 2024-05-06") as refused:
        decision_day(typed)
    assert refused.value.parameter == "decided"
    assert len(str(refused.value)) < 100
