"""`kb user`, `kb token` and `kb audit`: no password in or out, and a chain that tells."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from kb.accounts import Accounts, Scope
from kb.cli import main
from kb.store.accounts import AccountStore
from kb.store.database import open_database


@pytest.fixture
def kb(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def accounts(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.sqlite3'}")
    yield Accounts(AccountStore(database))
    database.close()


def test_a_user_is_added_with_a_link_that_serves_once(kb, accounts):
    assert "还没有账户" in kb("user", "list").stdout
    added = kb(
        "user",
        "add",
        "张三",
        "--role",
        "editor",
        "--role",
        "reviewer",
        "--site",
        "https://kb.example/",
    )
    link = added.stdout.strip()
    assert link.startswith("https://kb.example/desk/welcome/")
    accounts.choose_password(link.rsplit("/", 1)[1], "春风又绿江南岸-示例")
    [user] = json.loads(kb("user", "list", "--json").stdout)
    assert (user["name"], user["roles"], user["password"]) == ("张三", ["editor", "reviewer"], True)
    assert kb("user", "disable", "张三").exit_code == 0
    assert "已停用" in kb("user", "list").stdout
    assert kb("user", "reset", "张三").exit_code == 1
    assert kb("user", "enable", "张三").exit_code == 0
    assert "/desk/welcome/" in kb("user", "reset", "张三").stdout
    assert "发布" in kb("user", "roles", "张三", "--role", "publisher").stdout


def test_what_cannot_be_ends_with_a_message(kb):
    for words in (("add", "a b", "--role", "editor"), ("reset", "无此人"), ("disable", "无此人")):
        ended = kb("user", *words)
        assert ended.exit_code == 1
        assert "Error" in ended.stderr
    assert kb("user", "add", "li").exit_code == 2


def test_a_token_is_shown_once_and_revoked(kb, accounts):
    kb("user", "add", "li", "--role", "editor")
    token = kb("token", "add", "门户", "--for", "li", "--scope", "submit").stdout.strip()
    assert accounts.token_actor(token, Scope.SUBMIT).who == "li/门户"
    assert token not in kb("token", "list").stdout + kb("token", "list", "--json").stdout
    assert kb("token", "revoke", "门户").exit_code == 0
    assert json.loads(kb("token", "list", "--json").stdout)[0]["revoked"]
    assert kb("token", "revoke", "门户").exit_code == 1


def test_the_audit_is_listed_and_verified(kb, tmp_path):
    kb("user", "add", "li", "--role", "editor")
    kb("user", "disable", "li")
    listed = json.loads(kb("audit", "list", "--json").stdout)
    assert [entry["detail"]["did"] for entry in listed] == ["disable", "invite", "add"]
    assert kb("audit", "list", "--record", "nosuchid22").stdout == ""
    assert kb("audit", "verify").exit_code == 0
    connection = sqlite3.connect(tmp_path / "kb.sqlite3")
    with connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET who = '某人' WHERE seq = 2")
    connection.close()
    broken = kb("audit", "verify")
    assert broken.exit_code == 1
    assert "第 2 条" in broken.stdout
    assert json.loads(kb("audit", "verify", "--json").stdout)["broken"] == [2]
