"""Outcomes put together for charts: each in one family, the data strict."""

from importlib import resources

import pytest

from kb.errors import DataError
from kb.issues import families, outcomes
from kb.issues.families import read

TEXT = (resources.files("kb") / "data" / "outcome_families.toml").read_text("utf-8")


def test_every_outcome_is_in_exactly_one_family() -> None:
    members = [code for family in families() for code in family.members]
    assert sorted(members) == sorted(term.code for term in outcomes().terms)


def test_a_case_settled_and_ended_was_settled() -> None:
    order = [family.code for family in families()]
    assert order.index("relief") < order.index("upheld")
    assert order.index("negotiated") < order.index("procedural")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"modify", ', "", "modify 没有归类"),
        ('"mediate", ', '"mediate", "revoke", ', "revoke 已归入 relief"),
        ('"mediate", ', '"mediate", "nothing", ', "nothing 不是"),
        ('"mediate", ', '"mediate", "revoke_in_part", ', "revoke_in_part 不是"),
        ('label_en = "Other results"', "", "应恰有"),
        ("[[family]]", "[[family", "TOML"),
    ],
)
def test_a_slip_in_the_data_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(TEXT.replace(old, new))
