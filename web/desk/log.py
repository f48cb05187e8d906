"""The audit, for administrators: who did what, whether the chain is whole, all of it as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask_babel import gettext, lazy_gettext

from kb.accounts import UserRole
from kb.errors import BadRequest
from kb.store import Action, Entry
from web.desk.session import asks
from web.knowledge import knowledge

blueprint = Blueprint("log", __name__)

PAGE = 100
LABELS = {
    Action.ADD: lazy_gettext("加入"),
    Action.UPDATE: lazy_gettext("修改"),
    Action.HOLD: lazy_gettext("来源有变，待采用"),
    Action.MOVE: lazy_gettext("流转"),
    Action.PUBLISH: lazy_gettext("发布"),
    Action.WITHDRAW: lazy_gettext("撤回"),
    Action.ASSIGN: lazy_gettext("交办"),
    Action.COMMENT: lazy_gettext("批注"),
    Action.OVERRIDE: lazy_gettext("放行"),
    Action.LOOK: lazy_gettext("复看"),
    Action.VIEW: lazy_gettext("查看未隐名文本"),
    Action.DISTINCT: lazy_gettext("认定为不同案件"),
    Action.SEAL: lazy_gettext("封存原文"),
    Action.USER: lazy_gettext("账户"),
    Action.TOKEN: lazy_gettext("令牌"),
}
NAMES = {
    "revision": lazy_gettext("版次"),
    "revisions": lazy_gettext("各版"),
    "from": lazy_gettext("原为"),
    "to": lazy_gettext("改为"),
    "step": lazy_gettext("步骤"),
    "changed": lazy_gettext("改动"),
    "note": lazy_gettext("说明"),
    "reason": lazy_gettext("理由"),
    "why": lazy_gettext("缘由"),
    "about": lazy_gettext("关于"),
    "comment": lazy_gettext("批注编号"),
    "settled": lazy_gettext("已处理"),
    "override": lazy_gettext("放行编号"),
    "gate": lazy_gettext("检查"),
    "key": lazy_gettext("检查项"),
    "first": lazy_gettext("申请人"),
    "original": lazy_gettext("封存的原文"),
    "kept": lazy_gettext("仍保存"),
    "source_named": lazy_gettext("写明文件名"),
    "look": lazy_gettext("复看编号"),
    "other": lazy_gettext("另一件"),
    "sha256": lazy_gettext("来源摘要"),
    "user": lazy_gettext("账户"),
    "roles": lazy_gettext("角色"),
    "token": lazy_gettext("令牌"),
    "owner": lazy_gettext("代表"),
    "scopes": lazy_gettext("权限范围"),
    "did": lazy_gettext("做了"),
}
"""Of what a row says besides; a name that is not here is shown as it is."""
_PORTION = 1000
_COLUMNS = ("seq", "at", "who", "action", "record_id", "detail", "previous", "hash")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/audit")
@asks(UserRole.ADMIN)
def index() -> str:
    """The rows asked for, newest first; with `verify`, whether the whole audit stands."""
    asked = _asked()
    found = _read(asked, limit=PAGE + 1)
    verdict = knowledge().desk.verify_audit() if request.args.get("verify") else None
    return render_template(
        "desk/audit.html",
        rows=[(entry, list(_told(json.loads(entry.detail)))) for entry in found[:PAGE]],
        older=found[PAGE - 1].seq if len(found) > PAGE else None,
        asked=asked,
        given={name: value for name, value in asked.items() if value and name != "before"},
        moment=datetime.fromisoformat,
        actions=[(one.value, LABELS[one]) for one in Action],
        labels=LABELS,
        verdict=verdict,
    )


@blueprint.get("/audit.csv")
@asks(UserRole.ADMIN)
def table() -> Response:
    """The rows asked for, all of them, as a table that spreadsheets open."""
    asked = _asked()
    lines = stream_with_context(_lines(_all(asked)))
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _asked() -> dict[str, str]:
    asked = {n: request.args.get(n, "").strip() for n in ("record", "who", "action", "before")}
    if asked["action"] not in {"", *Action}:
        raise BadRequest("action", gettext("没有这种操作"))
    before = asked["before"]
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        raise BadRequest("before", gettext("应为操作记录的序号"))
    return asked


def _read(asked: dict[str, str], limit: int, before: int | None = None) -> list[Entry]:
    return knowledge().desk.entries(
        asked["record"] or None,
        who=asked["who"] or None,
        action=Action(asked["action"]) if asked["action"] else None,
        before=before or (int(asked["before"]) if asked["before"] else None),
        limit=limit,
    )


def _all(asked: dict[str, str]) -> Iterator[Entry]:
    before: int | None = None
    while portion := _read(asked, _PORTION, before):
        yield from portion
        before = portion[-1].seq


def _lines(entries: Iterator[Entry]) -> Iterator[str]:
    yield "\ufeff" + _line(_COLUMNS)  # the mark by which spreadsheets know UTF-8
    for entry in entries:
        values = (str(getattr(entry, name)) for name in _COLUMNS)
        yield _line([f"'{one}" if one.startswith(_FORMULA) else one for one in values])


def _line(values: tuple[str, ...] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


def _told(detail: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What a row says besides, name by name."""
    for name, value in detail.items():
        if value not in ("", None, [], {}):
            plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield str(NAMES.get(name, name)), plain
