"""Whose work a draft is: those it can be given to, and giving it."""

from __future__ import annotations

from kb.accounts import Actor, user_roles
from kb.errors import BadRequest
from web.desk.session import CASE_ROLES
from web.knowledge import knowledge


def colleagues() -> dict[str, str]:
    """The names of those who have a part in cases -> what they are called."""
    return {
        user.name: user.shown
        for user in knowledge().accounts.users()
        if not user.disabled and user_roles(user.roles) & set(CASE_ROLES)
    }


def hand(record: str, name: str, actor: Actor) -> None:
    """Gives a draft to someone, or to nobody (""). Raises BadRequest for who has no part in it, and
    what `Desk.assign` does."""
    if name and name not in colleagues():
        raise BadRequest("assignee", "应为有办案角色且没有停用的账户名；空着表示无人办理")
    knowledge().desk.assign(record, name, actor)
