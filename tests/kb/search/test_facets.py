"""Rows of facets: in tree order, cut where there are many, chosen ones always among them."""

from kb.search.facets import facet
from kb.search.request import FacetName


def test_rows_are_cut_but_what_is_chosen_and_stands_above_it_stays() -> None:
    counts = {f"行政处罚法第{n}条": 100 - n for n in range(1, 61)} | {"行政处罚法": 300}
    counts |= {"食品安全法": 2, "食品安全法第126条": 2, "食品安全法第34条": 1}
    chosen = frozenset({"食品安全法第126条"})
    rows = facet(FacetName.STATUTE, counts, chosen, most=20).values
    assert [row.value for row in rows[:3]] == [
        "行政处罚法",
        "行政处罚法第1条",
        "行政处罚法第2条",
    ]
    assert [row.value for row in rows[20:]] == ["食品安全法", "食品安全法第126条"]
    assert [row.selected for row in rows] == [False] * 21 + [True]
    assert rows[-1].parent == "食品安全法"
    assert len(facet(FacetName.STATUTE, counts, chosen, most=None).values) == len(counts)


def test_what_has_most_is_shown_wherever_it_stands() -> None:
    counts = {"行政处罚法": 90, "行政处罚法第1条": 2, "食品安全法": 8, "食品安全法第126条": 7}
    rows = facet(FacetName.STATUTE, counts, frozenset(), most=3).values
    assert [row.value for row in rows] == ["行政处罚法", "食品安全法", "食品安全法第126条"]


def test_a_chosen_value_without_records_has_its_row() -> None:
    [newest, oldest] = facet(FacetName.YEAR, {"2023": 4}, frozenset({"2025"})).values
    assert (newest.value, newest.count, newest.selected) == ("2025", 0, True)
    assert (oldest.value, oldest.count, oldest.selected) == ("2023", 4, False)
