"""The first start of the site: no default account or password, a one-time link where someone looks,
a hint where what is printed may end in a log."""

import pytest

from kb.accounts import Accounts, UserRole
from kb.cli.serve import FIRST, first_run
from kb.store.accounts import AccountStore
from kb.store.database import open_database

SITE = "http://127.0.0.1:8000"
PASSWORD = "春风又绿江南岸-示例"


@pytest.fixture
def accounts(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.sqlite3'}")
    yield Accounts(AccountStore(database))
    database.close()


def test_at_a_terminal_the_first_administrator_gets_a_link_once(accounts, capsys):
    first_run(accounts, SITE, shown=True)
    said = capsys.readouterr().out
    link = next(line for line in said.splitlines() if line.startswith(f"{SITE}/desk/welcome/"))
    assert accounts.user(FIRST).password == ""
    first_run(accounts, SITE, shown=True)
    again = capsys.readouterr().out
    assert "/desk/welcome/" not in again
    assert f"kb user reset {FIRST}" in again
    accounts.choose_password(link.rsplit("/", 1)[1], PASSWORD)
    first_run(accounts, SITE, shown=True)
    assert capsys.readouterr().out == ""
    assert accounts.user(FIRST).roles == {"admin"}


def test_in_a_log_there_is_a_hint_and_no_link(accounts, capsys):
    first_run(accounts, SITE, shown=False)
    assert "kb user add 名字 --role admin" in capsys.readouterr().out
    assert accounts.users() == []


def test_once_someone_can_sign_in_nothing_is_said(accounts, capsys):
    accounts.choose_password(accounts.add("zhang", [UserRole.EDITOR]), PASSWORD)
    first_run(accounts, SITE, shown=True)
    assert capsys.readouterr().out == ""
    assert [one.name for one in accounts.users()] == ["zhang"]
