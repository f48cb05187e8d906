"""Completion in the search box: by keys, mouse and touch; silent while an input method works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, Request, expect

pytestmark = pytest.mark.browser

PAUSE = 400  # ms; longer than the box rests before it asks


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="检索案例")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def chosen(page: Page) -> Locator:
    """The option that the box says is active."""
    return page.locator(f"[id='{box(page).get_attribute('aria-activedescendant')}']")


def asked(page: Page) -> list[str]:
    """The completions asked for from now on."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if "/api/v1/complete" in request.url:
            seen.append(request.url)

    page.on("request", note)
    return seen


@pytest.fixture
def ime(page: Page) -> CDPSession:
    """An input method at work in the page: `Input.imeSetComposition` and `Input.insertText`."""
    return page.context.new_cdp_session(page)


def compose(ime: CDPSession, text: str) -> None:
    at = len(text)
    ime.send("Input.imeSetComposition", {"text": text, "selectionStart": at, "selectionEnd": at})


def test_the_box_says_what_it_is(page: Page) -> None:
    page.goto("/")
    expect(box(page)).to_have_attribute("aria-autocomplete", "list")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    listed = page.locator(f"#{box(page).get_attribute('aria-controls')}")
    expect(listed).to_have_attribute("role", "listbox")
    expect(listed).to_be_hidden()


def test_keys_alone_lead_to_the_records(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("渝北区")
    expect(options(page).first).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_attribute("aria-selected", "true")
    assert "渝北区" in chosen(page).inner_text()
    assert chosen(page).evaluate("option => option.parentElement.getAttribute('role')") == "group"
    page.keyboard.press("Enter")  # takes, and does not yet search
    expect(box(page)).to_have_value("地区:渝北区 ")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator("#found")).to_contain_text(re.compile(r"共 \d+ 件"))


def test_arrows_go_round(page: Page) -> None:
    page.goto("/")
    box(page).press_sequentially("行政")
    expect(options(page).first).to_be_visible()
    last = options(page).count() - 1
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)


def test_a_closed_list_opens_with_the_arrow(page: Page) -> None:
    page.goto("/search?q=渝中")
    box(page).focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_escape_closes_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    box(page).press_sequentially("渝")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("渝")
    assert box(page).get_attribute("aria-activedescendant") is None


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    page.goto("/")
    box(page).press_sequentially("罚款")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    expect(box(page)).to_have_value("罚款")
    expect(options(page)).to_have_count(0)


def test_tab_leaves_without_taking(page: Page) -> None:
    page.goto("/")
    box(page).press_sequentially("渝")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("渝")
    expect(box(page)).not_to_be_focused()


def test_a_click_takes_and_the_box_keeps_the_focus(page: Page) -> None:
    page.goto("/search")
    box(page).press_sequentially("过期食品 处罚法")
    options(page).filter(has_text="行政处罚法").first.click()
    expect(box(page)).to_have_value("过期食品 法条:行政处罚法 ")
    expect(box(page)).to_be_focused()
    expect(options(page)).to_have_count(0)
    page.keyboard.type("渝中")
    options(page).filter(has_text="渝中区").first.click()
    expect(box(page)).to_have_value("过期食品 法条:行政处罚法 地区:渝中区 ")


