"""Accounts on each database there is, with a clock to set and hashes that cost little."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.store.accounts import AccountStore
from tests.kb.store.conftest import database, empty_file, postgres

__all__ = ["database", "empty_file", "postgres"]

PASSWORD = "春风又绿江南岸-示例"


class Clock:
    def __init__(self):
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.at

    def pass_(self, **time):
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def passwords():
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def accounts(database, clock, passwords):
    return Accounts(AccountStore(database), passwords, clock)


@pytest.fixture
def zhang(accounts):
    """A user who has chosen a password."""
    return accounts.choose_password(accounts.add("zhang", [UserRole.EDITOR]), PASSWORD)
