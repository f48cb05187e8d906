"""The desk in a real browser: two who edit at once, one who is both editor and reviewer, what each
role may not see, a tablet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.accounts import Scope, UserRole
from kb.service import KnowledgeBase
from tests.browser.conftest import _context, _served
from tests.browser.desk import paste, press, signed_in, staffed
from tests.web.desk.conftest import TEXT

pytestmark = pytest.mark.browser

API = "/api/v1/desk/drafts"
OF_CASES = ("/desk/looks", "/desk/bulk", "{draft}", "{draft}/history", "{draft}/beside/{id}")
OF_EDITORS = ("/desk/add", "/desk/jobs/", "/desk/spreadsheet", "{draft}/words")
OF_ADMINISTRATORS = ("/desk/users", "/desk/tokens", "/desk/audit")
FORBIDDEN = {
    "editor": OF_ADMINISTRATORS,
    "reviewer": (*OF_EDITORS, *OF_ADMINISTRATORS),
    "publisher": (*OF_EDITORS, *OF_ADMINISTRATORS),
    "admin": (*OF_CASES, *OF_EDITORS),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """An empty base with someone of each role, and one who has them all."""
    people = {role.value: [role] for role in UserRole} | {"all": list(UserRole)}
    return staffed(tmp_path_factory.mktemp("desk"), **people)


@pytest.fixture(scope="module")
def site(base: KnowledgeBase) -> Iterator[str]:
    yield from _served(base)


@pytest.fixture
def editor(browser: Browser, site: str) -> Iterator[Page]:
    yield from signed_in(browser, site, "editor", refusals=True)


@pytest.fixture
def both(browser: Browser, site: str) -> Iterator[Page]:
    yield from signed_in(browser, site, "all", refusals=True)


@pytest.fixture(scope="module")
def secret(browser: Browser, site: str) -> str:
    """The id of a draft that not everyone may see."""
    for page in signed_in(browser, site, "editor"):
        address = paste(page, TEXT.replace("某超市", "某秘密店"))
    return address.split("?")[0].rpartition("/")[2]


def test_two_who_edit_at_once_lose_nothing(editor: Page) -> None:
    paste(editor, TEXT.replace("某超市", "某药店"))
    editor.get_by_role("link", name="修改标题与正文").click()
    other = editor.context.new_page()
    other.goto(editor.url)
    for page, said in ((editor, "四袋"), (other, "五袋")):
        text = page.locator("#text")
        text.fill(text.input_value().replace("三袋", said))
    press(editor, "保存")
    expect(editor.locator(".left")).to_contain_text("四袋")
    press(other, "保存")
    expect(other.get_by_role("alert")).to_contain_text("没有保存")
    expect(other.locator(".diff del")).to_have_text("四袋")
    expect(other.locator(".diff ins")).to_have_text("五袋")
    other.get_by_role("button", name="上做我的修改").click()
    expect(other.locator(".left")).to_contain_text("五袋")


def test_nobody_approves_their_own_draft(both: Page) -> None:
    """Whatever the roles; not with the form of another page either."""
    address = paste(both, TEXT.replace("某超市", "某独行店")).split("?")[0]
    press(both, "送审")
    expect(both.locator(".stage")).to_have_text("待审")
    expect(both.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    form = both.locator(".steps form").first
    form.evaluate("(form, to) => { form.action = to; }", f"{address}/steps/approve")
    with both.expect_navigation() as went:
        form.evaluate("(form) => form.submit()")
    assert went.value.status == 403
    expect(both.locator("main")).to_contain_text("须由另一人审核")
    both.goto(address)
    expect(both.locator(".stage")).to_have_text("待审")


@pytest.mark.parametrize("role", FORBIDDEN)
def test_each_role_is_refused_what_is_not_its_own(
    browser: Browser, site: str, secret: str, role: str
) -> None:
    """With 403, before anything is looked up, and with nothing of it in the answer; led there by no
    link."""
    for page in signed_in(browser, site, role, refusals=True):
        links = page.locator(".desk-bar a")
        led = {one.get_attribute("href") for one in links.all()}
        for path in FORBIDDEN[role]:
            where = path.format(draft=f"/desk/drafts/{secret}", id=secret)
            answer = page.goto(where)
            assert answer, where
            assert answer.status == 403, where
            assert where not in led
            expect(page.locator("main")).to_contain_text("没有这项权限")
            for word in ("某秘密店", "王小明", "13912345678"):
                assert word not in answer.text(), where
            nowhere = page.goto(where.replace(secret, "nowhere"))
            assert nowhere
            assert nowhere.status == 403


def test_who_is_not_signed_in_sees_nothing(browser: Browser, site: str, secret: str) -> None:
    for context in _context(browser, site):
        page = context.new_page()
        for path in (*OF_CASES, *OF_EDITORS, *OF_ADMINISTRATORS):
            page.goto(path.format(draft=f"/desk/drafts/{secret}", id=secret))
            expect(page.get_by_role("button", name="登录")).to_be_visible()
            assert "某秘密店" not in page.content()
        for path in (f"/cases/{secret}", f"/api/v1/cases/{secret}"):
            assert page.request.get(path).status == 404


def test_the_interface_refuses_as_the_pages_do(
    base: KnowledgeBase, editor: Page, secret: str
) -> None:
    """A session counts for nothing there; a token for no more than its scopes and its owner."""
    ask = editor.request
    assert ask.get(f"{API}/{secret}").status == 401
    for owner, scope, step in (
        ("admin", Scope.READ, ""),
        ("editor", Scope.READ, "submit"),
        ("editor", Scope.SUBMIT, "approve"),
        ("reviewer", Scope.REVIEW, "publish"),
        ("publisher", Scope.PUBLISH, "approve"),
    ):
        token = base.accounts.add_token(f"{owner}-{scope.value}", owner, [scope])
        headers = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
        where = f"{API}/{secret}"
        if step:
            answer = ask.post(f"{where}/steps", headers=headers, data={"step": step})
        else:
            answer = ask.get(where, headers=headers)
        assert answer.status == 403, (owner, scope)
        assert "某秘密店" not in answer.text()
    assert base.desk.draft(secret).stage == "draft"


def test_a_tablet_shows_a_draft_without_pushing_sideways(editor: Page) -> None:
    editor.set_viewport_size({"width": 820, "height": 1180})
    paste(editor, TEXT.replace("某超市", "某茶馆"))
    expect(editor.locator(".left")).to_be_visible()
    assert editor.evaluate("document.documentElement.scrollWidth") == 820
