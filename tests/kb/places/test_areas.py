"""Zones and groups: sourced, made of regions there are, and read with their errors told."""

from datetime import date
from pathlib import Path

import pytest

from kb.errors import DataError
from kb.places.areas import Member, areas, read
from kb.places.gazetteer import gazetteer


def test_every_area_has_a_source_and_a_note() -> None:
    for area in (*areas().zones, *areas().groups):
        assert area.source, area
        assert area.note, area


def test_groups_are_made_of_regions_there_are() -> None:
    for group in areas().groups:
        for code in (*(member.code for member in group.members), *group.without, *group.itself):
            assert gazetteer().get(code), (group.name, code)


def test_the_code_of_a_zone_cannot_be_taken_for_one_of_the_standard() -> None:
    for zone in areas().zones:
        assert zone.code[:4].isdigit()
        assert zone.code[4:].isalpha()
        assert zone.code[:2] == zone.parent[:2]


def test_a_member_may_belong_for_a_time() -> None:
    member = Member("500112", None, date(2025, 11, 6))
    assert member.valid(date(2025, 11, 5))
    assert not member.valid(date(2025, 11, 6))
    assert not member.valid(None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[zone", "areas.toml"),
        ('[[zone]]\nname = "甲"', "zone 甲：缺少 'code'"),
        ("[[group]]", "缺少"),
    ],
)
def test_broken_data_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "areas.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read(file)
