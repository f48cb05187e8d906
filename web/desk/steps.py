"""The flow of a draft: its steps, remarks, and failures of gates that two persons let pass."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.errors import BadRequest, Conflict, GatesClosed, WrongStage
from web.desk.drafts import revision, shown
from web.desk.handing import hand
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("steps", __name__)


@blueprint.post("/drafts/<record>/steps/<step>")
@asks(*CASE_ROLES)
def take(record: str, step: str) -> Response:
    """Takes a step with the revision that the page showed."""
    form = request.form
    try:
        knowledge().desk.take(
            record,
            step,
            actor(),
            revision(form.get("revision", "")),
            reason=form.get("reason", ""),
            note=form.get("note", ""),
        )
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    except GatesClosed as closed:
        return shown(record, closed=closed, status=409)
    except (Conflict, WrongStage) as error:
        return shown(record, refused=str(error), status=409)
    return _back(record)


@blueprint.post("/drafts/<record>/assignee")
@asks(*CASE_ROLES)
def assign(record: str) -> Response:
    try:
        hand(record, request.form.get("assignee", ""), actor())
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    except WrongStage as error:
        return shown(record, refused=str(error), status=409)
    return _back(record)


@blueprint.post("/drafts/<record>/comments")
@asks(*CASE_ROLES)
def comment(record: str) -> Response:
    try:
        knowledge().desk.comment(record, actor(), request.form.get("text", ""))
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    return _back(record, "comments")


@blueprint.post("/drafts/<record>/comments/<int:number>/settle")
@asks(*CASE_ROLES)
def settle(record: str, number: int) -> Response:
    knowledge().desk.settle(record, number, actor())
    return _back(record, "comments")


@blueprint.post("/drafts/<record>/overrides")
@asks(*CASE_ROLES)
def ask_override(record: str) -> Response:
    form = request.form
    try:
        knowledge().desk.ask_override(
            record, form.get("gate", ""), form.get("key", ""), actor(), form.get("reason", "")
        )
    except BadRequest as error:
        return shown(record, refused=error.reason, status=400)
    return _back(record, "gates")


@blueprint.post("/drafts/<record>/overrides/<int:number>/confirm")
@asks(*CASE_ROLES)
def confirm_override(record: str, number: int) -> Response:
    knowledge().desk.confirm_override(record, number, actor())
    return _back(record, "gates")


def _back(record: str, anchor: str | None = None) -> Response:
    return redirect(url_for("desk.drafts.page", record=record, _anchor=anchor), 303)
