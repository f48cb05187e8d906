"""The desk in a real browser: files dropped, fields and names put right, two persons, publishing,
a correction, a withdrawal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.browser.conftest import _context, _served
from tests.web.desk.conftest import PASSWORD, TEXT

pytestmark = pytest.mark.browser

FILES = ("docx-set-deyang.docx", "text-set-meishan.txt", "single-leshan-plain.html")
TITLE = "某超市不服罚款申请行政复议案（示例）"


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty site with an editor and a reviewer who also publishes."""
    settings = BaseSettings.from_environment({"KB_HOME": str(tmp_path_factory.mktemp("desk"))})
    base = KnowledgeBase.open(settings)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    base.accounts = Accounts(AccountStore(open_database(settings.database_url)), cheap)
    second = [UserRole.REVIEWER, UserRole.PUBLISHER]
    for name, roles in (("editor", [UserRole.EDITOR]), ("second", second)):
        base.accounts.choose_password(base.accounts.add(name, roles), PASSWORD)
    yield from _served(base)


@pytest.fixture
def editor(browser: Browser, desk_site: str) -> Iterator[Page]:
    yield from _signed_in(browser, desk_site, "editor")


@pytest.fixture
def second(browser: Browser, desk_site: str) -> Iterator[Page]:
    # Without scripts, as everything must work.
    yield from _signed_in(browser, desk_site, "second", java_script_enabled=False)


def test_from_dropped_files_to_a_withdrawn_case(
    editor: Page, second: Page, samples: Path, tmp_path: Path
) -> None:
    own = tmp_path / "某超市案.txt"
    own.write_text(TEXT)
    editor.get_by_role("link", name="添加案例").click()
    editor.set_input_files("#files", [*(samples / name for name in FILES), own])
    editor.get_by_role("button", name="加入草稿").click()
    expect(editor.locator("#job")).to_contain_text("已结束，共 4 项", timeout=30_000)
    expect(editor.locator("#items tbody tr")).to_have_count(4)
    assert editor.locator("#drafts tbody a").count() >= 4
    editor.get_by_role("link", name=TITLE).click()
    address = editor.url
    public = address.replace("/desk/drafts/", "/cases/")

    # By keyboard: a field's evidence, shown in the text.
    evidence = editor.locator("#f-decided [data-evidence]").first
    evidence.focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("mark.shown").first).to_be_in_viewport()

    # Two fields.
    _fill(editor, "decided", "2024年5月7日")
    expect(editor.locator("#f-decided .confirmed")).to_contain_text("2024-05-07")
    _fill(editor, "dockets", "渝中府复〔2024〕85号")
    expect(editor.locator("#f-dockets .confirmed")).to_contain_text("渝中府复〔2024〕85号")

    _press(editor, "送审")
    second.goto(address)
    _press(second, "通过")
    _press(second, "发布")
    expect(second.get_by_role("alert")).to_contain_text("不能发布")
    expect(second.locator(".problems")).to_contain_text("王小明")
    second.locator(".steps form", has_text="退回修改").get_by_label("理由").fill("请隐名")
    _press(second, "退回修改")

    editor.goto(address)
    _press(editor, "全部按建议隐名")
    expect(editor.locator(".left")).not_to_contain_text("王小明")
    expect(editor.locator(".problems")).to_have_count(0)
    _press(editor, "送审")
    second.goto(address)
    _press(second, "通过")
    _press(second, "发布")
    expect(second.locator(".stage")).to_have_text("已发布")
    editor.goto("/search?q=过期食品")
    editor.get_by_role("link", name=TITLE).first.click()
    expect(editor.locator("h1")).to_have_text(TITLE)

    # A correction.
    editor.goto(address)
    editor.get_by_role("link", name="修改标题与正文").click()
    text = editor.locator("#text")
    text.fill(text.input_value().replace("三袋", "四袋"))
    _press(editor, "保存")
    _press(editor, "送审")
    second.goto(address)
    _press(second, "通过")
    second.get_by_label("更正说明").fill("更正数量")
    _press(second, "发布")
    editor.goto(public)
    expect(editor.locator("body")).to_contain_text("四袋")

    second.locator(".steps form", has_text="撤回").get_by_label("理由").fill("来源已撤下")
    _press(second, "撤回")
    expect(second.locator(".stage")).to_have_text("已撤回")
    gone = second.goto(public)
    assert gone
    assert gone.status == 410
    second.goto("/search?q=过期食品")
    expect(second.get_by_role("link", name=TITLE)).to_have_count(0)


def test_two_who_edit_at_once_lose_nothing(editor: Page) -> None:
    _add(editor, TEXT.replace("某超市", "某药店"))
    editor.get_by_role("link", name="修改标题与正文").click()
    other = editor.context.new_page()
    other.goto(editor.url)
    for page, said in ((editor, "四袋"), (other, "五袋")):
        text = page.locator("#text")
        text.fill(text.input_value().replace("三袋", said))
    _press(editor, "保存")
    expect(editor.locator(".left")).to_contain_text("四袋")
    _press(other, "保存")
    expect(other.get_by_role("alert")).to_contain_text("没有保存")
    expect(other.locator(".diff del")).to_have_text("四袋")
    expect(other.locator(".diff ins")).to_have_text("五袋")
    other.get_by_role("button", name="上做我的修改").click()
    expect(other.locator(".left")).to_contain_text("五袋")


def test_a_tablet_shows_a_draft_without_pushing_sideways(editor: Page) -> None:
    editor.set_viewport_size({"width": 820, "height": 1180})
    _add(editor, TEXT.replace("某超市", "某茶馆"))
    expect(editor.locator(".left")).to_be_visible()
    assert editor.evaluate("document.documentElement.scrollWidth") == 820


def _signed_in(browser: Browser, site: str, name: str, **options: object) -> Iterator[Page]:
    contexts = _context(browser, site, **options)
    page = next(contexts).new_page()
    page.goto("/desk/")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".tabs").first).to_be_visible()
    yield page
    page.context.close()


def _add(page: Page, text: str) -> None:
    """Pastes a case and opens its draft."""
    page.get_by_role("link", name="添加案例").click()
    page.locator("#text").fill(text)
    page.get_by_role("button", name="加入草稿").click()
    page.locator("#drafts tbody a").first.click()


def _fill(page: Page, field: str, typed: str) -> None:
    page.locator(f"#f-{field} summary").click()
    page.locator(f"#add-{field}").fill(typed)
    page.locator(f"#f-{field}").get_by_role("button", name="填入").click()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
