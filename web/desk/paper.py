"""Cases for the paper file: a batch, a selection or one case as DOCX."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from flask import Blueprint, request, send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb.desk import OPEN, STAGE_LABELS, Draft
from kb.errors import NotFound
from kb.model import Case, Status, settled
from kb.paper import Mark, Paper, file_name, named, write
from kb.record import case_answer
from web.desk import walk
from web.desk.gates import findings
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("paper", __name__)

MOST = 500
_KINDS = (*OPEN, Status.PUBLISHED)
_CHINA = timezone(timedelta(hours=8))
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/export.docx")
@asks(*CASE_ROLES)
def export() -> Response:
    """The cases that the address names (`id`), or those of the list it asks for; what is withdrawn
    is left out. That unmasked text goes out is written down for each case before it does."""
    desk = knowledge().desk
    drafts = [draft for draft in desk.drafts(_ids()) if draft.stage in _KINDS]
    if not drafts:
        raise NotFound(gettext("没有可以导出的案例"))
    cases = {draft.id: desk.case(draft.id) for draft in drafts}
    drafts.sort(key=lambda one: (cases[one.id].created, cases[one.id].position))
    papers = [_paper(draft, cases[draft.id]) for draft in drafts]
    for paper in papers:
        if paper.mark is Mark.UNMASKED:
            desk.viewed_unmasked(paper.case.id, actor(), "导出 DOCX")
    title = _title(drafts)
    out = io.BytesIO()
    write(title, papers, datetime.now(_CHINA).date(), out)
    out.seek(0)
    return send_file(out, mimetype=_DOCX, as_attachment=True, download_name=file_name(title))


def _ids() -> list[str]:
    if ids := list(dict.fromkeys(filter(None, request.args.getlist("id")))):
        return ids[:MOST]
    asked = walk.asked()
    query = walk.query(asked, size=MOST)
    if not asked["stage"]:
        query = replace(query, stages=_KINDS)
    return [item.id for item in knowledge().desk.work(query).items]


def _paper(draft: Draft, case: Case) -> Paper:
    shown = replace(case, content=draft.content, revision=draft.revision)
    mark = Mark.PUBLIC if draft.stage is Status.PUBLISHED else Mark.INTERNAL
    if mark is Mark.INTERNAL and findings(draft.content, case.origin):
        mark = Mark.UNMASKED
    return Paper(case_answer(shown), mark, STAGE_LABELS[draft.stage])


def _title(drafts: list[Draft]) -> str:
    """The batch, where all are of one; a case alone has its own title."""
    if len(drafts) == 1:
        return drafts[0].content.title
    return named(next(iter(settled(draft.content.batch)), "") for draft in drafts)
