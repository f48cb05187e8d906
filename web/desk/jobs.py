"""Work that goes on in the background: how far each job is, what became of its files, what to look
at next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import (
    Blueprint,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.desk import WorkItem, WorkQuery, together
from kb.desk.together import Together
from kb.model import Status
from kb.store.job import Item, Job, State, Touched
from web.desk.background import uploads, wake
from web.desk.called import STAGES
from web.desk.doubts import doubtful, missing
from web.desk.rows import KIND as SHEET
from web.desk.session import actor, asks
from web.desk.taking import KIND
from web.knowledge import knowledge

blueprint = Blueprint("jobs", __name__)

KINDS = {KIND: lazy_gettext("添加案例"), SHEET: lazy_gettext("导入表格")}
STATES = {
    State.WAITING: lazy_gettext("等待"),
    State.WORKING: lazy_gettext("正在处理"),
    State.CANCELLED: lazy_gettext("已取消"),
    State.FAILED: lazy_gettext("未成功"),
    State.DONE: lazy_gettext("完成"),
}
BECAME = {
    "added": lazy_gettext("已加入"),
    "updated": lazy_gettext("已更新"),
    "unchanged": lazy_gettext("没有新内容"),
    "held": lazy_gettext("来源有改动，待采用"),
    "duplicate": lazy_gettext("与已有案例相同"),
    "saved": lazy_gettext("已修改"),
    "failed": lazy_gettext("未能读取"),
}
_AT_ONCE = 500


class Row(NamedTuple):
    """A draft of a job, with what stands at the desk."""

    touched: Touched
    item: WorkItem


@blueprint.get("/jobs/")
@asks(UserRole.EDITOR)
def index() -> str:
    jobs = knowledge().desk.jobs.latest(actor().name)
    return render_template("desk/jobs.html", jobs=jobs, kinds=KINDS)


@blueprint.get("/jobs/<int:job>")
@asks(UserRole.EDITOR)
def page(job: int) -> Response | str:
    """How far a job is; as JSON for those who ask for it."""
    jobs = knowledge().desk.jobs
    held, items = jobs.job(job, actor().name), jobs.items(job)
    drafts, made = list(_rows(items)), _made(held)
    if held.kind == SHEET and not held.begun and not held.ended:
        return redirect(url_for("desk.spreadsheet.preview", job=job), 303)
    if held.running:
        wake()  # whoever was at it may have died
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(_told(held, items))
    return render_template(
        "desk/job.html",
        job=held,
        items=items,
        rows=drafts,
        made=made,
        restored={one.record for one in made.edits if one.restored} if made else set(),
        first=next((row.item for row in drafts if row.item.stage is Status.DRAFT), None),
        kinds=KINDS,
        states=STATES,
        became=BECAME,
        stages=STAGES,
        missing=missing,
        doubtful=doubtful,
    )


@blueprint.post("/jobs/<int:job>/stop")
@asks(UserRole.EDITOR)
def stop(job: int) -> Response:
    """Cancels what is not begun yet."""
    jobs = knowledge().desk.jobs
    jobs.stop(job, actor().name)
    held = jobs.job(job, actor().name)
    if held.ended and held.options.get("folder"):
        uploads().remove(held.options["folder"])
    return redirect(url_for("desk.jobs.page", job=job), 303)


def _made(job: Job) -> Together | None:
    """The edits of an import that has ended; None where there are none."""
    if job.together is None or not job.ended:
        return None
    return together.read(knowledge().desk, job.together)


def _rows(items: tuple[Item, ...]) -> Iterator[Row]:
    """The drafts of a job in its order, each once."""
    touched = {one.record: one for item in items for one in item.drafts}
    ids = tuple(touched)
    held: dict[str, WorkItem] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = knowledge().desk.work(WorkQuery(stages=(), ids=some, size=_AT_ONCE))
        held |= {one.id: one for one in found.items}
    return (Row(one, held[record]) for record, one in touched.items() if record in held)


def _told(job: Job, items: tuple[Item, ...]) -> dict[str, object]:
    state = "ended" if job.ended else "running" if job.begun else "waiting"
    return {
        "id": job.id,
        "state": state,
        "done": job.total - job.left,
        "total": job.total,
        "items": [
            {
                "number": item.number,
                "name": item.name,
                "state": item.state,
                "outcome": item.outcome,
                "drafts": [one.record for one in item.drafts],
                "errors": item.errors,
                "warnings": item.warnings,
            }
            for item in items
        ],
    }
