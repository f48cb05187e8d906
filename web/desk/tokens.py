"""The tokens by which programs act for people, for administrators: made, listed, revoked."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb.accounts import Scope, UserRole
from kb.errors import KnowledgeBaseError, NotFound
from web.desk.session import actor, asks
from web.errors import form_status
from web.knowledge import knowledge

blueprint = Blueprint("tokens", __name__)

DAYS = (30, 90, 365, 1095)
"""How long a token may be made to serve, as offered; until it is revoked besides."""


@blueprint.get("/tokens")
@asks(UserRole.ADMIN)
def index() -> Response:
    return _page()


@blueprint.post("/tokens/add")
@asks(UserRole.ADMIN)
def add() -> Response:
    """A new token, which is shown this once."""
    form = request.form
    typed = {"name": form.get("name", ""), "owner": form.get("owner", "")}
    scopes = [Scope(one) for one in form.getlist("scope") if one in set(Scope)]
    days = form.get("days", type=int)
    try:
        made = knowledge().accounts.add_token(
            typed["name"], typed["owner"], scopes, days=days, by=actor().who
        )
    except KnowledgeBaseError as error:
        return _page(refused=error.told, status=form_status(error), typed=typed)
    return _page(made=made)


@blueprint.post("/tokens/revoke")
@asks(UserRole.ADMIN)
def revoke() -> Response:
    name = request.form.get("name", "")
    try:
        knowledge().accounts.revoke(name, by=actor().who)
    except NotFound as error:
        return _page(refused=str(error), status=404)
    return _page(gettext("已撤销令牌“%(name)s”，立即失效。", name=name))


def _page(
    told: str = "",
    *,
    refused: str = "",
    status: int = 200,
    made: str = "",
    typed: dict[str, str] | None = None,
) -> Response:
    accounts = knowledge().accounts
    page = render_template(
        "desk/tokens.html",
        told=told,
        refused=refused,
        tokens=sorted(accounts.tokens(), key=lambda one: one.revoked is not None),
        owners=[one for one in accounts.users() if not one.disabled],
        scopes=list(Scope),
        days=DAYS,
        now=datetime.now(UTC),
        made=made,
        typed=typed or {"name": "", "owner": ""},
    )
    return make_response(page, status)
