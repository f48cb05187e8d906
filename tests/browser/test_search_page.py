"""The results page in a real browser: chips, words within the results, emptiness, highlighting."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

SYNONYM = "小过重罚"


def found(page: Page) -> int:
    """The number of records that the page says it found."""
    return int(re.search(r"共 ([\d,]+) 件", page.locator("#found").inner_text()).group(1))


def narrow(page: Page, words: str) -> None:
    page.get_by_label("在结果中检索").fill(words)
    page.get_by_role("button", name="缩小").click()
    expect(page.locator(".chip", has_text=words)).to_be_visible()


def test_words_within_the_results_become_chips_and_keep_the_filters(page: Page) -> None:
    page.goto("/search?q=行政处罚&region=500000&sort=newest")
    before = found(page)
    narrow(page, "罚款")
    once = found(page)
    assert 0 < once < before
    assert page.locator("#q").input_value() == "行政处罚"
    assert "region=500000" in page.url
    assert "sort=newest" in page.url
    narrow(page, "-工伤")
    expect(page.locator(".chip")).to_have_count(3)
    assert found(page) <= once
    page.locator(".chip", has_text="-工伤").click()
    expect(page.locator(".chip")).to_have_count(2)
    page.locator(".chip", has_text="罚款").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert found(page) == before


def test_words_within_the_results_without_scripts(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/search?q=行政处罚&region=500000")
    before = found(page)
    narrow(page, "罚款")
    assert found(page) < before
    page.locator(".chip", has_text="罚款").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert found(page) == before


def test_everything_is_cleared_at_once(page: Page) -> None:
    page.goto("/search?q=处罚&region=500000&within=罚款")
    page.get_by_role("link", name="全部清除").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.locator("#q").input_value() == "处罚"


def test_chips_and_the_box_fit_on_a_phone(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/search?q=处罚&within=罚款")
    box, button = page.get_by_label("在结果中检索"), page.get_by_role("button", name="缩小")
    assert box.bounding_box()["y"] < button.bounding_box()["y"] + 30
    assert abs(box.bounding_box()["y"] - button.bounding_box()["y"]) < 12  # on one line
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_way_out_of_an_empty_page_finds_what_it_says(page: Page) -> None:
    page.goto("/search?q=过期食品 夔门纤夫&region=500000")
    expect(page.locator("#found")).to_have_text("没有找到案例")
    expect(page.locator(".age")).to_contain_text("索引收有")
    ways = page.locator(".ways-out li")
    expect(ways.first).to_be_visible()
    for at in range(ways.count()):
        said = int(re.search(r"(\d+) 件", ways.nth(at).inner_text()).group(1))
        ways.nth(at).get_by_role("link").click()
        expect(page.locator("#found")).not_to_have_text("没有找到案例")
        assert found(page) == said > 0
        page.go_back()
        expect(page.locator("#found")).to_have_text("没有找到案例")


def test_an_empty_section_leads_to_the_whole_text(page: Page) -> None:
    page.goto("/search?q=裁判要旨:过期食品")
    page.get_by_role("link", name="各段都找").click()
    expect(page.locator("#found")).to_contain_text("共")
    assert page.locator("#q").input_value() == "过期食品"


def test_a_slip_of_the_keyboard_is_put_right_by_a_link(page: Page) -> None:
    page.goto("/search?q=过期石品")
    page.get_by_role("link", name="过期食品").first.click()
    expect(page.locator(".hit mark").first).to_have_text("过期食品")
    assert page.locator("#q").input_value() == "过期食品"


def test_what_matched_is_marked_and_said(page: Page) -> None:
    page.goto(f"/search?q={SYNONYM}")
    expect(page.locator(".notes")).to_contain_text("同时检索")
    why = page.locator(".why", has_text="同义词").first
    expect(why).to_contain_text(f"（{SYNONYM}）")
    page.get_by_role("link", name="不用同义词").click()
    expect(page.locator(".why", has_text="同义词")).to_have_count(0)
    expect(page.get_by_role("link", name="也找同义词")).to_be_visible()


def test_a_section_is_shown_with_its_heading_and_only_it(page: Page) -> None:
    page.goto("/search?q=典型意义:处罚")
    expect(page.locator(".reading")).to_contain_text("“典型意义”里有 处罚")
    hits = page.locator(".hit").count()
    assert hits > 0
    headings = page.locator(".passage .where").all_inner_texts()
    assert len(headings) == hits
    assert all("意义" in heading.replace(" ", "") for heading in headings)
    marked = page.locator(".passage mark").all_inner_texts()
    assert set(marked) == {"处罚"}


def test_a_provision_is_marked_where_it_is_cited(page: Page) -> None:
    page.goto("/search?q=处罚法33")
    expect(page.locator(".passage mark").first).to_contain_text("处罚法》第三十三条")
    expect(page.locator(".why").first).to_contain_text("引用：行政处罚法第三十三条")


def test_a_batch_is_searched_from_the_list_of_batches(page: Page) -> None:
    page.goto("/browse/years")
    row = page.locator(".batches tr", has_text="川渝行政复议典型案例（示例批次）")
    row.get_by_role("link", name="在本批次中检索").click()
    expect(page.locator(".chip", has_text="川渝行政复议典型案例")).to_be_visible()
    whole = found(page)
    page.locator("#q").fill("过期食品")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    expect(page.locator(".chip", has_text="川渝行政复议典型案例")).to_be_visible()
    assert found(page) < whole


def test_marks_on_the_record_stand_where_the_section_was_asked_for(page: Page) -> None:
    page.goto("/search?q=典型意义:处罚")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/cases/*")
    marks = page.locator("article.body mark")
    expect(marks.first).to_be_visible()
    assert set(marks.all_inner_texts()) == {"处罚"}
