"""Everyone's own second factor: a secret to be scanned or typed, turned on by a code of it, turned
off by the password."""

from __future__ import annotations

import segno
from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from kb.accounts.secrets import totp_address
from kb.errors import SignInFailed
from web.desk.session import asks, user
from web.knowledge import knowledge

blueprint = Blueprint("second_factor", __name__)

_PROPOSED = "totp"  # the secret on the page, until a code shows that it was taken over


@blueprint.get("/second-factor")
@asks()
def page() -> Response:
    return _page()


@blueprint.post("/second-factor")
@asks()
def confirm() -> Response:
    """Turns it on; shows the recovery codes this once."""
    found, secret = user(), session.get(_PROPOSED)
    assert found
    if not secret:
        return redirect(url_for("desk.second_factor.page"), 303)
    try:
        codes = knowledge().accounts.confirm_totp(found, secret, request.form.get("code", ""))
    except SignInFailed as error:
        return _page(refused=str(error), status=400)
    session.pop(_PROPOSED, None)
    return _page(codes=codes)


@blueprint.post("/second-factor/drop")
@asks()
def drop() -> Response:
    found = user()
    assert found
    try:
        knowledge().accounts.drop_totp(found, request.form.get("password", ""))
    except SignInFailed as error:
        return _page(refused=str(error), status=429 if error.until else 400)
    session.pop(_PROPOSED, None)
    return _page(told=gettext("二次验证已关闭。"))


def _page(
    *, told: str = "", refused: str = "", status: int = 200, codes: list[str] | None = None
) -> Response:
    found = user()
    assert found
    me = knowledge().accounts.user(found.name)  # as it is after the change
    secret = "" if me.totp else _proposed()
    shown = render_template(
        "desk/second_factor.html",
        me=me,
        told=told,
        refused=refused,
        codes=codes,
        left=knowledge().accounts.recovery_left(me) if me.totp else 0,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=_picture(totp_address(secret, me.name)) if secret else "",
    )
    return make_response(shown, status)


def _proposed() -> str:
    """The same on each look at the page, so that what was scanned stays good."""
    if _PROPOSED not in session:
        found = user()
        assert found
        session[_PROPOSED], _ = knowledge().accounts.new_totp(found)
    return str(session[_PROPOSED])


def _picture(address: str) -> Markup:
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # made here, of an address that is percent-encoded
