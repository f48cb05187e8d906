"""A law that changed sends the cases that cite it for another look."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kb.errors import NotFound
from kb.store import looks
from kb.store.desk import DeskStore
from kb.store.statutes import StatuteStore
from tests.kb.store.build import citing, claim, content, source
from tests.kb.store.test_statutes import NEW, OLD, TITLE, put, statute

TEXT = "依照《行政处罚法》第三十三条作出。"


@pytest.fixture
def statutes(database):
    return StatuteStore(database)


@pytest.fixture
def desk(database):
    return DeskStore(database)


def cites(store, name, *, version=OLD, came_out=date(2019, 1, 1), publish=True):
    cited = citing(TEXT, "第三十三条")
    cited = replace(cited, value=replace(cited.value, work=TITLE, version=version))
    told = content(name, TEXT + name, citations=(cited,), published=(claim(came_out),))
    [record] = store.submit(source(name), (told,), parser="1", publish=publish).added
    return record


def test_a_new_version_queues_the_public_cases_that_came_out_before_it(store, statutes, desk):
    old = cites(store, "旧案")
    open_ = cites(store, "版本未明", version=None)
    cites(store, "知新法", came_out=NEW)
    cites(store, "已引新法", version=NEW)
    cites(store, "草稿", publish=False)
    put(statutes, statute(day=OLD))
    assert desk.open_looks() == 0
    put(statutes, statute(day=NEW, origin="new.md"))
    found = desk.looks(done=False, limit=10)
    assert {(look.record_id, look.work, look.version) for look in found} == {
        (record, TITLE, NEW) for record in (old, open_)
    }
    put(statutes, statute({1: "改了。"}, day=NEW, origin="new.md"))
    assert desk.open_looks() == 2


def test_a_look_is_done_once(store, statutes, desk):
    record = cites(store, "旧案")
    put(statutes, statute(day=NEW))
    [look] = desk.looks(done=False, limit=10)
    desk.looked(look.id, "李", "结论不变")
    desk.looked(look.id, "王", "又看")
    assert desk.open_looks() == 0
    [done] = desk.looks(done=True, limit=10)
    assert (done.done_by, done.note, done.title) == ("李", "结论不变", "旧案")
    assert [entry.who for entry in store.audit(record) if entry.action == "look"] == ["李"]
    with pytest.raises(NotFound):
        desk.looked(999, "李", "")


def test_the_same_version_queues_a_case_once(store, database, desk):
    cites(store, "旧案")
    for _ in range(2):
        with database.write() as connection:
            looks.queue(connection, TITLE, NEW, datetime.now(UTC))
    assert desk.open_looks() == 1
