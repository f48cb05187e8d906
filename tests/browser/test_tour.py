"""The lawyer's tour: words, a filter, a case, its citation; also without scripts, and by keys."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

QUERY = "过期食品 罚款"


def found(page: Page) -> int:
    """The number of records that the page says it found."""
    return int(re.search(r"共 ([\d,]+) 件", page.locator("#found").inner_text()).group(1))


def test_the_lawyers_tour(desk: BrowserContext) -> None:
    desk.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.new_page()
    page.goto("/")
    page.get_by_role("combobox").fill(QUERY)
    page.get_by_role("button", name="检索").click()
    everywhere = found(page)
    expect(page.locator(".hit mark").first).to_be_visible()

    page.locator('.pick[data-key="region=500000"]').click()
    chip = page.locator(".chip", has_text="重庆")
    expect(chip).to_be_visible()
    assert "region=500000" in page.url
    assert 0 < found(page) <= everywhere

    open_first(page)
    expect(page.locator("article.body mark").first).to_be_visible()
    button = page.locator("header.title").get_by_role("button", name="复制引用")
    button.click()
    expect(page.locator("header.title button[data-copy]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-text").inner_text().strip()
    assert page.locator("h1").inner_text() in copied

    page.get_by_role("link", name="回到检索结果").click()
    assert "region=500000" in page.url
    assert page.get_by_role("combobox").input_value() == QUERY


def test_filters_change_in_place_and_history_keeps_each_step(page: Page) -> None:
    page.goto("/search")
    page.evaluate("window.same = true")
    before = found(page)
    choice = page.locator(".pick").first
    key = choice.get_attribute("data-key")
    choice.click()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate("document.activeElement.dataset.key") == key
    assert page.locator("#announce").inner_text().startswith("共")
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert found(page) == before
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.evaluate("window.same") is True  # never loaded anew


def test_a_fold_stays_as_it_was_left(page: Page) -> None:
    page.goto("/search")
    page.locator('.facet[data-key="act"] > summary').click()
    page.locator(".pick").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.locator('.facet[data-key="act"]').get_attribute("open") is None


def test_the_tour_without_scripts(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill(QUERY)
    page.get_by_role("button", name="检索").click()
    page.locator('.pick[data-key="region=500000"]').click()
    expect(page.locator(".chip", has_text="重庆")).to_be_visible()
    open_first(page)
    expect(page.locator("#cite-text")).to_be_visible()
    expect(page.locator("button[data-copy]").first).to_be_hidden()
    page.locator(".grounds > summary").first.click()
    place = page.locator(".grounds[open] a").first
    place.click()
    assert "#p" in page.url


def test_a_ground_is_shown_where_it_stands(page: Page) -> None:
    page.goto(f"/search?q={QUERY}")
    open_first(page)
    page.locator(".grounds:has([data-show]) > summary").first.click()
    link = page.locator(".grounds[open] [data-show]").first
    quote = page.locator(".grounds[open] q").first.inner_text().strip("“”")
    link.click()
    shown = "".join(page.locator(".ground.shown").all_inner_texts())
    assert shown.startswith(quote[:20])
    expect(page.locator(".ground.shown").first).to_be_in_viewport()


def test_the_tour_by_keys_alone(page: Page) -> None:
    page.goto("/help")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type(QUERY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    press_until(page, '.pick[data-key="region=500000"]')
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text="重庆")).to_be_visible()
    press_until(page, ".hit h2 a")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")


def test_a_slash_that_is_being_composed_or_typed_goes_nowhere(page: Page) -> None:
    page.goto("/help")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: '/', isComposing: true, bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.id") != "q"
    page.locator("#q").fill("依据")
    page.keyboard.press("/")
    assert page.locator("#q").input_value().count("/") == 1


def press_until(page: Page, wanted: str) -> None:
    """Tabs to the first element that a selector names, as a person would."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"no way by Tab to {wanted}")


def open_first(page: Page) -> None:
    """Opens the first record found."""
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/cases/*")
