"""Signing in and out: sessions, cookies, forms of the desk alone, links, lock-out, codes."""

import stat

import pyotp
import pytest

from kb.accounts import UserRole
from tests.web.desk.conftest import PASSWORD, Browser
from web.app import create_app
from web.settings import BadSetting, Settings

OTHER = "两个黄鹂鸣翠柳-示例"


def invite(kb, name, **more):
    return kb.accounts.add(name, [UserRole.EDITOR], **more)


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(anyone):
    led = anyone.get("/desk/password")
    assert led.status_code == 303
    assert led.location.endswith("/desk/sign-in?then=/desk/password")
    entered = anyone.post("/desk/sign-in", name="张", password=PASSWORD, then="/desk/password")
    assert entered.location == "/desk/password"
    assert "原密码" in anyone.page("/desk/password")


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "/cases/1"])
def test_signing_in_leads_nowhere_else(anyone, there):
    entered = anyone.post("/desk/sign-in", name="张", password=PASSWORD, then=there)
    assert entered.location.startswith("/desk/")


def test_a_wrong_password_says_no_more_than_that(anyone, kb):
    wrong = anyone.post("/desk/sign-in", name="张", password="不是这个")
    nobody = anyone.post("/desk/sign-in", name="无此人", password="不是这个")
    assert wrong.status_code == nobody.status_code == 400
    for page in (wrong, nobody):
        assert "账户名或密码不对" in page.get_data(as_text=True)
    kb.accounts.sign_in("张", PASSWORD)


def test_a_lock_out_is_told_plainly(anyone):
    for _ in range(6):
        last = anyone.post("/desk/sign-in", name="某甲", password="不是这个")
    assert last.status_code == 429
    assert "15 分钟后再试" in last.get_data(as_text=True)


def test_a_form_without_the_desks_mark_does_nothing(anyone):
    refused = anyone.client.post("/desk/sign-in", data={"name": "张", "password": PASSWORD})
    assert refused.status_code == 400
    assert "没有保存" in refused.get_data(as_text=True)
    assert anyone.get("/desk/password").status_code == 303


def test_signing_out_ends_the_session(anyone):
    anyone.post("/desk/sign-in", name="张", password=PASSWORD)
    copied = anyone.client.get_cookie("desk", path="/desk")
    anyone.post("/desk/sign-out")
    assert anyone.get("/desk/password").status_code == 303
    anyone.client.set_cookie("desk", copied.value, path="/desk")
    assert anyone.get("/desk/password").status_code == 303


def test_a_link_lets_its_owner_choose_a_password_once(anyone, kb):
    path = f"/desk/welcome/{invite(kb, 'new', shown='新编辑')}"
    assert "新编辑，请设置密码" in anyone.page(path)
    unlike = anyone.post(path, password=PASSWORD, again=OTHER)
    assert "不一样" in unlike.get_data(as_text=True)
    short = anyone.post(path, password="短", again="短")
    assert "至少 10 个字符" in short.get_data(as_text=True)
    assert "请登录" in anyone.post(path, password=PASSWORD, again=PASSWORD).get_data(as_text=True)
    assert anyone.get(path).status_code == 404
    assert anyone.post("/desk/sign-in", name="new", password=PASSWORD).status_code == 303


def test_changing_the_password_ends_the_other_sessions(desk_app, kb):
    kb.accounts.choose_password(invite(kb, "two"), PASSWORD)
    here, there = Browser(desk_app, "two"), Browser(desk_app, "two")
    wrong = here.post("/desk/password", old=OTHER, password=OTHER, again=OTHER)
    assert "原密码不对" in wrong.get_data(as_text=True)
    here.post("/desk/password", old=PASSWORD, password=OTHER, again=OTHER)
    assert here.get("/desk/password").status_code == 200
    assert there.get("/desk/password").status_code == 303


def test_a_second_factor_is_asked_for(anyone, kb):
    kb.accounts.choose_password(invite(kb, "totp"), PASSWORD)
    secret, _ = kb.accounts.new_totp(kb.accounts.user("totp"))
    user = kb.accounts.user("totp")
    recovery = kb.accounts.confirm_totp(user, secret, pyotp.TOTP(secret).now())
    asked = anyone.post("/desk/sign-in", name="totp", password=PASSWORD)
    assert asked.location == "/desk/code"
    assert anyone.get("/desk/password").status_code == 303
    assert anyone.post("/desk/code", code="000000x").status_code == 400
    assert anyone.post("/desk/code", code=recovery[0]).status_code == 303
    assert anyone.get("/desk/password").status_code == 200


def test_the_cookie_is_for_the_desk_alone(anyone):
    said = anyone.post("/desk/sign-in", name="张", password=PASSWORD).headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/desk", "SameSite=Lax"} <= set(said.split("; "))
    assert "Secure" not in said
    for path in ("/", "/search", "/api/v1/search", "/help"):
        assert "Set-Cookie" not in anyone.get(path).headers


@pytest.mark.parametrize(
    "address", ["https://localhost", "http://cases.example", "http://10.0.0.8:80"]
)
def test_away_from_the_machine_the_cookie_goes_over_https_alone(desk_app, address):
    page = desk_app.test_client().get("/desk/sign-in", base_url=address)
    assert "Secure" in page.headers["Set-Cookie"].split("; ")


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/password", "/desk/nowhere"])
def test_no_page_is_kept_or_indexed(anyone, path):
    headers = anyone.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_an_address_has_so_many_attempts(kb):
    limited = Browser(create_app(kb, settings=Settings()))
    for n in range(21):
        last = limited.post("/desk/sign-in", name=f"nobody{n}", password="不是这个")
    assert last.status_code == 429
    assert limited.get("/desk/sign-in").status_code == 200


def test_the_key_is_kept_for_its_owner_alone(kb, tmp_path):
    settings = Settings(key_file=tmp_path / "secret-key")
    keys = {create_app(kb, settings=settings).secret_key for _ in range(2)}
    assert keys == {settings.key_file.read_text()}
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_a_short_key_is_refused():
    with pytest.raises(BadSetting, match="KB_SECRET_KEY"):
        Settings.from_environment({"KB_SECRET_KEY": "short"})
