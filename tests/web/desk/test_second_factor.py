"""The second factor of one's own: scanned or typed, confirmed, used, turned off, taken away."""

import re

import pyotp
import pytest

from kb.accounts import UserRole
from tests.web.desk.conftest import PASSWORD, Browser

AT = "/desk/second-factor"


@pytest.fixture
def someone(kb, desk_app, request):
    name = f"factor{abs(hash(request.node.name)) % 10**8}"
    kb.accounts.choose_password(kb.accounts.add(name, [UserRole.EDITOR]), PASSWORD)
    browser = Browser(desk_app, name)
    browser.name = name
    return browser


def secret_on(page):
    return re.search(r'id="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def turned_on(browser):
    secret = secret_on(browser.page(AT))
    return secret, browser.post(AT, code=pyotp.TOTP(secret).now())


def test_only_who_is_signed_in_sees_it(anyone):
    assert anyone.get(AT).status_code == 303
    assert anyone.post(AT, code="1").status_code == 303


def test_it_is_turned_on_by_a_code_and_asked_for_from_then_on(kb, desk_app, someone):
    page = someone.page(AT)
    secret = secret_on(page)
    assert "<svg" in page
    wrong = someone.post(AT, code="000000")
    assert wrong.status_code == 400
    assert secret_on(wrong.get_data(as_text=True)) == secret  # what was scanned stays good
    done = someone.post(AT, code=pyotp.TOTP(secret).now())
    codes = re.findall(r"<li><code>([^<]+)</code>", done.get_data(as_text=True))
    assert len(codes) == 10
    again = someone.page(AT)
    assert codes[0] not in again
    assert secret not in again
    assert kb.accounts.user(someone.name).totp != secret
    fresh = Browser(desk_app, someone.name)
    assert fresh.get(AT).status_code == 303
    fresh.post("/desk/code", code=codes[0])
    assert "还剩 9 个" in fresh.page(AT)


def test_it_is_turned_off_by_the_password_alone(kb, someone):
    turned_on(someone)
    assert someone.post(f"{AT}/drop", password="不是这个").status_code == 400
    assert kb.accounts.user(someone.name).totp
    assert "已关闭" in someone.post(f"{AT}/drop", password=PASSWORD).get_data(as_text=True)
    assert not kb.accounts.user(someone.name).totp


def test_it_cannot_be_replaced_without_the_password(kb, someone):
    page = someone.page(AT)
    before, _ = turned_on(someone)
    sealed = kb.accounts.user(someone.name).totp
    assert secret_on(page) == before
    assert someone.post(AT, code=pyotp.TOTP(before).now()).status_code == 303
    assert kb.accounts.user(someone.name).totp == sealed


def test_an_administrator_takes_a_lost_one_away(kb, administrator, someone):
    turned_on(someone)
    assert "连同二次验证一起取消" in administrator.page("/desk/users")
    administrator.post("/desk/users/reset", name=someone.name, second_factor="1")
    assert not kb.accounts.user(someone.name).totp
