"""Runners do every item once, go on after a failure, and end when nothing is left."""

import threading
import time

import pytest

from kb.desk.runner import Runner
from kb.store.job import Done, NewItem, State
from kb.store.jobs import JobStore


@pytest.fixture
def jobs(database):
    return JobStore(database)


@pytest.fixture
def start(jobs):
    """Starts a runner, and ends it after the test: on PostgreSQL the next one has the same
    database."""
    runners = []

    def start(work, **options):
        runners.append(Runner(jobs.queue, {"示例": work}, **options))
        runners[-1].wake()
        return runners[-1]

    yield start
    for runner in runners:
        runner.end()


def make(jobs, count):
    return jobs.make("示例", "张", "示例", {}, [NewItem(str(n), {"n": n}) for n in range(count)])


def ended(jobs, job, seconds=20):
    for _ in range(seconds * 50):
        if jobs.job(job, "张").ended:
            return jobs.items(job)
        time.sleep(0.02)
    raise AssertionError(jobs.items(job))


def test_a_failure_is_told_and_the_rest_is_done(jobs, start):
    def work(task):
        if task.data["n"] == 1:
            raise ZeroDivisionError
        return Done("done")

    job = make(jobs, 3)
    start(work)
    items = ended(jobs, job)
    assert [item.state for item in items] == [State.DONE, State.FAILED, State.DONE]
    assert "ZeroDivisionError" in items[1].errors[0]


def test_two_runners_share_the_work_and_do_nothing_twice(jobs, start):
    done, gate = [], threading.Barrier(2)

    def work(task):
        if len(done) == 0:
            gate.wait(10)  # both are at it
        done.append(task.data["n"])
        time.sleep(0.01)
        return Done("done")

    job = make(jobs, 20)
    for _ in range(2):
        start(work)
    ended(jobs, job)
    assert sorted(done) == list(range(20))


def test_a_slow_item_is_kept_from_others(jobs, start):
    begun, done = threading.Event(), []

    def slow(task):
        begun.set()
        time.sleep(0.6)  # three leases
        done.append(task.data["n"])
        return Done("done")

    job = make(jobs, 1)
    start(slow, lease=0.2)
    begun.wait(10)
    start(slow, lease=0.2)
    ended(jobs, job)
    assert done == [0]


def test_a_runner_rests_when_nothing_is_left_and_wakes_again(jobs, start):
    runner = start(lambda _: Done("done"))
    for _ in range(2):
        job = make(jobs, 1)
        runner.wake()
        ended(jobs, job)
    while runner._thread:
        time.sleep(0.05)
    assert not jobs.queue.unfinished()


def test_what_is_left_of_a_dead_worker_is_taken_up(jobs, start):
    job = make(jobs, 1)
    jobs.queue.claim("dead", 0.5)
    start(lambda task: Done(str(task.tries)))
    assert [item.outcome for item in ended(jobs, job)] == ["2"]


def test_one_that_is_ended_does_what_is_at_hand_and_no_more(jobs, start):
    begun, go_on = threading.Event(), threading.Event()

    def slow(_task):
        begun.set()
        go_on.wait(10)
        return Done("done")

    job = make(jobs, 2)
    runner = start(slow)
    begun.wait(10)
    runner.end(0)  # somebody else has no time to wait
    go_on.set()
    runner.end()
    runner.wake()
    assert runner._thread is None
    assert [item.state for item in jobs.items(job)] == [State.DONE, State.WAITING]
