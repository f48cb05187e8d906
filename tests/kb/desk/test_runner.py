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


def make(jobs, count):
    return jobs.make("示例", "张", "示例", {}, [NewItem(str(n), {"n": n}) for n in range(count)])


def ended(jobs, job, seconds=20):
    for _ in range(seconds * 50):
        if jobs.job(job, "张").ended:
            return jobs.items(job)
        time.sleep(0.02)
    raise AssertionError(jobs.items(job))


def test_a_failure_is_told_and_the_rest_is_done(jobs):
    def work(task):
        if task.data["n"] == 1:
            raise ZeroDivisionError
        return Done("done")

    job = make(jobs, 3)
    runner = Runner(jobs.queue, {"示例": work})
    runner.wake()
    items = ended(jobs, job)
    assert [item.state for item in items] == [State.DONE, State.FAILED, State.DONE]
    assert "ZeroDivisionError" in items[1].errors[0]


def test_two_runners_share_the_work_and_do_nothing_twice(jobs):
    done, gate = [], threading.Barrier(2)

    def work(task):
        if len(done) == 0:
            gate.wait(10)  # both are at it
        done.append(task.data["n"])
        time.sleep(0.01)
        return Done("done")

    job = make(jobs, 20)
    for _ in range(2):
        Runner(jobs.queue, {"示例": work}).wake()
    ended(jobs, job)
    assert sorted(done) == list(range(20))


def test_a_slow_item_is_kept_from_others(jobs):
    begun, done = threading.Event(), []

    def slow(task):
        begun.set()
        time.sleep(0.6)  # three leases
        done.append(task.data["n"])
        return Done("done")

    job = make(jobs, 1)
    Runner(jobs.queue, {"示例": slow}, lease=0.2).wake()
    begun.wait(10)
    Runner(jobs.queue, {"示例": slow}, lease=0.2).wake()
    ended(jobs, job)
    assert done == [0]


def test_a_runner_rests_when_nothing_is_left_and_wakes_again(jobs):
    runner = Runner(jobs.queue, {"示例": lambda _: Done("done")})
    for _ in range(2):
        ended_before = make(jobs, 1)
        runner.wake()
        ended(jobs, ended_before)
    while runner._thread:
        time.sleep(0.05)
    assert not jobs.queue.unfinished()


def test_what_is_left_of_a_dead_worker_is_taken_up(jobs):
    job = make(jobs, 1)
    jobs.queue.claim("dead", 0.5)
    runner = Runner(jobs.queue, {"示例": lambda task: Done(str(task.tries))})
    runner.wake()
    assert [item.outcome for item in ended(jobs, job)] == ["2"]
