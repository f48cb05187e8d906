"""One field over many drafts, one step with each, and the list paged while it is worked on."""

import pytest

from kb.desk import WorkQuery, bulk
from kb.desk.bulk import Change, How
from kb.errors import BadRequest
from kb.law.statutes import registry
from kb.model import Status, settled
from kb.store.worklist import Neighbour
from tests.kb.desk.conftest import EDITOR, REVIEWER, through
from tests.kb.store.build import content, source


@pytest.fixture
def drafts(store):
    told = tuple(content(name) for name in "子丑寅卯辰")
    return store.submit(source("几件"), told, parser="1", publish=False).added


def proposed(desk, records, field, how, typed="", actor=EDITOR):
    return bulk.propose(desk.drafts(records), Change(field, how, typed), actor, registry())


def test_each_draft_tells_what_it_would_become_or_why_not(desk, drafts):
    through(desk, drafts[0], ("submit", EDITOR))
    made = proposed(desk, drafts, "batch", How.SET, "新批次")
    assert [bool(one.refused) for one in made] == [True, False, False, False, False]
    assert {one.after for one in made[1:]} == {("新批次",)}
    assert all(one.content is None for one in proposed(desk, drafts, "keywords", How.REJECT, "无"))
    assert all(one.refused for one in proposed(desk, drafts, "batch", How.SET, "某", REVIEWER))


def test_what_cannot_be_asked_of_many_is_refused(desk, drafts):
    for field, how, typed in (
        ("decided", How.SET, "2024-05-06"),
        ("parties", How.EMPTY, ""),
        ("published", How.SET, "昨天"),
        ("outcomes", How.ADD, "没有这种"),
    ):
        with pytest.raises(BadRequest):
            proposed(desk, drafts, field, how, typed)


def test_adding_keeps_what_holds(desk, drafts):
    [made] = proposed(desk, drafts[:1], "keywords", How.ADD, "新词")
    assert made.after == (*made.before, "新词")
    assert settled(made.content.keywords) == made.after


def test_steps_go_by_each_drafts_own_rules(desk, drafts):
    through(desk, drafts[0], ("submit", EDITOR))
    seen = [(one, 1) for one in drafts[:3]]
    desk.save(drafts[1], content("他人改的"), EDITOR, 1)
    taken = bulk.take(desk, seen, "submit", EDITOR)
    assert [bool(one.error) for one in taken] == [True, True, False]
    assert desk.draft(drafts[2]).stage is Status.IN_REVIEW


def test_the_list_is_paged_by_the_last_one_seen(desk, drafts):
    first = desk.work(WorkQuery(size=2)).items
    last = Neighbour(first[-1].id, first[-1].worked)
    desk.save(first[0].id, content("改过的"), EDITOR, 1)
    rest = desk.work(WorkQuery(size=5, after=last))
    assert [one.id for one in (*first, *rest.items)] == list(drafts)
    assert rest.total == 5
