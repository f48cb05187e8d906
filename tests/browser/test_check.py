"""Checking a brief's citations in a real browser, without scripts and on a phone."""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

pytestmark = pytest.mark.browser

TEXT = (
    "依照《中华人民共和国行政处罚法》第三十三条第一款，\n《某某市食品摊贩办法》第九条，"
    "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第六十九条第一款第一项。"
)


def test_a_brief_is_checked_without_scripts(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/")
    page.get_by_role("link", name="核对引用").first.click()
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator(".checked tbody tr")).to_have_count(3)
    page.locator(".pasted .unresolved").click()
    assert page.url.endswith("#r2")
    page.locator("#r2 .places a").click()
    expect(page.locator("#c2")).to_be_in_viewport()
    assert page.locator(".paste textarea").input_value() == TEXT
    page.locator(".checked a[href^='/search']").first.click()
    expect(page.locator(".hit").first).to_be_visible()


def test_a_phone_shows_what_was_found_without_pushing_sideways(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site, viewport={"width": 360, "height": 740})
    page.goto("/cite")
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#r3")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    low = page.locator(".checked a, .paste button, .paste input").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().height < 24).map(e => e.textContent)"
    )
    assert low == []
    page.close()
