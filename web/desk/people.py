"""Who may work at the desk, for administrators: adding, roles, disabling, one-time links."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from kb.accounts import User, UserRole
from kb.errors import BadRequest, Forbidden, KnowledgeBaseError
from web.desk.session import actor, asks
from web.errors import form_status
from web.knowledge import knowledge

blueprint = Blueprint("people", __name__)


@blueprint.get("/users")
@asks(UserRole.ADMIN)
def index() -> Response:
    return _page()


@blueprint.post("/users/add")
@asks(UserRole.ADMIN)
def add() -> Response:
    """A new user, with the link by which they choose a password, which is shown this once."""
    form = request.form
    name, shown = form.get("name", ""), form.get("shown", "")[:40]

    def added() -> Response:
        link = knowledge().accounts.add(name, _roles(), shown=shown, by=actor().who)
        return _page(link=link, of=knowledge().accounts.user(name))

    return _told(added, typed={"name": name, "shown": shown, "roles": form.getlist("role")})


@blueprint.post("/users/roles")
@asks(UserRole.ADMIN)
def roles() -> Response:
    def changed() -> Response:
        found = _named()
        knowledge().accounts.set_roles(found.name, _roles(), by=actor().who)
        return _page(gettext("%(name)s 的角色已改，立即生效。", name=found.shown))

    return _told(changed)


@blueprint.post("/users/disable")
@asks(UserRole.ADMIN)
def disable() -> Response:
    def disabled() -> Response:
        found = _named()
        knowledge().accounts.disable(found.name, by=actor().who)
        return _page(
            gettext("已停用 %(name)s：其登录、链接和令牌立即失效，可随时启用。", name=found.shown)
        )

    return _told(disabled)


@blueprint.post("/users/enable")
@asks(UserRole.ADMIN)
def enable() -> Response:
    def enabled() -> Response:
        found = _named()
        knowledge().accounts.enable(found.name, by=actor().who)
        return _page(gettext("已启用 %(name)s，密码不变。", name=found.shown))

    return _told(enabled)


@blueprint.post("/users/reset")
@asks(UserRole.ADMIN)
def reset() -> Response:
    """Takes a password away, and the second factor where asked; shows the new link this once."""

    def made() -> Response:
        found = _named()
        if found.name == actor().name:
            # Whoever closed the page before the link was used would be locked out.
            raise Forbidden(gettext("自己的密码请在“我的账户”中修改。"))
        factor = bool(request.form.get("second_factor"))
        link = knowledge().accounts.reset(found.name, second_factor=factor, by=actor().who)
        return _page(link=link, of=found)

    return _told(made)


def _named() -> User:
    return knowledge().accounts.user(request.form.get("name", ""))


def _roles() -> list[UserRole]:
    given = request.form.getlist("role")
    if unknown := [one for one in given if one not in set(UserRole)]:
        raise BadRequest("roles", gettext("没有“%(role)s”这种角色", role=unknown[0][:20]))
    return [UserRole(one) for one in given]


def _told(change: Callable[[], Response], typed: dict[str, object] | None = None) -> Response:
    """The page after a change; or with what was wrong with it, and what was typed."""
    try:
        return change()
    except KnowledgeBaseError as error:
        return _page(refused=error.told, status=form_status(error), typed=typed)


def _page(
    told: str = "",
    *,
    refused: str = "",
    status: int = 200,
    link: str = "",
    of: User | None = None,
    typed: dict[str, object] | None = None,
) -> Response:
    page = render_template(
        "desk/users.html",
        told=told,
        refused=refused,
        users=knowledge().accounts.users(),
        link=url_for("desk.accounts.welcome", token=link, _external=True) if link else "",
        of=of,
        typed=typed or {"name": "", "shown": "", "roles": []},
        all_roles=list(UserRole),
    )
    return make_response(page, status)
