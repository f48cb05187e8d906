"""A spreadsheet of metadata: every row shown with what it would change before anything is saved,
then saved in the background, and undone as one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from kb.accounts import UserRole
from kb.desk import WorkQuery, columns, together
from kb.errors import BadRequest, BadSource
from kb.model import Status
from web.desk.background import wake
from web.desk.rows import KIND, items
from web.desk.session import actor, asks
from web.desk.uploads import file_name, received
from web.knowledge import knowledge

blueprint = Blueprint("spreadsheet", __name__)

_MOST_DRAFTS = 500


@blueprint.get("/spreadsheet")
@asks(UserRole.EDITOR)
def form() -> str:
    return _form()


@blueprint.post("/spreadsheet")
@asks(UserRole.EDITOR)
def send() -> AnyResponse | tuple[str, int]:
    """Reads a spreadsheet into a job that waits for its owner, who sees first what it would do."""
    try:
        job = _read()
    except (BadRequest, BadSource) as error:
        return _form(refused=error.reason), 400
    return redirect(url_for("desk.spreadsheet.preview", job=job), 303)


@blueprint.get("/spreadsheet/template.xlsx")
@asks(UserRole.EDITOR)
def template() -> Response:
    """A spreadsheet to fill in; with ?drafts=1, the drafts there are stand in it."""
    drafts: Sequence[tuple[str, str]] = ()
    if request.args.get("drafts"):
        found = knowledge().desk.work(WorkQuery(stages=(Status.DRAFT,), size=_MOST_DRAFTS))
        drafts = [(one.id, one.title) for one in found.items]
    return send_file(
        io.BytesIO(_template(drafts)),
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name=f"案例元数据样表-{date.today().isoformat()}.xlsx",
    )


@blueprint.get("/spreadsheet/<int:job>")
@asks(UserRole.EDITOR)
def preview(job: int) -> AnyResponse | str:
    """What each row would change; once agreed to, the job."""
    jobs = knowledge().desk.jobs
    held = jobs.job(job, actor().name)
    if held.begun or held.stopped or held.kind != KIND:
        return redirect(url_for("desk.jobs.page", job=job), 303)
    rows = jobs.items(job)
    return render_template(
        "desk/spreadsheet_preview.html",
        job=held,
        items=rows,
        changing=sum(bool(item.data.get("changes")) for item in rows),
        failed=sum(bool(item.errors) for item in rows),
    )


@blueprint.post("/spreadsheet/<int:job>/save")
@asks(UserRole.EDITOR)
def save(job: int) -> AnyResponse:
    """Begins to save what was shown."""
    desk = knowledge().desk
    held = desk.jobs.job(job, actor().name)
    if held.kind == KIND and not held.begun and not held.ended:
        what = f"导入表格 {held.name}"
        desk.jobs.begin(job, actor().name, desk.together.begin(actor().name, what))
        wake()
    return redirect(url_for("desk.jobs.page", job=job), 303)


@blueprint.post("/spreadsheet/<int:job>/undo")
@asks(UserRole.EDITOR)
def undo(job: int) -> AnyResponse:
    """Gives back what each draft said before, but for those that someone went on with."""
    desk = knowledge().desk
    held = desk.jobs.job(job, actor().name)
    if held.together is None or not held.ended:
        raise BadRequest("job", gettext("这个任务没有可以撤销的修改"))
    together.undo(desk, held.together, actor())
    return redirect(url_for("desk.jobs.page", job=job), 303)


def _read() -> int:
    """The id of a job with an item for every row of the file sent. Raises BadRequest, BadSource."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadRequest("file", gettext("请选择文件"))
    name = file_name(sent.filename)
    rows, notes = items(knowledge(), received(sent), name)
    if not rows:
        raise BadRequest("file", gettext("表格里的值与现有内容都相同，没有可改的"))
    jobs = knowledge().desk.jobs
    return jobs.make(KIND, actor().name, name, {"notes": notes}, rows, begun=False)


def _template(drafts: Sequence[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    cases, help_ = book.active, book.create_sheet("说明")
    cases.title = "案例"
    kinds = columns.offered()
    cases.append([kind.heads[0] for kind in kinds])
    for number, (record, title) in enumerate(drafts, 2):
        cases.cell(number, 1, record)
        cases.cell(number, 2, title).data_type = "s"  # whatever it begins with, no formula
    help_.append(["列", "怎么填", "例"])
    for kind in kinds:
        help_.append([kind.heads[0], kind.hint, kind.example])
    help_.append(["空着的格", "不改", ""])
    help_.append(["（清空）", "写在格里，清空这一项", ""])
    for part, widths in ((cases, [14, 40]), (help_, [16, 60, 40])):
        part.freeze_panes = "A2"
        for cell in part[1]:
            cell.font = Font(bold=True)
            part.column_dimensions[cell.column_letter].width = 18
        for letter, width in zip("ABC", widths, strict=False):
            part.column_dimensions[letter].width = width
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _form(*, refused: str = "") -> str:
    return render_template(
        "desk/spreadsheet.html",
        refused=refused,
        kinds=columns.offered(),
    )
