"""A desk with people at it, on each database there is."""

import pytest

from kb.accounts import Actor, UserRole
from kb.desk import Desk
from kb.store import Repository
from kb.store.desk import DeskStore
from tests.kb.store.build import content, source
from tests.kb.store.conftest import database, empty_file, postgres

__all__ = ["database", "empty_file", "postgres"]

EDITOR = Actor("张", frozenset({UserRole.EDITOR}))
OTHER_EDITOR = Actor("周", frozenset({UserRole.EDITOR}))
REVIEWER = Actor("李", frozenset({UserRole.REVIEWER}))
PUBLISHER = Actor("王", frozenset({UserRole.PUBLISHER}))
EVERYTHING = Actor("赵", frozenset(UserRole))


@pytest.fixture
def store(database):
    return Repository(database)


@pytest.fixture
def desk(database):
    return Desk(DeskStore(database))


@pytest.fixture
def draft(store):
    """The id of a draft that an import made."""
    [record] = store.submit(source(), (content("甲"),), parser="1", publish=False).added
    return record


@pytest.fixture
def public(store):
    """The id of a record that an import published."""
    [record] = store.submit(source("b"), (content("乙"),), parser="1", publish=True).added
    return record


def through(desk, record, *steps):
    """Takes steps given as (name, actor), each with a reason and a note."""
    for name, actor in steps:
        revision = desk.draft(record).revision
        desk.take(record, name, actor, revision, reason="示例理由", note="示例更正")
    return desk.draft(record)


ON = (("submit", EDITOR), ("approve", REVIEWER), ("publish", PUBLISHER))
