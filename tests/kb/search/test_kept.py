"""What is kept of records: what is gone or was corrected is never given as it was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from kb.model import Case
from kb.search.cards import cards
from kb.search.kept import Edition, Kept
from kb.store import Repository, open_database
from tests.kb.store.build import content, source


class Counted:
    """A store that counts the records read from it."""

    def __init__(self, store: Repository) -> None:
        self._store, self.read, self.asked = store, 0, 0
        self.commits = store.commits

    def editions(self, ids: Sequence[str]) -> Mapping[str, Edition]:
        self.asked += 1
        return self._store.editions(ids)

    def cases(self, ids: Iterable[str]) -> list[Case]:
        found = self._store.cases(ids)
        self.read += len(found)
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Repository]:
    database = open_database(f"sqlite:///{tmp_path / 'kb.db'}")
    yield Repository(database)
    database.close()


def submit(store: Repository, *titles: str, url: str = "") -> list[str]:
    page = source("a.html", url=url)
    return [*store.submit(page, tuple(map(content, titles)), parser="1", publish=True).added]


def test_records_come_in_the_order_asked_for_and_are_read_once(store: Repository) -> None:
    counted = Counted(store)
    ids = submit(store, "甲案", "乙案", "丙案")
    kept = cards(counted)
    assert [card.hit.title for card in kept.of(ids[::-1]).values()] == ["丙案", "乙案", "甲案"]
    assert list(kept.of([*ids, "nothing", ids[0]])) == ids
    assert counted.read == 3


def test_records_are_not_looked_at_again_before_something_is_committed(store: Repository) -> None:
    counted = Counted(store)
    ids = submit(store, "甲案", "乙案")
    kept = cards(counted)
    for _ in range(3):
        assert list(kept.of(ids)) == ids
    assert counted.asked == 0
    submit(store, "丙案")
    for _ in range(3):
        assert list(kept.of(ids)) == ids
    assert (counted.asked, counted.read) == (1, 2)


def test_where_commits_cannot_be_told_records_are_looked_at_every_time(store: Repository) -> None:
    counted = Counted(store)
    counted.commits = lambda: None
    kept = cards(counted)
    [record] = submit(store, "甲案")
    for _ in range(3):
        kept.of([record])
    assert (counted.asked, counted.read) == (2, 1)


def test_a_withdrawn_record_is_gone_and_a_published_one_is_there(store: Repository) -> None:
    first, second = submit(store, "甲案", "乙案")
    kept = cards(store)
    assert list(kept.of([first, second])) == [first, second]
    store.withdraw(first, "发布机关要求更正")
    assert list(kept.of([first, second])) == [second]
    store.publish(first, "核对无误")
    assert list(kept.of([first, second])) == [first, second]


def test_a_corrected_record_is_shown_as_it_reads_now(store: Repository) -> None:
    [record] = submit(store, "甲案")
    kept = cards(store)
    kept.of([record])
    corrected = store.case(record).content.with_fields(subtitle="更正")
    store.revise(record, corrected, by="王编辑", expected=1)
    card = kept.of([record])[record]
    assert (card.hit.subtitle, card.case.revision) == ("更正", 2)


def test_an_address_that_became_known_is_shown(store: Repository) -> None:
    [record] = submit(store, "甲案")
    kept = cards(store)
    assert kept.of([record])[record].hit.url == ""
    submit(store, "甲案", url="https://example.invalid/a")
    assert kept.of([record])[record].hit.url == "https://example.invalid/a"


def test_no_more_is_kept_than_so_many_characters(store: Repository) -> None:
    ids = submit(store, *(f"{n}案" for n in range(6)))
    size = len(store.case(ids[0]).content.text) + 1
    for most, read in ((3 * size, 6 + 3), (size - 1, 6 + 6)):
        counted = Counted(store)
        kept = Kept(counted, lambda case: case.content.title, most)
        for _ in range(2):
            assert list(kept.of(ids)) == ids
        assert counted.read == read
