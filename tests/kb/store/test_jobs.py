"""Jobs and their items: each worked by one worker alone, again where it died, never twice."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from kb.errors import NotFound
from kb.store import Repository
from kb.store.job import Done, NewItem, State, Touched
from kb.store.job_queue import MOST_TRIES
from kb.store.jobs import JobStore
from tests.kb.store.build import content, source

MINE = "张"


@pytest.fixture
def jobs(database):
    return JobStore(database)


def items(*names):
    return [NewItem(name, {"file": name}) for name in names]


def states(jobs, job):
    return [item.state for item in jobs.items(job)]


def test_items_are_worked_in_turn_until_the_job_ends(jobs, database):
    [record] = Repository(database).submit(source(), (content(),), parser="1", publish=False).added
    job = jobs.make("add", MINE, "两个文件", {"batch": "甲"}, items("一", "二"))
    first = jobs.queue.claim("a", 30)
    assert (first.data, first.options, first.who, first.tries) == (
        {"file": "一"},
        {"batch": "甲"},
        MINE,
        1,
    )
    done = Done("added", drafts=(Touched(record, "added"), Touched(record, "again")))
    assert jobs.queue.finish(first.id, "a", done)
    second = jobs.queue.claim("a", 30)
    assert jobs.queue.claim("b", 30) is None
    assert jobs.queue.unfinished()
    assert jobs.running(MINE)[0].left == 1
    assert jobs.queue.finish(second.id, "a", Done("", True, errors=("坏",), warnings=("留意",)))
    held = jobs.job(job, MINE)
    assert held.ended
    assert not held.running
    assert {state: n for state, n in held.counts.items() if n} == {State.DONE: 1, State.FAILED: 1}
    one, two = jobs.items(job)
    assert [touched.record for touched in one.drafts] == [record]
    assert (one.data, two.errors, two.warnings) == ({}, ("坏",), ("留意",))
    assert not jobs.queue.unfinished()


def test_an_item_whose_worker_died_is_worked_again_and_its_late_word_not_heard(jobs):
    job = jobs.make("add", MINE, "", {}, items("一"))
    dead = jobs.queue.claim("dead", 0.01)
    time.sleep(0.05)
    again = jobs.queue.claim("next", 30)
    assert (again.id, again.tries) == (dead.id, 2)
    assert not jobs.queue.finish(dead.id, "dead", Done("late"))
    jobs.queue.beat(dead.id, "dead", -30)  # takes nothing from who has it now
    assert jobs.queue.claim("third", 30) is None
    assert jobs.queue.finish(again.id, "next", Done("added"))
    assert [item.outcome for item in jobs.items(job)] == ["added"]


def test_a_worker_that_is_heard_of_keeps_its_item(jobs):
    jobs.make("add", MINE, "", {}, items("一"))
    held = jobs.queue.claim("slow", 0.05)
    jobs.queue.beat(held.id, "slow", 30)
    time.sleep(0.1)
    assert jobs.queue.claim("next", 30) is None


def test_an_item_that_ends_every_worker_is_given_up(jobs):
    job = jobs.make("add", MINE, "", {}, items("坏", "好"))
    for _ in range(MOST_TRIES):
        task = jobs.queue.claim("dies", -1)
        assert task.data == {"file": "坏"}
    good = jobs.queue.claim("lives", 30)
    assert good.data == {"file": "好"}
    [bad, _] = jobs.items(job)
    assert bad.state is State.FAILED
    assert "多次" in bad.errors[0]


def test_each_of_several_jobs_has_its_turn(jobs):
    jobs.make("add", MINE, "", {}, items("一", "二"))
    jobs.make("add", "李", "", {}, items("三", "四"))
    taken = [jobs.queue.claim("a", 30).data["file"] for _ in range(4)]
    assert taken == ["一", "三", "二", "四"]


def test_many_workers_take_no_item_twice(jobs):
    jobs.make("add", MINE, "", {}, items(*map(str, range(30))))
    taken, gate = [], threading.Barrier(4)

    def work(name):
        gate.wait()
        while task := jobs.queue.claim(name, 30):
            taken.append(task.id)
            assert jobs.queue.finish(task.id, name, Done("added"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 30


def test_stopping_cancels_what_is_not_begun(jobs):
    job = jobs.make("add", MINE, "", {}, items("一", "二", "三"))
    task = jobs.queue.claim("a", 30)
    with pytest.raises(NotFound):
        jobs.stop(job, "李")
    jobs.stop(job, MINE)
    assert states(jobs, job) == [State.WORKING, State.CANCELLED, State.CANCELLED]
    assert jobs.job(job, MINE).running
    assert jobs.queue.finish(task.id, "a", Done("added"))
    assert jobs.job(job, MINE).ended
    assert jobs.queue.claim("a", 30) is None


def test_nothing_is_done_before_its_owner_agrees(jobs):
    job = jobs.make("spreadsheet", MINE, "", {}, items("一"), begun=False)
    assert jobs.queue.claim("a", 30) is None
    assert not jobs.queue.unfinished()
    assert jobs.running(MINE) == ()
    jobs.begin(job, MINE)
    assert jobs.queue.claim("a", 30)


def test_what_cannot_be_done_is_failed_from_the_start(jobs):
    job = jobs.make("add", MINE, "", {}, [NewItem("太大.pdf", {}, "超过 10 MB")])
    assert jobs.job(job, MINE).ended
    assert states(jobs, job) == [State.FAILED]


def test_jobs_are_their_owners(jobs):
    first = jobs.make("add", MINE, "一", {}, items("一"))
    second = jobs.make("add", MINE, "二", {}, items("一"))
    assert [job.id for job in jobs.latest(MINE)] == [second, first]
    assert jobs.latest("李") == ()
    with pytest.raises(NotFound):
        jobs.job(first, "李")


def test_records_of_a_source_tell_since_when(jobs, database):
    told = tuple(content(name) for name in "甲乙")
    before = datetime.now(UTC)
    added = Repository(database).submit(source("x"), told, parser="1", publish=False).added
    assert jobs.queue.of_origin(source("x").origin, before) == dict.fromkeys(added, True)
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert jobs.queue.of_origin(source("x").origin, later) == dict.fromkeys(added, False)
