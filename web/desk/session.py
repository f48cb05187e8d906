"""Who is at the desk: sessions, their cookie, forms that only the desk's own pages may send, and
who may see which page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_babel import gettext
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kb.accounts import Actor, User, UserRole
from kb.accounts import actor as acting
from kb.errors import Forbidden
from kb.settings import kept_key
from web.desk import uploads
from web.errors import Failure, answer
from web.knowledge import knowledge
from web.settings import Settings

LASTS = timedelta(hours=12)
"""How long a session lives without a request."""
MAX_BODY = 20_000_000  # bytes of a request
MAX_TYPED = 5_000_000  # bytes of what is typed, percent-encoded
CASE_ROLES = (UserRole.EDITOR, UserRole.REVIEWER, UserRole.PUBLISHER)
_HERE = {"localhost", "127.0.0.1", "[::1]"}
_csrf = CSRFProtect()
V = TypeVar("V", bound=Callable[..., Any])


class Person:
    """Someone signed in, as Flask-Login wants it; the session ends when the stamp changes."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        return f"{self.user.id}.{self.user.stamp}"


class _Cookies(SecureCookieSessionInterface):
    """A cookie goes over HTTPS alone, except on the machine itself."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        host = request.host.rpartition(":")[0] if request.host[-1:].isdigit() else ""
        return request.is_secure or not ({request.host, host} & _HERE)


def register(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key or _key(settings.key_file)
    app.session_interface = _Cookies()
    app.config.update(
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_PATH="/desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LASTS,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    _csrf.init_app(app)
    app.register_error_handler(CSRFError, _refused)
    app.jinja_env.globals["csrf"] = _csrf_field
    app.jinja_env.filters["person"] = _called
    manager = LoginManager()
    manager.user_loader(_load)
    # Not init_app: it would look into the session at every page, those of readers included.
    app.login_manager = manager  # type: ignore[attr-defined]


def guard() -> None:
    """Before every request to the desk. Files are taken from those who are signed in alone."""
    brings = request.endpoint == "desk.adding.add" and user() is not None
    request.max_content_length = uploads.MAX_BODY if brings else MAX_BODY
    request.max_form_memory_size = MAX_TYPED
    _csrf.protect()


def enter(user: User) -> None:
    """Begins a session, after whatever was in the old one is gone."""
    session.clear()
    session.permanent = True
    login_user(Person(user))


def leave() -> None:
    """Ends the session of this browser."""
    logout_user()
    session.clear()


def user() -> User | None:
    """Who is signed in."""
    person = current_user
    return cast(Person, person).user if person.is_authenticated else None


def actor() -> Actor:
    """Who is signed in, as one who acts."""
    found = user()
    if found is None:
        abort(401)
    return acting(found)


def asks(*roles: UserRole) -> Callable[[V], V]:
    """A view for those with one of these roles, of none: for all who are signed in. Others are led
    to sign in, or told 403 before anything is looked up."""

    def around(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            if user() is None:
                return _sign_in_first()
            if roles and not actor().may(*roles):
                raise Forbidden(gettext("您的账户没有这项权限，请与管理员联系。"))
            return view(*args, **named)

        return cast(V, guarded)

    return around


def _csrf_field() -> Markup:
    """What every form of the desk carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _called(who: str) -> str:
    """What someone is called: a name of an account, of the program of one, or of nobody's."""
    if "called" not in g:
        g.called = {one.name: one.shown for one in knowledge().accounts.users()}
    name, slash, program = who.partition("/")
    return f"{g.called.get(name, name)}{slash}{program}"


def _sign_in_first() -> AnyResponse:
    there = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("desk.accounts.sign_in", then=there or None), 303)


def _load(known: str) -> Person | None:
    number, _, stamp = known.partition(".")
    found = knowledge().accounts.of_session(int(number), stamp) if number.isdigit() else None
    return Person(found) if found else None


def _refused(_: CSRFError) -> Response:
    told = gettext(
        "这个表单已经失效，没有保存。请回到上一页，刷新后重新提交；若总是这样，"
        "请确认浏览器接受 Cookie，且网站经 HTTPS 或在本机访问。"
    )
    return answer(Failure(400, gettext("请重新提交"), told))


def _key(file: Path | None) -> str:
    return kept_key(file) if file else secrets.token_hex(32)
