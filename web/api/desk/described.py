"""The desk's part of the description of the interface, see `web.api.openapi`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from kb.accounts import Scope
from kb.answers.desk import (
    AddedAnswer,
    ClosedProblem,
    DraftAnswer,
    DraftState,
    MadeAnswer,
    StaleProblem,
    UnreadProblem,
    WorkAnswer,
)
from kb.desk import STEPS
from kb.model import CLAIM_FIELDS, Status
from web.api.desk.drafts import LONGEST, MOST

MODELS: tuple[type[BaseModel], ...] = (
    WorkAnswer,
    DraftAnswer,
    DraftState,
    MadeAnswer,
    AddedAnswer,
    StaleProblem,
    ClosedProblem,
    UnreadProblem,
)
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "管理员在审核台的“令牌”页或用 kb token add 发给的令牌，代表一位用户行事；"
        f"范围 {'、'.join(Scope)}，不超过其本人的角色",
    }
}
ERRORS = {
    "401": "没有令牌，或令牌无效、已到期、已撤销",
    "403": "令牌的范围或其代表的账户的角色不允许",
    "428": "没有用 If-Match 写明修订号",
}


def paths() -> dict[str, Any]:
    """Each address with what can be asked of it."""
    drafts = "/api/v1/desk/drafts"
    return {
        drafts: {"get": _work(), "post": _add()},
        f"{drafts}/{{id}}": {"get": _draft(), "patch": _change()},
        f"{drafts}/{{id}}/steps": {"post": _step()},
        f"{drafts}/{{id}}/comments": {"post": _comment()},
        f"{drafts}/{{id}}/overrides": {"post": _override()},
        f"{drafts}/{{id}}/overrides/{{number}}/confirm": {"post": _confirm()},
        f"{drafts}/{{id}}/assignee": {"put": _assign()},
    }


def _work() -> dict[str, Any]:
    text = {"type": "string"}
    asked = [
        ("stage", "阶段；不写为办理中的各阶段", {"type": "string", "enum": list(Status)}),
        ("assignee", "办理人的账户名；me 为令牌所代表的人，none 为无人办理", text),
        ("batch", "批次名称", text),
        ("q", "标题所含的文字", text),
        ("size", "每页件数", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}),
        ("cursor", "上次答复给出的游标", text),
    ]
    parameters = [
        {"name": name, "in": "query", "description": meaning, "schema": schema}
        for name, meaning, schema in asked
    ]
    return _operation(
        "deskWork",
        "工作列表（范围 read）",
        {"200": _ok("WorkAnswer", "一页草稿，最近办理的在前"), **_refused("400")},
        parameters=parameters,
    )


def _draft() -> dict[str, Any]:
    told = "草稿全文、各项及其依据、未通过的检查；ETag 即修订号。看到未隐名的文字会记入操作记录"
    return _operation(
        "deskDraft",
        "取得一件草稿（范围 read）",
        {"200": _ok("DraftAnswer", told, tagged=True), **_refused("400", "404", "410")},
        parameters=[_ID],
    )


def _change() -> dict[str, Any]:
    value = {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {
                    "value": {"type": "string"},
                    "role": {"type": "string", "description": "地区、当事人的角色"},
                    "natural": {"type": "boolean", "description": "当事人是否自然人"},
                },
                "required": ["value"],
                "additionalProperties": False,
            },
        ]
    }
    body = _object(
        {
            "title": {"type": "string"},
            "subtitle": {"type": "string"},
            "text": {"type": "string", "maxLength": LONGEST, "description": "全文；依据随文字移动"},
            "fields": {
                "type": "object",
                "description": "写明的各项成为人工确认的值，空数组表示没有；没有写的不变",
                "properties": {name: {"type": "array", "items": value} for name in CLAIM_FIELDS},
                "additionalProperties": False,
            },
            "note": {"type": "string", "maxLength": 200, "description": "修订说明"},
        },
        example={"title": "某超市不服罚款案", "fields": {"decided": ["2024-05-06"]}},
    )
    return _operation(
        "deskChange",
        "修改草稿，存为新的一版（范围 read 与 submit）",
        {
            "200": _ok("DraftState", "新的修订号", tagged=True),
            **_refused("400", "404", "410", "413", "415", "428"),
            "409": _problem("Problem", "现在的阶段不能修改"),
            "412": _problem("StaleProblem", "已有新的一版，没有保存；附双方的内容"),
        },
        parameters=[_ID, _MATCH],
        body=_json(body),
    )


def _step() -> dict[str, Any]:
    body = _object(
        {
            "step": {"type": "string", "enum": list(dict.fromkeys(one.name for one in STEPS))},
            "reason": {"type": "string", "maxLength": 500, "description": "退回、撤回等须写的理由"},
            "note": {"type": "string", "maxLength": 500, "description": "更正说明，公众会看到"},
        },
        "step",
        example={"step": "submit"},
    )
    return _operation(
        "deskStep",
        "办理一步（范围随步骤：submit、review 或 publish）",
        {
            "200": _ok("DraftState", "办理后的阶段", tagged=True),
            **_refused("400", "404", "410", "413", "415", "428"),
            "409": _problem(
                "ClosedProblem", "发布前检查未通过，逐项列出；或现在的阶段不能办这一步"
            ),
            "412": _problem("StaleProblem", "已有新的一版，没有办理"),
        },
        parameters=[_ID, _MATCH],
        body=_json(body),
    )


def _comment() -> dict[str, Any]:
    body = _object(
        {
            "text": {"type": "string", "maxLength": 2000},
            "about": {"type": "string", "description": "所针对的一项，如 decided"},
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
        },
        "text",
        example={"text": "请核对决定日期", "about": "decided"},
    )
    return _operation(
        "deskComment",
        "加批注（范围 submit、review 或 publish）",
        {
            "201": _ok("MadeAnswer", "批注的编号"),
            **_refused("400", "404", "410", "413", "415"),
        },
        parameters=[_ID],
        body=_json(body),
    )


def _override() -> dict[str, Any]:
    text = {"type": "string"}
    body = _object(
        {
            "gate": text | {"description": "检查的代码，取自 failures"},
            "key": text | {"description": "这一项的代码，取自 failures"},
            "reason": text | {"maxLength": 500, "description": "理由，长期保存，勿写个人信息"},
        },
        *("gate", "key", "reason"),
        example={"gate": "complete", "key": "field-outcomes", "reason": "调解结案，没有决定"},
    )
    return _operation(
        "deskOverride",
        "申请放行一项未通过的检查，另一人同意后才算（范围 submit、review 或 publish）",
        {
            "201": _ok("MadeAnswer", "申请的编号；同一项再次申请，代替尚未同意的那一次"),
            **_refused("400", "404", "410", "413", "415"),
        },
        parameters=[_ID],
        body=_json(body),
    )


def _confirm() -> dict[str, Any]:
    number = {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "申请的编号，取自 overrides",
        "schema": {"type": "integer"},
    }
    return _operation(
        "deskConfirmOverride",
        "同意放行；令牌须代表申请人以外的另一人（范围 review 或 publish）",
        {"200": _ok("DraftState", "已同意", tagged=True), **_refused("400", "404", "410")},
        parameters=[_ID, number],
    )


def _assign() -> dict[str, Any]:
    body = _object(
        {"assignee": {"type": "string", "description": "账户名，须有办案的角色；空的表示无人办理"}},
        "assignee",
        example={"assignee": "zhang"},
    )
    return _operation(
        "deskAssign",
        "把草稿交给某人办理（范围 submit、review 或 publish）",
        {
            "200": _ok("DraftState", "已交给", tagged=True),
            **_refused("400", "404", "410", "413", "415"),
            "409": _problem("Problem", "不在办理中"),
        },
        parameters=[_ID],
        body=_json(body),
    )


def _add() -> dict[str, Any]:
    batch = {"type": "string", "maxLength": 200, "description": "批次"}
    text = {"type": "string", "maxLength": LONGEST}
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    content = {
        "application/json": {"schema": _object({"text": text, "batch": batch}, "text")},
        "multipart/form-data": {"schema": _object({"file": file, "batch": batch}, "file")},
    }
    return _operation(
        "deskAdd",
        "加入一份文件或一段文字（范围 submit）",
        {
            "201": _ok("AddedAnswer", "读出的草稿；只有一件时 Location 指向它"),
            "200": _ok("AddedAnswer", "没有新的草稿：内容未变，或已有同样的案例"),
            **_refused("400", "413", "415"),
            "422": _problem("UnreadProblem", "读不了，逐处说明"),
        },
        body={"required": True, "content": content},
    )


def _operation(name: str, summary: str, responses: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"requestBody": more["body"]} if "body" in more else {}
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": []}],
        "parameters": more.get("parameters", []),
        **body,
        "responses": {**responses, **_refused("401", "403", "429")},
    }


def _ok(model: str, meaning: str, *, tagged: bool = False) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    answer: dict[str, Any] = {
        "description": meaning,
        "content": {"application/json": {"schema": schema}},
    }
    if tagged:
        tag = {"description": "修订号，供 If-Match 使用", "schema": {"type": "string"}}
        answer["headers"] = {"ETag": tag}
    return answer


def _problem(model: str, meaning: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    if model == "ClosedProblem":
        schema = {"anyOf": [schema, {"$ref": "#/components/schemas/Problem"}]}
    return {"description": meaning, "content": {"application/problem+json": {"schema": schema}}}


def _refused(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _object(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "additionalProperties": False, **more}
    return schema | ({"required": list(required)} if required else {})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "永久编号",
    "schema": {"type": "string"},
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "所依据的修订号，加引号，取自 GET 的 ETag",
    "schema": {"type": "string"},
    "example": '"3"',
}