def test_in_front_of_other_words_they_stay(page: Page) -> None:
    page.goto("/search?q=x%20罚款")
    box(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("渝中")
    options(page).filter(has_text="渝中区").first.click()
    expect(box(page)).to_have_value("地区:渝中区 罚款")
    assert box(page).evaluate("box => box.selectionStart") == len("地区:渝中区")


def test_in_the_middle_of_a_word_nothing_is_offered(page: Page) -> None:
    page.goto("/search?q=北区")
    seen = asked(page)
    box(page).focus()
    page.keyboard.press("Home")
    page.keyboard.type("渝")
    page.wait_for_timeout(PAUSE)
    assert seen == []


def test_how_many_there_are_is_said(page: Page) -> None:
    page.goto("/")
    box(page).press_sequentially("渝北区")
    expect(page.locator("#announce")).to_have_text(re.compile(r"^\d+ 条建议"))
    said = int(page.locator("#announce").inner_text().split()[0])
    assert options(page).count() == said
    box(page).fill("没有这样的东西")
    expect(page.locator("#announce")).to_have_text("没有建议")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_fast_typing_asks_once(page: Page) -> None:
    page.goto("/")
    seen = asked(page)
    box(page).focus()
    page.evaluate(
        """for (const end of [1, 2, 3, 4, 5]) {
            document.activeElement.value = "行政处罚法".slice(0, end);
            document.activeElement.dispatchEvent(new InputEvent("input"));
        }"""
    )
    expect(options(page).first).to_contain_text("行政处罚法")
    page.wait_for_timeout(PAUSE)
    assert len(seen) == 1


def test_a_late_answer_to_an_older_question_is_dropped(page: Page) -> None:
    page.goto("/")
    held = []
    page.route("**/api/v1/complete?q=%E6%B8%9D", lambda route: held.append(route))
    box(page).press_sequentially("渝")
    page.wait_for_timeout(PAUSE)
    assert len(held) == 1
    box(page).fill("工伤")
    expect(options(page).filter(has_text="工伤").first).to_be_visible()
    held[0].fulfill(json={"query": "渝", "suggestions": []})
    page.wait_for_timeout(PAUSE)
    expect(options(page).filter(has_text="工伤").first).to_be_visible()


# --- an input method at work ----------------------------------------------------------------------


def test_nothing_is_asked_while_composing(page: Page, ime: CDPSession) -> None:
    page.goto("/")
    seen = asked(page)
    box(page).focus()
    for typed in ("y", "yu", "yu b", "yu bei"):
        compose(ime, typed)
        page.wait_for_timeout(PAUSE // 2)
    page.wait_for_timeout(PAUSE)
    assert seen == []
    expect(options(page)).to_have_count(0)
    ime.send("Input.insertText", {"text": "渝北"})  # the composition ends
    expect(options(page).filter(has_text="渝北区").first).to_be_visible()
    assert len(seen) == 1
    expect(box(page)).to_have_value("渝北")


def test_an_open_list_closes_when_a_composition_begins(page: Page, ime: CDPSession) -> None:
    page.goto("/")
    box(page).press_sequentially("渝")
    expect(options(page).first).to_be_visible()
    compose(ime, "bei")
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "ArrowDown", "Escape"])
def test_a_key_of_the_input_method_is_left_to_it(page: Page, ime: CDPSession, key: str) -> None:
    page.goto("/")
    address = page.url
    box(page).focus()
    compose(ime, "yu")
    ime.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": 229},
    )
    page.wait_for_timeout(PAUSE)
    expect(options(page)).to_have_count(0)
    assert page.url == address


def test_the_key_that_ends_a_composition_takes_nothing(page: Page, ime: CDPSession) -> None:
    """As Safari has it: the composition is over, and then the key comes, numbered 229."""
    page.goto("/")
    box(page).press_sequentially("渝")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    ime.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229},
    )
    page.wait_for_timeout(PAUSE)
    expect(box(page)).to_have_value("渝")


# --- elsewhere ------------------------------------------------------------------------------------


def test_the_box_still_completes_after_the_results_changed_in_place(page: Page) -> None:
    page.goto("/search")
    page.locator(".pick").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    box(page).press_sequentially("渝")
    expect(options(page).first).to_be_visible()


def test_without_an_answer_the_box_is_a_plain_one(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.route("**/api/v1/complete**", lambda route: route.fulfill(status=204))
    page.goto("/")
    box(page).press_sequentially("罚款")
    page.wait_for_timeout(PAUSE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")


def test_without_scripts_the_box_is_a_plain_one(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("罚款")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")


def test_on_a_phone_the_list_fits_and_a_tap_takes(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/search")
    box(page).tap()
    page.keyboard.type("川渝")
    expect(options(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for option in options(page).all():
        shape = option.bounding_box()
        assert shape is not None
        assert shape["height"] >= 44
    options(page).first.tap()
    expect(box(page)).to_have_value(re.compile(r"^\S+:.+ $"))
    expect(options(page)).to_have_count(0)


def test_english_pages_name_the_kinds_in_english(page: Page) -> None:
    page.goto("/?lang=en")
    field = page.get_by_role("combobox")
    field.press_sequentially("处罚法")
    expect(page.get_by_role("group", name="Statute")).to_be_visible()
    expect(page.locator("#announce")).to_contain_text("suggestions")


def test_statutes_are_found_by_name_alone(law_desk: BrowserContext) -> None:
    page = law_desk.new_page()
    page.goto("/statutes")
    title = page.get_by_role("combobox", name="名称或简称")
    title.press_sequentially("处罚")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("行政处罚法")
    first.click()
    expect(title).to_have_value("行政处罚法")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statutes?q=**")
    expect(page.get_by_role("main")).to_contain_text("《行政处罚法》")
