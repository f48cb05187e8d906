"""The ways in, in a real browser: tiles by keys, numbers behind a toggle, files, all scriptless."""

import csv
import re
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser


def test_a_region_by_keys_alone(page: Page) -> None:
    page.goto("/browse/regions")
    tile = page.locator(".cartogram svg a").first
    tile.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")  # reached as by a reader, so that the focus is shown
    focused = page.locator(".cartogram svg a:focus-visible")
    expect(focused).to_have_count(1)
    rect = focused.locator("rect")
    assert rect.evaluate("e => getComputedStyle(e).strokeWidth") == "3px"
    name, count = re.fullmatch(r"(.+)：([\d,]+) 件", focused.get_attribute("aria-label")).groups()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?region=*")
    expect(page.locator(".chip")).to_contain_text(name)
    expect(page.locator("#found")).to_contain_text(f"共 {count} 件")


def test_names_stay_inside_their_tiles(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/browse/regions")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.cartogram svg a, .cartogram svg g')]
              .filter(one => {
                const tile = one.querySelector('rect').getBoundingClientRect();
                return [...one.querySelectorAll('text')].some(text => {
                  const box = text.getBoundingClientRect();
                  return box.left < tile.left || box.right > tile.right
                    || box.top < tile.top - 1 || box.bottom > tile.bottom + 1;
                });
              }).map(one => one.textContent.trim())"""
        )
        assert outside == []


def test_numbers_of_a_chart_behind_a_toggle_without_scripts(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/charts")
    table = page.locator(".numbers table").first
    expect(table).to_be_hidden()
    page.locator(".numbers > summary").first.click()
    expect(table).to_be_visible()
    with page.expect_download() as taken:
        page.locator(".numbers[open] .take").click()
    assert taken.value.suggested_filename == "outcomes-by-year.csv"
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        rows = list(csv.reader(file))
    assert len(rows) - 1 >= table.locator("tbody tr").count() > 3


def test_every_part_of_a_bar_is_drawn_with_its_pattern(page: Page) -> None:
    page.goto("/charts")
    fills = page.eval_on_selector_all(
        ".panel rect.piece", "all => all.map(e => e.getAttribute('fill'))"
    )
    patterns = page.eval_on_selector_all("pattern", "all => all.map(e => `url(#${e.id})`)")
    assert set(fills) <= set(patterns)
    assert len(set(fills)) >= 3


def test_labels_of_years_do_not_run_into_each_other(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/charts")
        boxes = page.eval_on_selector_all(
            ".panel:first-child .year",
            "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])",
        )
        assert len(boxes) > 3
        assert all(left[1] < right[0] for left, right in pairwise(boxes))


def test_the_header_of_a_phone_stays_in_one_line(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/browse")
    brand, ways = (page.locator(one).bounding_box() for one in (".brand", ".ways"))
    assert abs((brand["y"] + brand["height"] / 2) - (ways["y"] + ways["height"] / 2)) < 12
