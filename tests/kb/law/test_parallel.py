"""The parallel regulations: facts with their basis, in the order of their days."""

from datetime import date
from importlib import resources

import pytest

from kb.errors import DataError
from kb.law.parallel import Basis, Regulation, parallels, read
from kb.law.statutes import registry

TEXT = (resources.files("kb") / "data" / "parallel.toml").read_text("utf-8")


def regulations() -> list[Regulation]:
    return [side for p in parallels().pairs for side in (p.sichuan, p.chongqing) if side]


def test_they_stand_in_the_order_of_their_days_those_without_one_last() -> None:
    days = [
        side.in_force or date.max
        for pair in parallels().pairs
        if (side := pair.chongqing or pair.sichuan)
    ]
    assert days == sorted(days)


def test_every_one_says_where_it_was_read() -> None:
    assert all(side.source for side in regulations())
    assert all(side.in_force is None for side in regulations() if side.basis is Basis.UNVERIFIED)


def test_the_registry_of_statutes_says_the_same_day() -> None:
    compared = 0
    for side in regulations():
        work = registry().work(side.title)
        if work and work.versions and side.in_force:
            assert side.in_force in [version.in_force for version in work.versions], side.title
            compared += 1
    assert compared >= 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('basis = "text"', 'basis = "rumour"', "rumour"),
        ('code = "jialing_river"', 'code = "business_environment"', "重复"),
        ("adopted = 2021-03-26", "adopted = 2021-08-26", "早于"),
        ("adopted = 2021-03-26", 'adoptd = "x"', "adoptd"),
        ("in_force = 2021-07-01", "", "没有施行日"),
        ('code = "legal_aid"', "code = legal_aid", "TOML"),
    ],
)
def test_a_slip_in_the_data_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(TEXT.replace(old, new, 1))
