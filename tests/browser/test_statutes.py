"""Statutes in a real browser: a provision beside its citation, comparison, phones, no scripts."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_layout import NARROW_TARGETS, sideways
from tests.web.laws import LONG, TITLE

pytestmark = pytest.mark.browser

CURRENT = f"/statutes/{TITLE}@2022-07-01"
PLACES = [
    "/statutes",
    f"/statutes/{TITLE}",
    f"/statutes/{TITLE}@2010-05-01",
    f"/statutes/{LONG}",
    f"{CURRENT}/art-5/para-1/item-2",
    f"{CURRENT}/art-3",
    f"/statutes/{TITLE}/compare",
    "/statutes/行政复议法@2018-01-01/art-17",
    f"/search?q=河道&kind=statute&statute={TITLE}",
    "/search?q=行政复议法第二十八条",
]


@pytest.fixture
def page(law_desk: BrowserContext) -> Page:
    return law_desk.new_page()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses of glances that were fetched."""
    found: list[str] = []
    page.on("request", lambda r: found.append(r.url) if r.url.endswith("/glance") else None)
    return found


def open_case(page: Page) -> Locator:
    """Opens a record and gives its first citation that has a text."""
    page.goto("/search?q=洗车行")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/cases/*")
    return page.locator("article.body a.cite[data-glance]").first


def test_hover_shows_the_provision_and_asks_for_it_once(page: Page, asked: list[str]) -> None:
    citation = open_case(page)
    box = page.locator("#glance")
    for _ in range(3):
        citation.hover()
        expect(box).to_be_visible()
        expect(box).to_contain_text("（一）在河道内洗车的")
        expect(box).to_contain_text("2022年7月1日起施行")
        page.mouse.move(2, 2)
        expect(box).to_be_hidden()
    assert len(asked) == 1


def test_passing_over_a_citation_fetches_nothing(page: Page, asked: list[str]) -> None:
    citation = open_case(page)
    box = citation.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.move(2, 2)
    page.wait_for_timeout(600)
    assert asked == []


def test_the_pointer_may_rest_in_the_text(page: Page) -> None:
    citation = open_case(page)
    citation.hover()
    box = page.locator("#glance")
    expect(box).to_be_visible()
    box.hover()
    page.wait_for_timeout(400)
    expect(box).to_be_visible()


def test_keys_show_it_and_escape_takes_it_away(page: Page) -> None:
    citation = open_case(page)
    citation.evaluate("link => link.scrollIntoView({block: 'center'})")
    page.keyboard.press("Tab")
    citation.focus()
    box = page.locator("#glance")
    expect(box).to_be_visible()
    assert citation.get_attribute("aria-describedby") == "glance"
    expect(page.locator("#announce")).to_contain_text("在河道内洗车的")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert citation.get_attribute("aria-describedby") is None
    assert page.evaluate("document.activeElement.className") == "cite"
    page.keyboard.press("Enter")
    page.wait_for_url("**/art-5/para-1/item-1")
    expect(page.locator(".asked mark").first).to_contain_text("（一）")


def test_it_stays_within_the_window(page: Page) -> None:
    citation = open_case(page)
    citation.evaluate("link => link.scrollIntoView({block: 'end'})")
    citation.hover()
    box = page.locator("#glance")
    expect(box).to_be_visible()
    seen = box.bounding_box()
    window = page.viewport_size
    assert seen["x"] >= 0
    assert seen["y"] >= 0
    assert seen["x"] + seen["width"] <= window["width"]
    assert seen["y"] + seen["height"] <= window["height"]


def test_a_touch_follows_the_link(law_phone: BrowserContext) -> None:
    page = law_phone.new_page()
    open_case(page).tap()
    page.wait_for_url("**/art-5/para-1/item-1")


def test_a_checked_brief_shows_provisions_too(page: Page) -> None:
    page.goto("/cite")
    page.locator("#text").fill(f"依照《{TITLE}》第四条。")
    page.locator("#decided").fill("2023-03-01")
    page.get_by_role("button", name="核对", exact=True).click()
    page.locator(".pasted a.cite").hover()
    expect(page.locator("#glance")).to_contain_text("排放污水")


def test_two_versions_without_scripts(law_scriptless: BrowserContext) -> None:
    page = law_scriptless.new_page()
    page.goto(f"/statutes/{TITLE}")
    page.get_by_role("link", name="与在前的版本对照").click()
    expect(page.locator("ins", has_text="排放污水")).to_be_visible()
    first = page.locator("#new-1")
    expect(first).to_be_hidden()
    page.locator(".unchanged summary").click()
    expect(first).to_be_visible()
    page.get_by_role("link", name="只看改动").click()
    expect(page.locator(".unchanged")).to_have_count(0)
    page.locator("#new-4 .number").click()
    assert unquote(page.url).endswith(f"{CURRENT}/art-4")
    page.get_by_role("link", name="逐字对照").click()
    expect(page.locator("#new-4")).to_be_in_viewport()


def test_changed_words_differ_by_more_than_colour(page: Page) -> None:
    page.goto(f"/statutes/{TITLE}/compare")
    for element, line in (("del", "line-through"), ("ins", "underline")):
        decoration = page.locator(f".one-side {element}").first.evaluate(
            "e => getComputedStyle(e).textDecorationLine"
        )
        assert decoration == line


def test_on_a_desk_the_contents_stand_open_on_a_phone_they_are_a_fold(
    page: Page, law_phone: BrowserContext
) -> None:
    page.goto(f"/statutes/{LONG}")
    expect(page.get_by_role("link", name="第一章 一般规定")).to_be_visible()
    small = law_phone.new_page()
    small.goto(f"/statutes/{LONG}")
    chapter = small.get_by_role("link", name="第一章 一般规定")
    expect(chapter).to_be_hidden()
    small.locator(".fold-contents summary").tap()
    expect(chapter).to_be_visible()


def test_the_box_goes_to_an_article_far_down(page: Page) -> None:
    page.goto(f"/statutes/{LONG}")
    page.get_by_label("到第几条").fill("第一千条")
    page.keyboard.press("Enter")
    expect(page.locator("#art-1000")).to_be_in_viewport()
    page.goto(f"/statutes/{LONG}#art-700")
    expect(page.locator("#art-700")).to_be_in_viewport()


def test_a_switch_between_cases_and_articles_changes_in_place(page: Page) -> None:
    page.goto("/search?q=洗车")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="法条", exact=True).click()
    expect(page.locator(".hit h2 a").first).to_have_text("示例河道管理条例第五条")
    page.get_by_role("link", name="案例", exact=True).click()
    expect(page.locator(".hit h2 a").first).to_contain_text("某洗车行")
    assert page.evaluate("window.same") is True


@pytest.mark.parametrize("place", PLACES)
def test_a_phone_shows_every_page_without_pushing_sideways(
    law_phone: BrowserContext, place: str
) -> None:
    page = law_phone.new_page()
    page.goto(place)
    assert sideways(page) == 0
    assert page.evaluate(NARROW_TARGETS) == []
    page.goto(place + ("&" if "?" in place else "?") + "lang=en")
    assert sideways(page) == 0
