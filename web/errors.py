"""Every failure as an answer: problem+json under /api (RFC 9457), a plain page elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kb.answers import Problem
from kb.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    GatesClosed,
    IndexUnavailable,
    KnowledgeBaseError,
    NotFound,
    SignInFailed,
    Withdrawn,
    WrongStage,
)

# What each status is called and what it means, in words a reader can act on.
_SAID = {
    400: (lazy_gettext("请求有误"), lazy_gettext("服务器读不懂这个请求，请检查地址或参数。")),
    403: (lazy_gettext("不能这样做"), lazy_gettext("您的账户没有这项权限。")),
    404: (lazy_gettext("没有找到"), lazy_gettext("这个地址下没有内容，请检查是否抄写完整。")),
    405: (
        lazy_gettext("不支持这种请求方法"),
        lazy_gettext("这个地址不接受这种请求，可用的方法见 Allow。"),
    ),
    409: (lazy_gettext("情况已有变化"), lazy_gettext("请刷新后再试。")),
    410: (lazy_gettext("案例已撤回"), lazy_gettext("这件案例已经撤回，不再提供。")),
    413: (lazy_gettext("请求过大"), lazy_gettext("请缩短内容后再试。")),
    414: (lazy_gettext("地址过长"), lazy_gettext("请缩短检索内容后再试。")),
    415: (lazy_gettext("不支持这种内容"), lazy_gettext("请以 application/json 发送。")),
    429: (lazy_gettext("请求过于频繁"), lazy_gettext("请稍候再试，等待的秒数见 Retry-After。")),
    500: (lazy_gettext("服务器出错"), lazy_gettext("出了意料之外的错误，已记入日志。请稍后再试。")),
    503: (lazy_gettext("暂时无法检索"), lazy_gettext("请稍后再试。")),
}


class TooLong(BadRequest):
    """A value longer than is read. parameter: its name as the caller wrote it."""


_STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (TooLong, 413),
    (BadRequest, 400),
    (SignInFailed, 403),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (WrongStage, 409),
    (GatesClosed, 409),
    (Withdrawn, 410),
    (IndexUnavailable, 503),
    (KnowledgeBaseError, 500),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure as told: status of HTTP, title and detail for people, the parameter at fault."""

    status: int
    title: str
    detail: str
    parameter: str = ""


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(KnowledgeBaseError, _knowledge_error)


def failure(error: KnowledgeBaseError) -> Failure:
    """How an error of the knowledge base is told."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    title, detail = _SAID[status]
    parameter = error.parameter if isinstance(error, BadRequest) else ""
    return Failure(status, str(title), str(error) or str(detail), parameter)


def form_status(error: KnowledgeBaseError) -> int:
    """The status of a form's page that could not do what was asked; what has no status of its own
    there is at odds with what stands already, such as a name that is taken."""
    status = failure(error).status
    return 409 if status == 500 else status


def _knowledge_error(error: KnowledgeBaseError) -> Response:
    told = failure(error)
    if told.status >= 500:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
    return answer(told)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()  # type: ignore[return-value]
    title, detail = _SAID.get(status, (gettext("请求未能完成"), error.name))
    said = answer(Failure(status, str(title), str(detail)))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        said.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return said


def answer(told: Failure) -> Response:
    """A failure as its reader expects it."""
    said = _problem(told) if request.path.startswith("/api/") else _page(told)
    said.status_code = told.status
    said.headers["Cache-Control"] = "no-store"
    return said


def _problem(told: Failure) -> Response:
    body = Problem(
        title=told.title,
        status=told.status,
        detail=told.detail,
        instance=request.path,
        parameter=told.parameter,
    )
    said = body.model_dump(exclude={"parameter"} if not told.parameter else None)
    return Response(current_app.json.dumps(said), mimetype="application/problem+json")


def _page(told: Failure) -> Response:
    return Response(render_template("error.html", failure=told), mimetype="text/html")
