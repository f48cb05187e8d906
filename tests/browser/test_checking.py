"""Checking a draft in a real browser: by keyboard alone, by selecting words, with what is typed
kept over a closed page, one mask at a time, citations read as they are typed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import Options, ingest
from kb.accounts import UserRole
from kb.desk import WorkQuery
from kb.model import ClaimSource, Role, settled
from kb.service import KnowledgeBase
from tests.browser.conftest import _served
from tests.browser.desk import signed_in, staffed
from tests.kb.statutes.build import NEW_ARTICLES, TITLE, statute
from tests.web.desk.conftest import TEXT

pytestmark = pytest.mark.browser

SHOP = TEXT + f"另依照《{TITLE}》第五条，也依照《某市不存在条例》第八条。\n"


class Desk:
    """A site with an editor, and drafts put straight into its base."""

    def __init__(self, base: KnowledgeBase, site: str, home: Path) -> None:
        self.base, self.site, self._home = base, site, home

    def add(self, name: str, text: str = SHOP) -> str:
        """A draft whose shop bears this name; its id."""
        file = self._home / f"{name}.txt"
        file.write_text(text.replace("某超市", name))
        known = self.base.statutes.registry()
        ingest(self.base, [str(file)], Options(known=known), publish=False)
        return self.base.desk.work(WorkQuery(words=name)).items[0].id

    def content(self, record: str):
        return self.base.desk.draft(record).content


@pytest.fixture(scope="module")
def checking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("checking")
    base = staffed(home / "base", editor=[UserRole.EDITOR])
    law = base.statutes.place(statute(NEW_ARTICLES, day=date(2022, 7, 1)))
    base.statutes.store([law], reader="tests")
    for site in _served(base):
        yield Desk(base, site, home)


@pytest.fixture
def editor(browser: Browser, checking: Desk) -> Iterator[Page]:
    yield from signed_in(browser, checking.site, "editor", refusals=True)


def opened(page: Page, record: str) -> None:
    page.goto(f"/desk/drafts/{record}")
    expect(page.locator("#draft")).to_be_visible()


def select(page: Page, words: str) -> None:
    """Drags the mouse over words of the text, from the first letter to the last."""
    box = page.evaluate(
        """(words) => {
          const pane = document.querySelector(".left");
          const lines = [...pane.querySelectorAll(".words")];
          const line = lines.find((one) => one.textContent.includes(words));
          line.scrollIntoView({ block: "center" });
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          let at = line.textContent.indexOf(words), left = words.length, node;
          while ((node = walker.nextNode())) {
            if (at >= node.length) { at -= node.length; continue; }
            if (left === words.length) range.setStart(node, at);
            const end = Math.min(node.length, at + left);
            left -= end - at;
            at = 0;
            range.setEnd(node, end);
            if (!left) break;
          }
          const boxes = [...range.getClientRects()];
          const [first, last] = [boxes[0], boxes[boxes.length - 1]];
          const middle = (box) => box.top + box.height / 2;
          return [first.left + 1, middle(first), last.right - 1, middle(last)];
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()
    expect(page.locator("#assign")).to_be_visible()


def test_a_draft_is_gone_through_with_a_dozen_keys(editor: Page, checking: Desk) -> None:
    records = [checking.add(name) for name in ("某药铺甲", "某药铺乙")]
    editor.goto("/desk/?q=某药铺")
    editor.locator(".work tbody a").first.click()
    expect(editor.locator(".left-to-do")).to_be_visible()
    editor.wait_for_load_state()  # keys are heard from then on
    first = editor.url.split("/drafts/")[1].split("?")[0]
    keys = editor.keyboard
    keys.press("?")
    expect(editor.locator("#keys")).to_be_visible()
    keys.press("?")
    expect(editor.locator("#keys")).to_be_hidden()
    keys.press("j")
    expect(editor.locator("li[data-value]:focus")).to_have_count(1)
    expect(editor.locator("mark.shown").first).to_be_in_viewport()
    left = editor.locator("li[data-value=proposed]").count()
    assert left > 5
    rejected = editor.locator("li[data-value=proposed]").nth(1).get_attribute("id")
    for done, key in enumerate(["Enter", "x", *["a"] * (left - 2)], 1):
        keys.press(key)
        expect(editor.locator("li[data-value=proposed]")).to_have_count(left - done)
    expect(editor.locator("#gates")).to_be_focused()
    expect(editor.locator(f"#{rejected}")).to_have_class("rejected idle")
    keys.press("m")
    expect(editor.locator(".left")).to_contain_text("店员王某某的电话为×××")
    keys.press("n")
    expect(editor).not_to_have_url(re.compile(first))
    editor.wait_for_load_state()
    assert editor.url.split("/drafts/")[1].split("?")[0] in set(records) - {first}
    keys.press("j")
    keys.press("e")
    expect(editor.locator("#part-regions")).to_be_focused()
    editor.locator("#add-regions").focus()
    keys.type("jx?mn")
    assert editor.locator("#add-regions").input_value() == "jx?mn"
    expect(editor.locator("#keys")).to_be_hidden()
    keys.press("Tab")
    keys.press("p")
    expect(editor.locator("h1")).to_contain_text("药铺")
    assert first in editor.url


def test_words_selected_with_the_mouse_become_values_and_sections(
    editor: Page, checking: Desk
) -> None:
    record = checking.add("某粮铺")
    opened(editor, record)
    select(editor, "2024年3月1日")
    editor.locator("#assign").get_by_role("button", name="决定日期").click()
    expect(editor.locator("#f-decided .confirmed")).to_contain_text("2024-03-01")
    content = checking.content(record)
    [claim] = [one for one in content.decided if one.evidence.source is ClaimSource.PERSON]
    assert claim.evidence.span.of(content.text) == "2024年3月1日"
    # Over a stretch that is marked already, and into the next.
    select(editor, "决定变更原行政处罚")
    editor.locator("#assign").get_by_role("button", name="处理结果").click()
    expect(editor.locator("#f-outcomes .confirmed")).to_have_count(1)
    select(editor, "轻微并及时改正")
    editor.locator("#assign-role").select_option("commentary")
    editor.locator("#assign").get_by_role("button", name="设为", exact=True).click()
    expect(editor.locator("#draft")).to_have_attribute("data-revision", "4")
    content = checking.content(record)
    [part] = [part for part in content.sections if part.role is Role.COMMENTARY]
    assert part.body.of(content.text) == "轻微并及时改正"


def test_words_that_say_nothing_of_a_field_lose_nothing(editor: Page, checking: Desk) -> None:
    record = checking.add("某布店")
    opened(editor, record)
    select(editor, "出售三袋过期食品")
    editor.locator("#assign").get_by_role("button", name="决定日期").click()
    expect(editor.get_by_role("alert")).to_contain_text("看不出日期")
    expect(editor.locator("#add-decided")).to_have_value("出售三袋过期食品")
    editor.locator("#add-decided").fill("2024-05-08")
    editor.keyboard.press("Enter")
    expect(editor.locator("#f-decided .confirmed")).to_contain_text("2024-05-08")
    [claim] = [
        one for one in checking.content(record).decided if one.evidence.source is ClaimSource.PERSON
    ]
    assert claim.evidence.quote == "出售三袋过期食品"
    select(editor, "店员王小明")
    editor.keyboard.press("s")
    expect(editor.locator("#assign button").first).to_be_focused()
    editor.locator("#assign").get_by_role("button", name="当事人").click()
    expect(editor.locator("#part-parties")).to_be_focused()
    editor.locator("#part-parties").select_option("third_party")
    editor.locator("#add-parties").press("Enter")
    expect(editor.locator("#f-parties .confirmed")).to_contain_text("第三人：店员王小明")


def test_what_is_typed_outlives_a_closed_page(editor: Page, checking: Desk) -> None:
    record = checking.add("某茶铺")
    opened(editor, record)
    editor.locator("#f-citations summary").click()
    editor.locator("#add-citations").press_sequentially("行政处罚法第")
    expect(editor.locator("#kept")).to_contain_text("已暂存")
    editor.locator("#comment-text").fill("请再核对")  # and at once the page is gone
    context = editor.context
    editor.close()
    page = context.new_page()
    opened(page, record)
    expect(page.locator("#add-citations")).to_have_value("行政处罚法第")
    expect(page.locator("#comment-text")).to_have_value("请再核对")
    # Another value decided meanwhile leaves it where it is.
    page.locator("#f-acts button[value=accept]").first.click()
    expect(page.locator("#f-acts .confirmed")).to_have_count(1)
    expect(page.locator("#add-citations")).to_have_value("行政处罚法第")
    page.locator("#add-citations").fill("行政处罚法第三十四条")
    page.locator("#f-citations").get_by_role("button", name="填入").click()
    expect(page.locator("#f-citations .confirmed")).to_contain_text("行政处罚法第三十四条")
    page.reload()
    expect(page.locator("#add-citations")).to_have_value("")
    page.locator(".told li", has_text="批注").get_by_role("button", name="不再保留").click()
    expect(page.locator(".told")).to_have_count(0)
    assert checking.base.desk.draft(record).revision == 3


def test_a_text_typed_over_is_kept_and_never_saved_by_itself(editor: Page, checking: Desk) -> None:
    record = checking.add("某书铺")
    editor.goto(f"/desk/drafts/{record}/words")
    text = editor.locator("#text")
    text.fill(text.input_value().replace("三袋", "五袋"))
    editor.goto("/desk/")
    editor.goto(f"/desk/drafts/{record}")
    expect(editor.locator(".left")).to_contain_text("三袋")
    editor.locator(".told").get_by_role("link", name="继续编辑").click()
    assert "五袋" in editor.locator("#text").input_value()
    editor.get_by_role("button", name="保存", exact=True).click()
    expect(editor.locator(".left")).to_contain_text("五袋")
    expect(editor.locator(".told")).to_have_count(0)


def test_nothing_is_kept_in_mid_composition(editor: Page, checking: Desk) -> None:
    record = checking.add("某酒铺")
    opened(editor, record)
    editor.locator("#comment-text").focus()
    client = editor.context.new_cdp_session(editor)
    sent: list[str] = []
    editor.on(
        "request", lambda asked: sent.append(asked.url) if "unfinished" in asked.url else None
    )
    client.send("Input.imeSetComposition", {"text": "qing", "selectionStart": 4, "selectionEnd": 4})
    editor.wait_for_timeout(2000)
    assert sent == []
    client.send("Input.insertText", {"text": "请核对"})
    expect(editor.locator("#kept")).to_contain_text("已暂存")


def test_one_finding_is_masked_with_what_is_typed_over(editor: Page, checking: Desk) -> None:
    record = checking.add("某糖铺")
    opened(editor, record)
    row = editor.locator(".problems li", has_text="王小明")
    row.locator(".instead").fill("王某")
    row.get_by_role("button", name="隐名").click()
    expect(editor.locator(".left")).to_contain_text("店员王某的电话")
    expect(editor.locator(".left")).to_contain_text("13912345678")
    expect(editor.locator(".problems li", has_text="王小明")).to_have_count(0)


def test_citations_resolve_as_they_are_typed_and_show_their_text(
    editor: Page, checking: Desk
) -> None:
    record = checking.add("某盐铺")
    opened(editor, record)
    editor.locator("#f-citations summary").click()
    box = editor.locator("#add-citations")
    told = editor.locator("#cites")
    for typed, said in (
        (f"{TITLE}第五条", "已核对"),
        (f"{TITLE}第九百九十九条", "没有这一条款"),
        ("《某某不存在办法》第五条", "未能确认所指法规"),
        ("你好", "还看不出是哪一条"),
    ):
        box.fill(typed)
        expect(told).to_contain_text(said)
    box.fill(f"{TITLE}第五条")
    told.locator("a").hover()
    expect(editor.locator("#glance")).to_contain_text(NEW_ARTICLES[5][:6])
    editor.mouse.move(1, 1)
    expect(editor.locator("#glance")).to_be_hidden()
    # In the text and among the values as well, by mouse and by keyboard.
    editor.locator(".left a.cite").first.hover()
    expect(editor.locator("#glance")).to_be_visible()
    editor.mouse.move(1, 1)
    value = editor.locator("#f-citations .ground-link[data-glance]").first
    value.focus()
    editor.keyboard.press("Shift+Tab")
    editor.keyboard.press("Tab")
    expect(editor.locator("#glance")).to_be_visible()
    doubt = editor.locator(".left mark[data-doubt]").last
    shown = doubt.evaluate("one => getComputedStyle(one, '::after').content + one.dataset.doubt")
    assert "未能确认所指法规" in shown


def test_a_decision_of_another_meanwhile_shows_both(editor: Page, checking: Desk) -> None:
    record = checking.add("某油铺")
    opened(editor, record)
    draft = checking.base.desk.draft(record)
    other = replace(draft.content, title="别人改过的标题（示例）")
    actor = _editor(checking)
    checking.base.desk.save(record, other, actor, draft.revision)
    editor.locator("#f-dockets summary").click()
    editor.locator("#add-dockets").fill("渝中府复〔2024〕85号")
    editor.locator("#f-dockets").get_by_role("button", name="填入").click()
    expect(editor.get_by_role("alert")).to_contain_text("没有保存")
    editor.get_by_role("button", name="上做我的修改").click()
    expect(editor.locator("#f-dockets .confirmed")).to_contain_text("渝中府复〔2024〕85号")
    expect(editor.locator("h1")).to_have_text("别人改过的标题（示例）")
    assert settled(checking.content(record).dockets)


def _editor(checking: Desk):
    from kb.accounts import actor

    return actor(next(one for one in checking.base.accounts.users() if one.name == "editor"))
