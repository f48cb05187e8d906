"""No draft becomes public through one pair of hands, whoever has which roles."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.accounts import Actor, UserRole
from kb.desk import STEPS, Rule, flow
from kb.errors import BadRequest, Forbidden, WrongStage
from kb.model import Status
from kb.store.desk import Draft
from tests.kb.store.build import content

PEOPLE = ("甲", "乙", "丙")
START = Draft(
    id="x",
    status=Status.DRAFT,
    public=1,
    stage=Status.DRAFT,
    revision=1,
    content=content(),
    waiting=None,
    was_public=False,
    assignee="",
    editors=frozenset(),
    submitter="",
    approver="",
)
actors = st.builds(
    Actor,
    st.sampled_from(PEOPLE),
    st.frozensets(st.sampled_from(UserRole), min_size=1),
    st.sampled_from(["", "token"]),
)
deeds = st.lists(
    st.tuples(actors, st.sampled_from(["edit", *{s.name for s in STEPS}])), max_size=25
)


def edited(draft, actor):
    try:
        flow.check_edit(draft, actor)
    except (Forbidden, WrongStage):
        return draft
    return replace(
        draft,
        stage=Status.DRAFT,
        status=draft.status if draft.was_public else Status.DRAFT,
        revision=draft.revision + 1,
        editors=draft.editors | {actor.name},
    )


def stepped(draft, name, actor):
    try:
        step = flow.step(name, draft, actor)
    except (Forbidden, WrongStage):
        return draft
    status = draft.status
    if step.name in ("publish", "withdraw", "discard") or not draft.was_public:
        status = step.to
    if step.name == "publish":
        nobody = {"editors": frozenset(), "submitter": "", "approver": ""}
        return replace(
            draft,
            stage=step.to,
            status=status,
            public=draft.revision,
            was_public=True,
            **nobody,
        )
    columns = flow.columns_after(step, draft, actor)
    if "editors" in columns:
        columns["editors"] = frozenset()
    revision = draft.public if step.name == "drop" else draft.revision
    return replace(draft, stage=step.to, status=status, revision=revision, **columns)


@given(deeds)
def test_whatever_becomes_public_was_approved_by_someone_who_had_no_hand_in_it(done):
    draft, hands = START, set()
    for actor, deed in done:
        before = draft
        draft = edited(draft, actor) if deed == "edit" else stepped(draft, deed, actor)
        if draft is before:
            continue
        if deed == "edit":
            hands.add(actor.name)
        if deed == "publish":
            assert before.approver
            assert before.approver != before.submitter
            assert before.approver not in before.editors
            assert len({before.submitter, before.approver} | hands) >= 2
            hands = set()
        if draft.public != before.public or draft.stage is Status.PUBLISHED is not before.stage:
            assert deed in ("publish", "drop")
        if deed == "drop":
            assert draft.public == before.public == draft.revision


@pytest.mark.parametrize("person", PEOPLE)
@given(st.lists(st.sampled_from(["edit", *{s.name for s in STEPS}]), max_size=30))
def test_alone_nobody_publishes_even_with_every_role(person, done):
    draft, actor = START, Actor(person, frozenset(UserRole))
    for deed in done:
        draft = edited(draft, actor) if deed == "edit" else stepped(draft, deed, actor)
        assert not draft.was_public


def test_only_publishing_leads_to_something_new_for_readers():
    ways = {(step.name, step.origin) for step in STEPS if step.to is Status.PUBLISHED}
    assert ways == {("publish", Status.APPROVED), ("drop", Status.DRAFT)}


def test_every_step_back_asks_for_a_reason():
    order = list(Status)
    back = [
        s for s in STEPS if s.to is Status.WITHDRAWN or order.index(s.to) < order.index(s.origin)
    ]
    assert {s.name for s in back if Rule.REASON not in s.rules} == {"correct"}
    for step in back:
        if Rule.REASON in step.rules:
            with pytest.raises(BadRequest, match="理由"):
                flow.check_reason(step, " ")


def test_no_name_stands_twice_at_one_stage():
    assert len({(step.name, step.origin) for step in STEPS}) == len(STEPS)


def test_a_step_says_who_may_take_it_or_where_the_case_is():
    editor = Actor("甲", frozenset({UserRole.EDITOR}))
    with pytest.raises(WrongStage, match=r"“草稿”，不能“发布”"):
        flow.step("publish", START, editor)
    waiting = replace(START, stage=Status.IN_REVIEW, submitter="乙")
    with pytest.raises(Forbidden, match="“审核”角色"):
        flow.step("approve", waiting, editor)
    everything = Actor("乙", frozenset(UserRole))
    with pytest.raises(Forbidden, match="另一人"):
        flow.step("approve", waiting, everything)
    assert {step.name for step in flow.steps(waiting, everything)} == {"recall", "return"}
