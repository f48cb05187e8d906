"""The administrators' pages: users and one-time links, tokens, the audit."""

import csv
import io
import re
import sqlite3
from dataclasses import replace

import pytest

from kb.accounts import Scope, UserRole
from kb.errors import SignInFailed
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.web.desk.conftest import PASSWORD, Browser
from web.app import create_app
from web.settings import OFF, Settings

PAGES = ("/desk/users", "/desk/tokens", "/desk/audit", "/desk/audit.csv")
FORMS = ("users/add", "users/roles", "users/disable", "users/enable", "users/reset")


def link_in(page):
    return re.search(r"/desk/welcome/[\w-]+", page)[0]


def made_in(page):
    return re.search(r'id="made"[^>]*>([^<]+)<', page)[1]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_sees_these_pages(anyone, editor, reviewer, publisher, administrator, path):
    assert anyone.get(path).status_code == 303
    for one in (editor, reviewer, publisher):
        refused = one.get(path)
        assert refused.status_code == 403
        assert "赵" not in refused.get_data(as_text=True)
    assert administrator.get(path).status_code == 200


@pytest.mark.parametrize("path", [*FORMS, "tokens/add", "tokens/revoke"])
def test_nobody_else_changes_anything(kb, editor, path):
    before = kb.desk.entries()[0].seq
    refused = editor.post(f"/desk/{path}", name="王", role="admin", owner="张", scope="read")
    assert refused.status_code == 403
    assert kb.desk.entries()[0].seq == before


def test_an_administrator_is_led_to_the_accounts(anyone):
    entered = anyone.post("/desk/sign-in", name="赵", password=PASSWORD)
    assert entered.location == "/desk/users"
    assert "工作列表" not in anyone.page("/desk/users")


def test_a_user_is_added_by_a_link_shown_once(kb, desk_app, administrator):
    added = administrator.post(
        "/desk/users/add", name="Sun", shown="孙某", role=["editor", "reviewer"]
    )
    link = link_in(added.get_data(as_text=True))
    assert "/desk/welcome/" not in administrator.page("/desk/users")
    sun = Browser(desk_app)
    assert "孙某，请设置密码" in sun.page(link)
    sun.post(link, password=PASSWORD, again=PASSWORD)
    assert kb.accounts.user("sun").roles == {"editor", "reviewer"}
    assert kb.desk.entries(who="赵", limit=1)[0].detail.count("sun")
    assert sun.get(link).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "a b", "role": "editor"}, "不能作账户名"),
        ({"name": "qian"}, "至少要有一个角色"),
        ({"name": "qian", "role": "chief"}, "没有“chief”这种角色"),
        ({"name": "张", "role": "editor"}, "已有账户"),
    ],
)
def test_what_cannot_be_added_is_refused_with_what_was_typed(kb, administrator, form, said):
    refused = administrator.post("/desk/users/add", shown="钱某", **form)
    page = refused.get_data(as_text=True)
    assert refused.status_code in (400, 409)
    assert said in page
    assert 'value="钱某"' in page
    assert "qian" not in {one.name for one in kb.accounts.users()}


def test_roles_disabling_and_reset_take_hold_at_once(kb, desk_app, administrator):
    kb.accounts.choose_password(kb.accounts.add("wu", [UserRole.EDITOR]), PASSWORD)
    wu = Browser(desk_app, "wu")
    assert wu.get("/desk/add").status_code == 200
    administrator.post("/desk/users/roles", name="wu", role="reviewer")
    assert wu.get("/desk/add").status_code == 403
    administrator.post("/desk/users/disable", name="wu")
    assert wu.get("/desk/").status_code == 303
    assert administrator.post("/desk/users/reset", name="wu").status_code == 403
    administrator.post("/desk/users/enable", name="wu")
    wu = Browser(desk_app, "wu")
    assert wu.get("/desk/").status_code == 200
    page = administrator.post("/desk/users/reset", name="wu").get_data(as_text=True)
    assert wu.get("/desk/").status_code == 303
    wu.post(link_in(page), password=PASSWORD + "二", again=PASSWORD + "二")
    assert kb.accounts.sign_in("wu", PASSWORD + "二").user.name == "wu"


