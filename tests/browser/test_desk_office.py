"""Administration and bulk work in a real browser: a second factor by keyboard, a selection changed
and undone, a one-time link."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.browser.conftest import _context, _served
from tests.web.desk.conftest import PASSWORD, TEXT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with two drafts and one who may do everything."""
    home = tmp_path_factory.mktemp("office")
    settings = BaseSettings.from_environment({"KB_HOME": str(home)})
    base = KnowledgeBase.open(settings)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    base.accounts = Accounts(AccountStore(open_database(settings.database_url)), cheap)
    base.accounts.choose_password(base.accounts.add("all", list(UserRole)), PASSWORD)
    for name in ("甲店", "乙店"):
        (home / f"{name}.txt").write_text(TEXT.replace("某超市", name), "utf-8")
        ingest(base, [str(home / f"{name}.txt")], Options(), publish=False)
    yield from _served(base)


@pytest.fixture
def page(browser: Browser, office: str) -> Iterator[Page]:
    for context in _context(browser, office):
        page = context.new_page()
        page.goto("/desk/sign-in")
        page.get_by_label("账户名").fill("all")
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="工作列表")).to_be_visible()
        yield page


def test_a_selection_is_changed_and_undone(page: Page) -> None:
    page.get_by_label("选中本页全部").check()
    page.get_by_role("button", name="批量办理选中的").click()
    expect(page.get_by_role("heading", name="批量办理：2 件")).to_be_visible()
    page.get_by_label("项目").select_option(label="批次")
    page.get_by_role("button", name="选定").click()
    page.get_by_label("批次").fill("新批次（示例）")
    page.keyboard.press("Enter")
    expect(page.locator("ins")).to_have_text(["新批次（示例）"] * 2)
    page.get_by_role("button", name="保存这 2 件的修改").click()
    expect(page.get_by_role("status").filter(has_text="改了 2 件")).to_be_visible()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.get_by_text("已恢复")).to_have_count(2)


def test_a_second_factor_is_turned_on_and_off(page: Page) -> None:
    page.goto("/desk/second-factor")
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.locator("#codes li")).to_have_count(10)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="关闭二次验证").click()
    expect(page.get_by_text("二次验证已关闭")).to_be_visible()


def test_a_one_time_link_can_be_copied(page: Page) -> None:
    page.goto("/desk/users")
    page.get_by_label("账户名").fill("sun")
    page.locator("form.small-form").get_by_label("编辑").check()
    page.get_by_role("button", name="增加并取得链接").click()
    expect(page.locator("#made")).to_contain_text("/desk/welcome/")
    expect(page.get_by_role("button", name="复制")).to_be_visible()
