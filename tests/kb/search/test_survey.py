"""Counts over the base: they agree with what a search finds, and follow the index."""

from pathlib import Path

import pytest

from kb.issues import families
from kb.model import Source
from kb.search.request import FacetName, SearchRequest
from kb.service import KnowledgeBase
from kb.settings import Settings

REGION, YEAR, OUTCOME = FacetName.REGION, FacetName.YEAR, FacetName.OUTCOME
GROUPS = tuple(family.members for family in families())


def total(base: KnowledgeBase, **filters: str) -> int:
    asked = {FacetName(name): (value,) for name, value in filters.items()}
    return base.search(SearchRequest(filters=asked, size=1)).total


@pytest.mark.parametrize("code", ["500000", "510000", "500157", "500112", "510500", "500109"])
def test_what_is_found_is_what_the_search_finds(sample_base: KnowledgeBase, code: str) -> None:
    assert sample_base.survey.found(((REGION, code),)) == total(sample_base, region=code)


def test_a_new_district_counts_what_it_came_from(sample_base: KnowledgeBase) -> None:
    rows = {row.value: row.count for row in sample_base.survey.rows(REGION).values}
    assert sample_base.survey.found(((REGION, "两江新区"),)) > rows["500157"]


def test_rows_are_not_cut_short(sample_base: KnowledgeBase) -> None:
    cut = next(f for f in sample_base.entries() if f.name == "statute").values
    whole = sample_base.survey.rows(FacetName.STATUTE).values
    assert cut == [row for row in whole if row in cut]
    assert min(row.count for row in cut) >= max(row.count for row in whole if row not in cut)
    assert len({row.value for row in whole}) == len(whole)


def test_rows_within_a_filter_count_no_others(sample_base: KnowledgeBase) -> None:
    for row in sample_base.survey.rows(YEAR, ((REGION, "500000"),)).values:
        assert row.count == total(sample_base, region="500000", year=row.value)


def test_beside_the_parts_the_rest(sample_base: KnowledgeBase) -> None:
    survey, within = sample_base.survey, ((REGION, "500000"),)
    districts = [row.value for row in survey.rows(REGION).values if row.parent == "500000"]
    assert survey.beside(within, REGION, []) == survey.found(within)
    rest = survey.beside(within, REGION, districts)
    assert 0 <= rest < survey.found(within)
    assert survey.beside(within, REGION, ["500000"]) == 0


@pytest.mark.parametrize(
    "within", [(), ((REGION, "500000"),), ((REGION, "510000"), (YEAR, "2024"))]
)
def test_shares_add_up(sample_base: KnowledgeBase, within: tuple) -> None:
    shares = sample_base.survey.split(within, OUTCOME, GROUPS)
    assert len(shares) == len(GROUPS) + 1
    assert min(shares) >= 0
    assert sum(shares) == sample_base.survey.found(within) > 0


def test_across_agrees_with_the_search(sample_base: KnowledgeBase) -> None:
    table = sample_base.survey.across(FacetName.ACT, FacetName.ISSUE)
    assert len(table) > 10
    for (act, issue), count in list(table.items())[::7]:
        assert count == total(sample_base, act=act, issue=issue)


def test_it_follows_the_index(tmp_path: Path, sample_base: KnowledgeBase) -> None:
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    assert base.survey.found(()) == 0
    assert base.survey.rows(REGION).values == []
    assert base.survey.split((), OUTCOME, GROUPS) == (0,) * (len(GROUPS) + 1)
    assert base.survey.across(FacetName.ACT, FacetName.ISSUE) == {}
    other = next(iter(sample_base.published()))
    case = sample_base.case(other.id)
    source = Source(origin="a.html", sha256="0" * 64, media="html", text="")
    base.submit(source, (case.content,), parser="tests", publish=True)
    base.index_changes()
    assert base.survey.found(()) == 1
