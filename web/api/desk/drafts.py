"""GET /api/v1/desk/drafts: the work there is; …/drafts/<id>: a draft with its claims and what
stands against it; PATCH: its words and fields changed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from pydantic import BaseModel

from kb.accounts import Scope, UserRole
from kb.answers import Coded
from kb.answers.desk import (
    CommentAnswer,
    DraftAnswer,
    DraftItem,
    DraftState,
    OverrideAnswer,
    StepAnswer,
    WorkAnswer,
)
from kb.desk import STAGE_LABELS, Comment, Draft, Failure, Step, WorkItem, WorkQuery, fields, text
from kb.desk.flow import Rule
from kb.desk.values import read_value
from kb.errors import BadRequest, Conflict, Withdrawn
from kb.model import CLAIM_FIELDS, Content, Status
from kb.record import case_answer
from kb.store.worklist import OPEN, Neighbour
from web.api.body import posted
from web.api.desk.access import actor, asks, blueprint, reader
from web.api.desk.refusals import MissingMatch, failures
from web.api.respond import DESCRIBED_BY, no_parameters
from web.knowledge import knowledge

MOST = 100
LONGEST = 200_000
"""Records on a page; characters of a text."""
MAX_BODY = 6 * LONGEST  # bytes: a sign outside of ASCII may be written \uXXXX
MAX_CASE = 4 * MAX_BODY
_ASKED = ("stage", "assignee", "batch", "q", "size", "cursor")
_WHY = "接口"


@blueprint.get("/drafts")
@asks(Scope.READ)
def work() -> Response:
    """A page of the list of work."""
    asked = {name: request.args.get(name, "").strip() for name in request.args}
    if unknown := sorted(asked.keys() - set(_ASKED)):
        raise BadRequest(unknown[0][:40], "没有这个参数")
    size = _size(asked.get("size", "50"))
    found = knowledge().desk.work(_query(asked, size + 1))  # one more, to see if there are more
    items = found.items[:size]
    cursor = _cursor(items[-1]) if len(found.items) > size else None
    response = told(
        WorkAnswer(
            total=found.total,
            by_stage={stage.value: count for stage, count in found.by_stage.items()},
            items=[_item(one) for one in items],
            next=cursor,
        )
    )
    if cursor:
        further = urlencode({**asked, "cursor": cursor})
        response.headers.add("Link", f'<{request.path}?{further}>; rel="next"')
    return response


@blueprint.get("/drafts/<record>")
@asks(Scope.READ)
def draft(record: str) -> Response:
    """A draft whole. That someone sees personal information is written down first."""
    no_parameters()
    found = present(record)
    stand = knowledge().desk.failures(found)
    knowledge().desk.viewed(record, stand, reader(), _WHY)
    return tagged(_answer(found, stand), found.revision)


@blueprint.patch("/drafts/<record>")
@asks(Scope.READ, Scope.SUBMIT, roles=frozenset({UserRole.EDITOR}))
def change(record: str) -> Response:
    """Saves a change of the revision that If-Match names, as a new one."""
    no_parameters()
    body = posted(MAX_CASE, '{"title": "…", "fields": {"decided": ["2024-05-06"]}}', _PARTS)
    expected = matched()
    now, desk = present(record), knowledge().desk
    seen = now.content if now.revision == expected else desk.revision(record, expected)
    content = _changed(seen, body)
    try:
        desk.save(record, content, actor(), expected, body.get("note", "") or "经接口修改")
    except Conflict:
        desk.viewed(record, desk.failures(now), reader(), _WHY)
        raise
    return state(record)


def present(record: str) -> Draft:
    """A draft that is not withdrawn. Raises NotFound, and Withdrawn with the reason."""
    found = knowledge().desk.draft(record)
    if found.stage is Status.WITHDRAWN:
        knowledge().case(record)
        raise Withdrawn("案例已撤回")
    return found


def matched() -> int:
    """The revision that If-Match names. Raises MissingMatch."""
    sent = request.if_match.as_set(include_weak=True)
    numbers = [int(tag) for tag in sent if tag.isascii() and tag.isdigit() and len(tag) < 10]
    if not numbers:
        raise MissingMatch
    return max(numbers)


def state(record: str) -> Response:
    """Where a draft is by now."""
    found = knowledge().desk.draft(record)
    return tagged(DraftState(**_state(found)), found.revision)


def told(answer: BaseModel, status: int = 200) -> Response:
    response = Response(answer.model_dump_json(), status=status, mimetype="application/json")
    response.headers.add("Link", DESCRIBED_BY)
    return response


def tagged(answer: BaseModel, revision: int) -> Response:
    """With the revision as its tag, for If-Match."""
    response = told(answer)
    response.set_etag(str(revision))
    return response


def _size(said: str) -> int:
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= MOST):
        raise BadRequest("size", f"应为 1 到 {MOST} 的整数")
    return int(said)


def _query(asked: Mapping[str, str], size: int) -> WorkQuery:
    stage, whose = asked.get("stage", ""), asked.get("assignee")
    if stage and stage not in set(Status):
        raise BadRequest("stage", f"应为 {'、'.join(Status)} 之一")
    return WorkQuery(
        stages=(Status(stage),) if stage else OPEN,
        assignee={"me": actor().name, "none": ""}.get(whose, whose) if whose else None,
        batch=asked.get("batch") or None,
        words=asked.get("q", "")[:200],
        size=size,
        after=_place(asked.get("cursor", "")),
    )


def _cursor(item: WorkItem) -> str:
    return base64.urlsafe_b64encode(f"{item.worked.isoformat()} {item.id}".encode()).decode()


def _place(cursor: str) -> Neighbour | None:
    if not cursor:
        return None
    try:
        worked, _, record = base64.b64decode(cursor, b"-_", validate=True).decode().partition(" ")
        return Neighbour(record, datetime.fromisoformat(worked))
    except (binascii.Error, ValueError):
        raise BadRequest("cursor", "不是由本接口给出的游标") from None


def _item(item: WorkItem) -> DraftItem:
    return DraftItem(
        id=item.id,
        title=item.title,
        kind=item.kind.value,
        stage=item.stage.value,
        status=item.status.value,
        revision=item.revision,
        batch=item.batch,
        assignee=item.assignee,
        worked=item.worked,
        source_changed=item.source_changed,
        comments=item.comments,
    )


def _state(draft: Draft) -> dict[str, Any]:
    stage = Coded(code=draft.stage.value, label=STAGE_LABELS[draft.stage])
    return {
        "id": draft.id,
        "revision": draft.revision,
        "stage": stage,
        "status": draft.status.value,
    }


def _answer(draft: Draft, stand: tuple[Failure, ...]) -> DraftAnswer:
    desk = knowledge().desk
    case = replace(desk.case(draft.id), content=draft.content, revision=draft.revision)
    return DraftAnswer(
        **_state(draft),
        public=draft.public if draft.status is Status.PUBLISHED else None,
        waiting=draft.waiting,
        assignee=draft.assignee,
        submitter=draft.submitter,
        approver=draft.approver,
        editors=sorted(draft.editors),
        failures=failures(stand),
        overrides=[OverrideAnswer(**asdict(one)) for one in desk.overrides(draft.id)],
        steps=[_step(one, draft) for one in desk.steps(draft, actor())],
        comments=[_comment(one) for one in desk.comments(draft.id)],
        case=case_answer(case),
    )


def _step(step: Step, draft: Draft) -> StepAnswer:
    note = Rule.NOTE in step.rules and draft.was_public
    return StepAnswer(step.name, step.label, Rule.REASON in step.rules, note)


def _comment(one: Comment) -> CommentAnswer:
    return CommentAnswer(
        id=one.id,
        revision=one.revision,
        about=one.about,
        start=one.span.start if one.span else None,
        end=one.span.end if one.span else None,
        text=one.text,
        who=one.who,
        at=one.at,
        settled=one.settled,
    )


_PARTS = ("title", "subtitle", "text", "fields", "note")


def _changed(content: Content, body: dict[str, Any]) -> Content:
    """The content with what the body names in place of what it had. Raises BadRequest."""
    words = {name: _words(body, name) for name in ("title", "subtitle", "text") if name in body}
    if not words and not body.get("fields"):
        raise BadRequest("body", "没有写明要改什么：title、subtitle、text 或 fields")
    _words(body, "note", 200)
    titles = words.get("title", content.title), words.get("subtitle", content.subtitle)
    made = text.titled(content, *titles)
    if "text" in words:
        made = text.with_text(made, words["text"])
    given = body.get("fields", {})
    if not isinstance(given, dict):
        raise BadRequest("fields", '应为对象，如 {"decided": ["2024-05-06"]}')
    for field, values in given.items():
        if field not in CLAIM_FIELDS:
            raise BadRequest(f"fields.{field[:40]}", "没有这一项")
        made = fields.set_values(made, field, _values(made, field, values))
    return made


def _words(body: dict[str, Any], name: str, most: int = LONGEST) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise BadRequest(name, f"应为文字，不超过 {most} 字")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise BadRequest(name, "含有不成对的代理码点，不是有效的 Unicode 文字")
    return value


def _values(content: Content, field: str, values: object) -> list[Any]:
    name = f"fields.{field}"
    if not isinstance(values, list) or len(values) > 100:
        raise BadRequest(name, "应为数组，至多 100 项；空数组表示没有")
    return [_value(content, field, value, name) for value in values]


def _value(content: Content, field: str, value: object, name: str) -> Any:
    said = {"value": value} if isinstance(value, str) else value
    if not isinstance(said, dict) or said.keys() - {"value", "role", "natural"}:
        raise BadRequest(name, '每一项应为文字，或 {"value": …, "role": …, "natural": …}')
    try:
        return read_value(
            content,
            field,
            _words(said, "value", 300),
            part=_words(said, "role", 40),
            natural=said.get("natural") is True,
            registry=knowledge().statutes.registry(),
        )
    except BadRequest as error:
        raise BadRequest(name, error.reason) from None
