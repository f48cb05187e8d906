"""Who asks: the token of a request, and what it may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, g, request

from kb.accounts import Actor, Scope, UserRole, user_roles
from kb.errors import Forbidden, SignInFailed
from web.errors import Failure, answer
from web.knowledge import knowledge

blueprint = Blueprint("api_desk", __name__)

CASE_ROLES = frozenset({UserRole.EDITOR, UserRole.REVIEWER, UserRole.PUBLISHER})
_SCHEME = "bearer "
_LONGEST = 200
V = TypeVar("V", bound=Callable[..., Any])


def asks(*scopes: Scope, roles: frozenset[UserRole] = frozenset()) -> Callable[[V], V]:
    """A view for tokens with all of these scopes that lend one of these roles, if any are named.
    Others are told 401 or 403 before anything is looked up."""

    def around(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            try:
                g.actor = knowledge().accounts.token_actor(_token(), *scopes)
            except SignInFailed as error:
                return _unknown(str(error))
            if roles:
                check(*roles)
            return view(*args, **named)

        return cast(V, guarded)

    return around


def actor() -> Actor:
    """As whom the token of this request acts."""
    return cast(Actor, g.actor)


def reader() -> Actor:
    """As whom it looks: with the parts of its owner, which are nothing to act with."""
    owner = knowledge().accounts.user(actor().name)
    return replace(actor(), roles=user_roles(owner.roles) & CASE_ROLES)


def may_read() -> bool:
    """Whether the token of this request may see drafts."""
    try:
        knowledge().accounts.token_actor(_token(), Scope.READ)
    except Forbidden:
        return False
    return True


def check(*roles: UserRole) -> None:
    """Raises Forbidden where the token lends none of these roles."""
    if not actor().may(*roles):
        raise Forbidden("令牌的范围或其代表的账户的角色不允许这样做")


@blueprint.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _token() -> str:
    sent = request.headers.get("Authorization", "")
    if not sent.lower().startswith(_SCHEME) or len(sent) > _LONGEST:
        raise SignInFailed("须有令牌：请求头应为 Authorization: Bearer kb_…")
    return sent[len(_SCHEME) :].strip()


def _unknown(told: str) -> Response:
    said = answer(Failure(401, "须有令牌", told))
    said.headers["WWW-Authenticate"] = 'Bearer realm="desk"'
    return said
