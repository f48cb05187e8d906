"""From a draft to a published case: who may take which step, and what each step asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kb.accounts import ROLE_LABELS, Actor, UserRole
from kb.errors import BadRequest, Forbidden, WrongStage
from kb.model import Status
from kb.store.desk import Draft
from kb.store.worklist import OPEN

STAGE_LABELS = {
    Status.DRAFT: "草稿",
    Status.IN_REVIEW: "待审",
    Status.APPROVED: "待发布",
    Status.PUBLISHED: "已发布",
    Status.WITHDRAWN: "已撤回",
}


class Rule(Enum):
    """What a step asks for.

    REASON: written. ANOTHER: someone who did not edit the draft since another last reviewed it,
    nor submitted it. GATES: no failure but those that two persons let pass. NOTE: for readers,
    where the record had been public. PUBLIC: that readers have the record now. HIDDEN: that they
    do not.
    """

    REASON = auto()
    ANOTHER = auto()
    GATES = auto()
    NOTE = auto()
    PUBLIC = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one stage to another. label: as on its button. roles: one of these takes it."""

    name: str
    label: str
    origin: Status
    to: Status
    roles: frozenset[UserRole]
    rules: frozenset[Rule]


def _step(
    name: str, label: str, origin: Status, to: Status, roles: set[UserRole], *rules: Rule
) -> Step:
    return Step(name, label, origin, to, frozenset(roles), frozenset(rules))


_DRAFT, _IN_REVIEW, _APPROVED = Status.DRAFT, Status.IN_REVIEW, Status.APPROVED
_PUBLISHED, _WITHDRAWN = Status.PUBLISHED, Status.WITHDRAWN
_EDITOR, _REVIEWER, _PUBLISHER = {UserRole.EDITOR}, {UserRole.REVIEWER}, {UserRole.PUBLISHER}
_REASON, _ANOTHER, _GATES, _NOTE = Rule.REASON, Rule.ANOTHER, Rule.GATES, Rule.NOTE
_PUBLIC, _HIDDEN = Rule.PUBLIC, Rule.HIDDEN

STEPS = (
    # on
    _step("submit", "送审", _DRAFT, _IN_REVIEW, _EDITOR),
    _step("approve", "通过", _IN_REVIEW, _APPROVED, _REVIEWER, _ANOTHER),
    _step("publish", "发布", _APPROVED, _PUBLISHED, _PUBLISHER, _ANOTHER, _GATES, _NOTE),
    # back
    _step("recall", "收回修改", _IN_REVIEW, _DRAFT, _EDITOR, _REASON),
    _step("return", "退回修改", _IN_REVIEW, _DRAFT, _REVIEWER, _REASON),
    _step("return", "退回修改", _APPROVED, _DRAFT, _REVIEWER | _PUBLISHER, _REASON),
    _step("reconsider", "退回再审", _APPROVED, _IN_REVIEW, _REVIEWER | _PUBLISHER, _REASON),
    # what readers have
    _step("correct", "更正", _PUBLISHED, _DRAFT, _EDITOR),
    _step("drop", "放弃更正", _DRAFT, _PUBLISHED, _EDITOR, _REASON, _PUBLIC),
    _step("withdraw", "撤回", _PUBLISHED, _WITHDRAWN, _PUBLISHER, _REASON, _PUBLIC),
    _step("withdraw", "撤回", _DRAFT, _WITHDRAWN, _PUBLISHER, _REASON, _PUBLIC),
    _step("withdraw", "撤回", _IN_REVIEW, _WITHDRAWN, _PUBLISHER, _REASON, _PUBLIC),
    _step("withdraw", "撤回", _APPROVED, _WITHDRAWN, _PUBLISHER, _REASON, _PUBLIC),
    # out of the work, and back into it
    _step("discard", "弃用", _DRAFT, _WITHDRAWN, _EDITOR, _REASON, _HIDDEN),
    _step("reopen", "重新办理", _WITHDRAWN, _DRAFT, _EDITOR | _PUBLISHER, _REASON),
)
"""Every step there is. ANOTHER at publishing is about the approver (`approval_stands`): the
publisher may be anyone with the role, the approver included. `drop` shows readers nothing new: they
keep the revision they have."""


def steps(draft: Draft, actor: Actor) -> tuple[Step, ...]:
    """The steps that someone may take with a draft now, gates apart."""
    return tuple(step for step in STEPS if _refusal(step, draft, actor) is None)


