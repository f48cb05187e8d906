"""POST /api/v1/desk/drafts/<id>/steps: a step of the flow; …/comments: a remark; …/overrides: a
failure of a gate to be let pass, …/overrides/<number>/confirm: by a second person. PUT
…/assignee: whose the draft is."""

from __future__ import annotations

from typing import Any

from flask import Response

from kb.accounts import UserRole
from kb.answers.desk import MadeAnswer
from kb.desk import STEPS
from kb.errors import BadRequest
from kb.model import Span
from web.api.body import posted, text_of
from web.api.desk.access import CASE_ROLES, actor, asks, blueprint, check
from web.api.desk.drafts import matched, present, state, told
from web.api.respond import no_parameters
from web.desk.handing import hand
from web.knowledge import knowledge

MAX_BODY = 20_000  # bytes
LONGEST = 2_000  # characters of a remark
_LONGEST_REASON = 500


@blueprint.post("/drafts/<record>/steps")
@asks(roles=CASE_ROLES)
def take(record: str) -> Response:
    """Takes a step with the revision that If-Match names."""
    no_parameters()
    body = posted(MAX_BODY, '{"step": "submit"}', ("step", "reason", "note"))
    name = _words(body, "step", 40)
    roles: set[UserRole] = set()
    for one in STEPS:
        roles |= one.roles if one.name == name else set()
    if not roles:
        known = "、".join(dict.fromkeys(one.name for one in STEPS))
        raise BadRequest("step", f"应为 {known} 之一")
    check(*roles)
    expected, desk = matched(), knowledge().desk
    if name != "reopen":
        present(record)
    reason, note = (_words(body, part, _LONGEST_REASON) for part in ("reason", "note"))
    desk.take(record, name, actor(), expected, reason=reason, note=note)
    return state(record)


@blueprint.post("/drafts/<record>/comments")
@asks(roles=CASE_ROLES)
def comment(record: str) -> Response:
    """A remark on a draft, on a field of it, or on a stretch of its text."""
    no_parameters()
    body = posted(MAX_BODY, '{"text": "…"}', ("text", "about", "start", "end"))
    words = text_of(body, LONGEST, "请分条写")
    present(record)
    made = knowledge().desk.comment(
        record, actor(), words, _words(body, "about", 40), _span(body, record)
    )
    return told(MadeAnswer(id=made), 201)


@blueprint.post("/drafts/<record>/overrides")
@asks(roles=CASE_ROLES)
def ask_override(record: str) -> Response:
    """Asks that a failure, by gate and key, be let pass."""
    no_parameters()
    body = posted(MAX_BODY, '{"gate": "…", "key": "…", "reason": "…"}', ("gate", "key", "reason"))
    gate, key = _words(body, "gate", 40), _words(body, "key", 200)
    reason = _words(body, "reason", _LONGEST_REASON)
    present(record)
    return told(
        MadeAnswer(id=knowledge().desk.ask_override(record, gate, key, actor(), reason)), 201
    )


@blueprint.post("/drafts/<record>/overrides/<int:number>/confirm")
@asks(roles=frozenset({UserRole.REVIEWER, UserRole.PUBLISHER}))
def confirm_override(record: str, number: int) -> Response:
    """Agrees to let a failure pass, as another person than who asked."""
    no_parameters()
    present(record)
    knowledge().desk.confirm_override(record, number, actor())
    return state(record)


@blueprint.put("/drafts/<record>/assignee")
@asks(roles=CASE_ROLES)
def assign(record: str) -> Response:
    """Gives the draft to someone, or to nobody ("")."""
    no_parameters()
    body = posted(MAX_BODY, '{"assignee": "…"}', ("assignee",))
    if "assignee" not in body:
        raise BadRequest("assignee", "须写明账户名；空的表示无人办理")
    name = _words(body, "assignee", 80)
    present(record)
    hand(record, name, actor())
    return state(record)


def _words(body: dict[str, Any], name: str, most: int) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise BadRequest(name, f"应为文字，不超过 {most} 字")
    return value


def _span(body: dict[str, Any], record: str) -> Span | None:
    if "start" not in body and "end" not in body:
        return None
    start, end = body.get("start"), body.get("end")
    length = len(knowledge().desk.draft(record).content.text)
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise BadRequest("start", "start、end 应为正文内的位置，start 小于 end")
    return Span(start, end)
