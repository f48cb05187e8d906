"""Signing in and out, the link that lets a new user choose a password, the second factor."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from kb.accounts.secrets import SHORTEST
from kb.errors import BadRequest, KnowledgeBaseError, NotFound, SignInFailed
from web.desk.session import CASE_ROLES, actor, asks, enter, leave, user
from web.knowledge import knowledge
from web.settings import Settings

blueprint = Blueprint("accounts", __name__)

_WAITING = "waiting"  # the user whose password fitted and whose code is awaited
_GUARDED = (
    *("accounts.sign_in", "accounts.code", "accounts.welcome", "accounts.password"),
    *("second_factor.confirm", "second_factor.drop"),
)


def limit(app: Flask, settings: Settings) -> None:
    """Holds each address to so many attempts."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri="memory://",
        key_prefix="desk",
    )
    app.extensions["desk limiter"] = limiter  # or it would be gone after this
    for name in _GUARDED:
        endpoint = f"desk.{name}"
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(settings.sign_in_rate, methods=["POST"])(view)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    then = request.values.get("then", "")
    if request.method == "GET":
        return _page("sign_in", then=then, name="")
    name = request.form.get("name", "")
    try:
        fits = knowledge().accounts.sign_in(name, request.form.get("password", ""))
    except SignInFailed as error:
        return _page("sign_in", error, then=then, name=name)
    if fits.code_needed:
        session.clear()
        session[_WAITING] = [fits.user.id, fits.user.stamp]
        return redirect(url_for("desk.accounts.code", then=then or None), 303)
    enter(fits.user)
    return _onward(then)


@blueprint.route("/code", methods=["GET", "POST"])
def code() -> Response:
    then, waiting = request.values.get("then", ""), session.get(_WAITING)
    if not waiting:
        return redirect(url_for("desk.accounts.sign_in", then=then or None), 303)
    if request.method == "GET":
        return _page("code", then=then)
    try:
        enter(knowledge().accounts.check_code(*waiting, request.form.get("code", "")))
    except SignInFailed as error:
        return _page("code", error, then=then)
    return _onward(then)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends every session of the person: a cookie that was copied must be worth nothing either."""
    if found := user():
        knowledge().accounts.sign_out_everywhere(found)
    leave()
    return redirect(url_for("desk.accounts.sign_in"), 303)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
def welcome(token: str) -> Response:
    accounts = knowledge().accounts
    try:
        invited = accounts.invited(token)
        if request.method == "GET":
            return _page("welcome", invited=invited, shortest=SHORTEST)
        accounts.choose_password(token, _twice())
    except NotFound as error:
        return _page("welcome", error, status=404, invited=None, shortest=SHORTEST)
    except BadRequest as error:
        return _page("welcome", error, invited=invited, shortest=SHORTEST)
    leave()
    return _page("sign_in", then="", name=invited.name, told=gettext("密码已设好，请登录。"))


@blueprint.route("/password", methods=["GET", "POST"])
@asks()
def password() -> Response:
    found = user()
    assert found
    if request.method == "GET":
        return _page("password", shortest=SHORTEST)
    try:
        changed = knowledge().accounts.change_password(found, request.form.get("old", ""), _twice())
    except (SignInFailed, BadRequest) as error:
        return _page("password", error, shortest=SHORTEST)
    enter(changed)
    return _page("password", shortest=SHORTEST, told=gettext("密码已改，别处的登录均已失效。"))


def _twice() -> str:
    """The new password, typed twice alike. Raises BadRequest."""
    typed = request.form.get("password", "")
    if typed != request.form.get("again", ""):
        raise BadRequest("again", gettext("两次输入的密码不一样，请重新输入"))
    return typed


def _page(
    form: str, error: KnowledgeBaseError | None = None, /, *, status: int = 0, **shown: object
) -> Response:
    """A form, with what was wrong with it."""
    if not status:
        locked = isinstance(error, SignInFailed) and error.until
        status = 429 if locked else 400 if error else 200
    page = render_template(f"desk/{form}.html", **{"refused": error.told if error else ""} | shown)
    return make_response(page, status)


def _onward(then: str) -> Response:
    """To the page that was asked for, if it is one of the desk."""
    there = then if then.startswith("/desk") and "\\" not in then and "\n" not in then else ""
    first = "desk.work.index" if actor().may(*CASE_ROLES) else "desk.people.index"
    return redirect(there or url_for(first), 303)