def step(name: str, draft: Draft, actor: Actor) -> Step:
    """The step of this name from where the draft is. Raises WrongStage where there is none, and
    Forbidden where the actor may not take it."""
    refused: Forbidden | None = None
    for one in STEPS:
        if one.name == name and one.origin is draft.stage:
            refused = _refusal(one, draft, actor)
            if refused is None:
                return one
    if refused:
        raise refused
    known = next((one.label for one in STEPS if one.name == name), name)
    raise WrongStage(
        f"案例现在是“{STAGE_LABELS[draft.stage]}”，不能“{known}”；可能已由他人处理，请刷新"
    )


def check_reason(step: Step, reason: str) -> None:
    """Raises BadRequest where a step asks for a reason and none is given."""
    if Rule.REASON in step.rules and not reason.strip():
        shown = "（将向公众显示，勿含个人信息）" if step.name == "withdraw" else ""
        raise BadRequest("reason", f"“{step.label}”须写明理由{shown}")


def check_note(step: Step, draft: Draft, note: str) -> None:
    """Raises BadRequest where readers must be told what was corrected and are not."""
    if Rule.NOTE in step.rules and draft.was_public and not note.strip():
        raise BadRequest("note", "更正已公开过的案例须写明更正说明（将向公众显示，勿含个人信息）")


def check_edit(draft: Draft, actor: Actor) -> None:
    """Raises where someone may not edit a draft: Forbidden, WrongStage. Editing what is public
    begins a correction."""
    if not actor.may(UserRole.EDITOR):
        raise Forbidden("修改案例须有“编辑”角色")
    if draft.stage not in (Status.DRAFT, Status.PUBLISHED):
        raise WrongStage(
            f"案例现在是“{STAGE_LABELS[draft.stage]}”，不能修改：请先退回修改或重新办理"
        )


def check_open(draft: Draft) -> None:
    """Raises WrongStage for what is not being worked on."""
    if draft.stage not in OPEN:
        raise WrongStage(f"案例现在是“{STAGE_LABELS[draft.stage]}”，不在办理中")


def sees_originals(actor: Actor) -> bool:
    """Whether someone may see texts from before masking once a case is published."""
    return actor.may(UserRole.REVIEWER, UserRole.PUBLISHER, UserRole.ADMIN)


def check_sees_originals(actor: Actor) -> None:
    """Raises Forbidden for someone who may not see them."""
    if not sees_originals(actor):
        raise Forbidden("查看封存的原文须有“审核”“发布”或“管理”角色")


def approval_stands(draft: Draft) -> bool:
    """Whether someone approved the draft who neither edited nor submitted it."""
    own = draft.editors | {draft.submitter}
    return bool(draft.approver and draft.submitter) and draft.approver not in own


def columns_after(step: Step, draft: Draft, actor: Actor) -> dict[str, object]:
    """What the desk then knows of a draft that stays on it (`kb.store.tables.RecordRow`)."""
    nobody: dict[str, object] = {"submitter": "", "approver": ""}
    match step.name:
        case "submit":
            return {"submitter": actor.name, "approver": "", "assignee": ""}
        case "approve":
            return {"approver": actor.name, "assignee": ""}
        case "reconsider":
            return {"approver": "", "assignee": ""}
        case "recall" | "return":
            # Whoever sent it back has read it; their own text nobody else has.
            reviewed = actor.name not in draft.editors | {draft.submitter}
            back = {"assignee": draft.submitter} | ({"editors": "[]"} if reviewed else {})
            return nobody | back
        case "drop" | "discard":
            return nobody | {"assignee": "", "editors": "[]"}
    return nobody | {"assignee": actor.name}


def _refusal(step: Step, draft: Draft, actor: Actor) -> Forbidden | None:
    """Why someone may not take a step; None where they may, or where the step is none."""
    if step.origin is not draft.stage:
        return Forbidden("")
    if not actor.may(*step.roles):
        asked = "或".join(f"“{ROLE_LABELS[role]}”" for role in sorted(step.roles))
        return Forbidden(f"“{step.label}”须有{asked}角色")
    is_public = draft.status is Status.PUBLISHED
    if Rule.PUBLIC in step.rules and not is_public:
        return Forbidden(f"案例没有公开，不能“{step.label}”")
    if Rule.HIDDEN in step.rules and is_public:
        return Forbidden(f"案例正在公开，不能“{step.label}”：请用“撤回”")
    if step.name == "approve" and actor.name in draft.editors | {draft.submitter}:
        return Forbidden("这份草稿由您修改或送审，须由另一人审核")
    if step.name == "publish" and not approval_stands(draft):
        return Forbidden("须由没有修改过这份草稿的另一人审核通过后才能发布")
    return None
