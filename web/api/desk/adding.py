"""POST /api/v1/desk/drafts: one document, as a file or as text, read into drafts at once."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from flask import Response, request, url_for

from kb.accounts import Scope, UserRole
from kb.answers.desk import AddedAnswer, AddedDraft, UnreadProblem
from kb.errors import BadRequest
from kb.store.job import Task
from web.api.body import posted, text_of
from web.api.desk.access import actor, asks, blueprint
from web.api.desk.drafts import LONGEST, MAX_BODY, told
from web.api.desk.refusals import problem
from web.api.respond import no_parameters
from web.desk.jobs import uploads
from web.desk.taking import KIND, PASTED
from web.desk.uploads import MOST_BYTES, file_name
from web.errors import TooLong
from web.knowledge import knowledge


@blueprint.post("/drafts")
@asks(Scope.SUBMIT, roles=frozenset({UserRole.EDITOR}))
def add() -> Response:
    """multipart/form-data with a file (and batch), or JSON with a text (and batch)."""
    no_parameters()
    from web.desk.reading import read  # the readers of files take a while to load

    name, data, batch = _form() if request.mimetype == "multipart/form-data" else _json()
    folder = uploads().folder()
    try:
        kept = uploads().put(folder, name, data)
        done = read(knowledge(), uploads(), _task(kept, folder, batch))
    finally:
        uploads().remove(folder)
    if done.failed:
        said = UnreadProblem(
            title="未能读取",
            status=422,
            detail="；".join(done.errors) or "这份文件读不出案例",
            instance=request.path,
            errors=list(done.errors),
        )
        return problem(said)
    drafts = [
        AddedDraft(
            one.record, knowledge().desk.draft(one.record).content.title, one.became, one.note
        )
        for one in done.drafts
    ]
    fresh = [one for one in drafts if one.became == "added"]
    response = told(AddedAnswer(drafts=drafts, warnings=list(done.warnings)), 201 if fresh else 200)
    if len(fresh) == 1:
        response.headers["Location"] = url_for("api_desk.draft", record=fresh[0].id)
    return response


def _form() -> tuple[str, bytes, str]:
    request.max_content_length = MOST_BYTES + 100_000
    sent = request.files.getlist("file")
    if len(sent) != 1 or not sent[0].filename:
        raise BadRequest("file", "须有一个文件，名为 file")
    for name in (request.form.keys() | request.files.keys()) - {"file", "batch"}:
        raise BadRequest(name[:40], "没有这个参数")
    with closing(sent[0]) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLong("file", f"超过 {MOST_BYTES // 1_000_000} MB，请拆分后再发送")
    return file_name(sent[0].filename), data, request.form.get("batch", "").strip()[:200]


def _json() -> tuple[str, bytes, str]:
    body = posted(2 * MAX_BODY, '{"text": "…"}', ("text", "batch"))
    words, batch = text_of(body, LONGEST, "请分次发送"), body.get("batch", "")
    if not words.strip():
        raise BadRequest("text", "不能为空")
    if not isinstance(batch, str):
        raise BadRequest("batch", "应为文字")
    return PASTED, words.encode(), batch.strip()[:200]


def _task(kept: str, folder: str, batch: str) -> Task:
    return Task(
        id=0,
        job=0,
        kind=KIND,
        who=actor().who,
        options={"folder": folder, "batch": batch},
        together=None,
        made=datetime.now(UTC),
        tries=1,
        data={"file": kept},
    )
