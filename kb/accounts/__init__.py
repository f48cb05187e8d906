"""Who may work at the desk: users, roles, passwords, second factors, tokens of programs.

There is no account until `kb user add` makes one, and no password but the one its owner chose."""

from kb.accounts.accounts import TOTP, Accounts, SignIn, actor
from kb.accounts.roles import ROLE_LABELS, Actor, Scope, UserRole, user_roles
from kb.store.accounts import Token, User

__all__ = [
    "ROLE_LABELS",
    "TOTP",
    "Accounts",
    "Actor",
    "Scope",
    "SignIn",
    "Token",
    "User",
    "UserRole",
    "actor",
    "user_roles",
]
