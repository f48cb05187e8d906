"""Where a text belongs: its work's title, and the day of its version."""

from datetime import date

import pytest

from kb.errors import BadSource
from kb.law.imported import REGISTRY_RULE, place_text
from kb.law.statutes import Registry, Version, Work, WorkKind
from tests.kb.statutes.build import statute

KNOWN = Registry(
    [
        Work(
            title="示例处罚法",
            full_title="中华人民共和国示例处罚法",
            kind=WorkKind.LAW,
            versions=(Version(date(2018, 1, 1), date(2017, 9, 1), "decision"),),
        )
    ]
)


def place(**given):
    return place_text(statute(**given), KNOWN)


def test_the_registry_knows_the_day_in_force_of_a_change():
    placed = place(
        title="中华人民共和国示例处罚法", day=date(2017, 9, 1), rule="amended_on", kind=None
    )
    assert (placed.title, placed.day, placed.certain) == ("示例处罚法", date(2018, 1, 1), True)
    assert (placed.rule, placed.kind) == (REGISTRY_RULE, WorkKind.LAW)


def test_a_texts_own_day_in_force_is_certain():
    placed = place(day=date(2022, 7, 1), dated=date(2022, 5, 1))
    assert (placed.day, placed.certain) == (date(2022, 7, 1), True)


def test_the_day_of_a_change_is_only_the_earliest():
    placed = place(day=date(2022, 5, 1), rule="amended_on")
    assert (placed.day, placed.certain) == (date(2022, 5, 1), False)


def test_an_amended_text_that_tells_its_first_day_only_counts_from_the_change():
    placed = place(day=date(2004, 5, 1), dated=date(2020, 12, 29))
    assert (placed.day, placed.certain) == (date(2020, 12, 29), False)


def test_the_country_goes_from_the_title_and_from_titles_in_it():
    title = "示例市实施《中华人民共和国河道法》办法"
    assert place(title=title).title == "示例市实施《河道法》办法"
    assert (
        place(title="关于中华人民共和国成立纪念的决定").title == "关于中华人民共和国成立纪念的决定"
    )


def test_spellings_of_one_title_share_a_key():
    assert place(title="示例办法（一）").key == place(title="示例办法(一)").key


@pytest.mark.parametrize("title", ["示例/办法", "示例@办法", ""])
def test_a_title_that_no_address_can_hold_is_refused(title):
    with pytest.raises(BadSource, match="标题"):
        place(title=title)
