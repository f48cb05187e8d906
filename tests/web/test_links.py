"""Addresses of searches say the whole search, and change one thing of it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answers import Facet, FacetValue
from kb.search.request import FacetName, SearchRequest, Sort
from web import links

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Zs", "Zl", "Zp", "Cc")),
    min_size=1,
    max_size=12,
)
REQUESTS = st.builds(
    SearchRequest,
    q=WORDS,
    filters=st.dictionaries(
        st.sampled_from(FacetName), st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple)
    ),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 9),
    size=st.integers(1, 100),
    synonyms=st.booleans(),
)


def read(address: str) -> SearchRequest:
    return SearchRequest.from_pairs(parse_qsl(urlsplit(address).query))


@given(REQUESTS)
def test_an_address_says_the_search_again(wanted: SearchRequest) -> None:
    assert read(links.search(wanted)) == wanted


@given(REQUESTS, st.sampled_from(FacetName), WORDS)
def test_a_filter_put_on_and_taken_off_leaves_the_first_page(
    wanted: SearchRequest, name: FacetName, value: str
) -> None:
    on_and_off = links.toggled(links.toggled(wanted, name, value), name, value)
    first = links.at_page(wanted, 1)
    assert on_and_off.q == first.q
    assert on_and_off.page == 1
    assert {k: set(v) for k, v in on_and_off.filters.items()} == {
        k: set(v) for k, v in first.filters.items()
    }


@given(REQUESTS, st.sampled_from(FacetName), WORDS)
def test_the_links_of_a_facet_are_those_spelt_one_by_one(
    wanted: SearchRequest, name: FacetName, value: str
) -> None:
    address = links.toggling(wanted, name.value)
    for one in (value, *wanted.filters.get(name, ())):
        assert address(one) == links.search(links.toggled(wanted, name.value, one))


def test_only_the_named_value_goes() -> None:
    wanted = read("/search?q=罚款&region=500000&region=510000&page=3")
    assert links.search(links.toggled(wanted, "region", "500000")).endswith("&region=510000")


def test_chips_are_named_by_the_answer_where_it_knows_the_value() -> None:
    row = FacetValue(value="500000", label="重庆市", count=3, selected=True)
    facets = [Facet(name="region", label="地区", values=[row])]
    wanted = SearchRequest(filters={FacetName.REGION: ("500000", "渝北")})
    assert [(chip.facet, chip.label) for chip in links.chips(wanted, facets)] == [
        ("地区", "重庆市"),
        ("地区", "渝北"),
    ]


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (5, 20, [1, 2, 3, 4, 5, 6, 7, None, 20]),
        (10, 20, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, 20, [1, None, 18, 19, 20]),
    ],
)
def test_page_numbers(page: int, last: int, numbers: list[int | None]) -> None:
    assert links.page_numbers(page, last) == numbers
