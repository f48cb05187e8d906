"""People at the desk of a site, each in a browser of their own."""

from collections.abc import Iterator
from pathlib import Path

from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.browser.conftest import _context
from tests.web.desk.conftest import PASSWORD


def staffed(home: Path, **people: list[UserRole]) -> KnowledgeBase:
    """An empty base with these people."""
    settings = Settings.from_environment({"KB_HOME": str(home)})
    base = KnowledgeBase.open(settings)
    base.index_changes()  # the first one loads dictionaries, which takes its time
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    base.accounts = Accounts(AccountStore(open_database(settings.database_url)), cheap)
    for name, roles in people.items():
        base.accounts.choose_password(base.accounts.add(name, roles), PASSWORD)
    return base


def signed_in(browser: Browser, site: str, name: str, **options: object) -> Iterator[Page]:
    """The page of someone who has signed in."""
    for context in _context(browser, site, **options):
        page = context.new_page()
        page.goto("/desk/")
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        yield page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def paste(page: Page, text: str) -> str:
    """Adds a case by its words and opens its draft; gives the address."""
    page.goto("/desk/add")
    page.locator("#text").fill(text)
    press(page, "加入草稿")
    page.locator("#drafts tbody a").first.click()
    expect(page.locator("#draft")).to_be_visible()
    return page.url
