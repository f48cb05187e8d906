"""Similar cases in a real browser: by keyboard, without scripts, on a phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

TEXT = (
    "某小卖部不服过期食品罚款案\n某小卖部货架上有两袋过期薯片，市场监督管理局以销售超过保质期的食品为由罚款五万元。"
    "小卖部认为违法行为轻微、过罚不当，不服该行政处罚，申请行政复议。依照《中华人民共和国食品安全法》"
    "第一百二十四条第一款第五项、《中华人民共和国行政处罚法》第三十三条第一款。"
)
SHOP = "某超市不服过期食品处罚行政复议案（示例）"


def opened(page: Page) -> None:
    """The page of a record that has similar ones."""
    page.goto("/search?q=" + SHOP)
    page.get_by_role("link", name=SHOP).first.click()


def low(page: Page, selector: str) -> list[str]:
    """What is too low to touch."""
    found: list[str] = page.locator(selector).evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().height < 24).map(e => e.textContent)"
    )
    return found


def test_from_a_record_to_one_like_it_and_beside_it_by_keyboard(page: Page) -> None:
    opened(page)
    first = page.locator("#similar .alike").first
    expect(first.locator(".share b")).to_have_count(3)
    wide = first.locator(".gauge .held").evaluate_all("all => all.map(e => e.getBBox().width)")
    assert all(width > 0 for width in wide[:2])
    beside = first.get_by_role("link", name="并排比较")
    beside.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="并排比较")).to_be_visible()
    expect(page.locator(".pair thead th")).to_have_count(2)
    expect(page.locator(".told mark").first).to_be_visible()
    page.get_by_role("link", name="← 类案").click()
    expect(page.locator(".alike").first).to_be_visible()


def test_a_text_is_pasted_and_sent_by_keyboard_alone(page: Page) -> None:
    page.goto("/similar")
    page.locator("#text").focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="找类案")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator(".alike h4 a").first).to_contain_text("食品")
    assert page.locator("#text").input_value() == TEXT


def test_it_all_works_without_scripts(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/")
    page.get_by_role("link", name="粘贴进来找类案").click()
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="找类案").click()
    page.locator(".alike h4 a").first.click()
    expect(page.locator("#similar")).to_be_visible()


def test_a_phone_shows_it_without_pushing_sideways(phone: BrowserContext) -> None:
    page = phone.new_page()
    opened(page)
    expect(page.locator("#similar .alike").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert low(page, "#similar a, #similar summary") == []
    page.locator("#similar .set-beside").first.click()
    expect(page.locator(".pair")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert low(page, ".pair a, .trail a") == []
    page.goto("/similar")
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="找类案").click()
    expect(page.locator(".alike").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
