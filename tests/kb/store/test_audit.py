"""The audit tells everything, and tells on whoever touches it."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.kb.store.build import content, source


@pytest.fixture
def case(store):
    [case] = store.submit(source(), (content("甲"),), parser="1", publish=False).added
    store.publish(case, "核对无误", by="王发布")
    store.revise(case, content("乙"), by="李审核", note="更正标题")
    store.withdraw(case, "发布机关要求", by="王发布")
    return case


def test_every_deed_is_written_with_its_doer(store, case):
    told = [(e.seq, e.who, e.action, json.loads(e.detail)) for e in store.audit(case)]
    assert told[0][:3] == (1, "import", "add")
    assert told[1:] == [
        (2, "王发布", "publish", {"revision": 1, "reason": "核对无误"}),
        (3, "李审核", "update", {"revision": 2, "note": "更正标题"}),
        (4, "王发布", "withdraw", {"revision": 2, "reason": "发布机关要求"}),
    ]
    assert store.audit("nosuchid22") == []


@pytest.mark.usefixtures("case")
def test_a_sound_audit_verifies(store):
    verdict = store.verify_audit()
    assert (verdict.entries, verdict.broken) == (4, ())
    assert verdict.head == store.audit()[-1].hash


def test_an_empty_audit_verifies(store):
    assert store.verify_audit().broken == ()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("statement", ["UPDATE audit SET who = '某人'", "DELETE FROM audit"])
def test_the_database_refuses_to_alter_it(store, database, statement):
    with pytest.raises(DatabaseError, match="append-only"), database.write() as connection:
        connection.execute(text(statement))
    assert store.verify_audit().entries == 4


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET who = '某人' WHERE seq = 2", (2,)),
        ("UPDATE audit SET detail = '{}' WHERE seq = 4", (4,)),
        ("UPDATE audit SET seq = 9 WHERE seq = 4", (9,)),
        ("DELETE FROM audit WHERE seq = 2", (3,)),
        ("DELETE FROM audit WHERE seq = 1", (2,)),
    ],
)
def test_what_was_done_past_the_database_is_found(store, database, statement, broken):
    with database.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
            connection.execute(text(statement))
        else:  # the next test has the same database
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_append_only"))
            connection.execute(text(statement))
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_append_only"))
    assert store.verify_audit().broken == broken