def test_the_last_administrator_stays(kb, administrator):
    for path, form in (("disable", {}), ("roles", {"role": "editor"}), ("reset", {})):
        refused = administrator.post(f"/desk/users/{path}", name="赵", **form)
        assert refused.status_code == 403
    assert kb.accounts.user("赵").roles == {"admin"}
    assert administrator.get("/desk/users").status_code == 200


def test_a_name_that_is_none_is_told(administrator):
    assert administrator.post("/desk/users/disable", name="无此人").status_code == 404
    assert administrator.post("/desk/tokens/revoke", name="无此令牌").status_code == 404


def test_a_token_is_shown_once_serves_and_is_revoked(kb, administrator):
    form = {"name": "门户", "owner": "张", "scope": ["read", "submit"], "days": "30"}
    made = made_in(administrator.post("/desk/tokens/add", **form).get_data(as_text=True))
    listed = administrator.page("/desk/tokens")
    assert made not in listed
    assert "读草稿、录入、修改、送审" in listed
    assert kb.accounts.token_actor(made, Scope.SUBMIT).who == "张/门户"
    assert administrator.post("/desk/tokens/add", **form).status_code == 409
    assert administrator.post("/desk/tokens/add", name="别的", owner="张").status_code == 400
    administrator.post("/desk/tokens/revoke", name="门户")
    with pytest.raises(SignInFailed):
        kb.accounts.token_actor(made, Scope.SUBMIT)


def test_the_audit_is_filtered_and_paged(kb, administrator):
    for n in range(101):
        kb.accounts.set_roles("王", [UserRole.PUBLISHER], by=f"某/{n}")
    first = administrator.page("/desk/audit", who="某", action="user")
    assert first.count("<tr><td>") == 100
    older = re.search(r'href="(/desk/audit\?[^"]*before=[^"]*)"', first)[1].replace("&amp;", "&")
    assert administrator.client.get(older).get_data(as_text=True).count("<tr><td>") == 1
    assert "没有符合条件的记录" in administrator.page("/desk/audit", who="某", action="publish")
    assert administrator.get("/desk/audit", action="无").status_code == 400
    assert administrator.get("/desk/audit", before="x").status_code == 400


def test_the_audit_comes_as_a_table_without_formulas(kb, administrator):
    kb.accounts.set_roles("王", [UserRole.PUBLISHER], by="=cmd()")
    text = administrator.get("/desk/audit.csv", who="=cmd()").get_data().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["who"] == "'=cmd()"
    assert row["hash"] == kb.desk.entries(limit=1)[0].hash
    whole = administrator.get("/desk/audit.csv").get_data().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(whole)))) == kb.desk.verify_audit().entries + 1


def test_the_verdict_is_plain(tmp_path):
    settings = BaseSettings.from_environment({"KB_HOME": str(tmp_path)})
    kb = KnowledgeBase.open(settings)
    kb.accounts.choose_password(kb.accounts.add("赵", [UserRole.ADMIN]), PASSWORD)
    admin = Browser(create_app(kb, settings=Settings(rate_limit=OFF)), "赵")
    page = admin.page("/desk/audit", verify="1")
    assert "完整，没有被改动" in page
    assert kb.desk.verify_audit().head in page
    with sqlite3.connect(tmp_path / "kb.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE audit SET who = '别人' WHERE seq = 1")
    database.close()
    assert "第 1 条起被改动或有缺失" in admin.page("/desk/audit", verify="1")


def test_attempts_at_signing_in_are_held_even_where_the_interface_is_free(kb):
    free = replace(Settings.from_environment({"KB_RATE_LIMIT": "off"}), key_file=None)
    assert free.sign_in_rate == Settings().sign_in_rate
    browser = Browser(create_app(kb, settings=replace(free, sign_in_rate="1/minute")))
    tried = [browser.post("/desk/sign-in", name="无此人", password="不是这个") for _ in range(2)]
    assert [one.status_code for one in tried] == [400, 429]
