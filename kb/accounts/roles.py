"""What someone may be at the desk, what a token may do, and who acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class UserRole(StrEnum):
    """A part in the work; one person may have several. ADMIN looks after accounts and tokens, and
    has no part in the cases by that."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    ADMIN = "admin"


ROLE_LABELS = {
    UserRole.EDITOR: "编辑",
    UserRole.REVIEWER: "审核",
    UserRole.PUBLISHER: "发布",
    UserRole.ADMIN: "管理",
}


class Scope(StrEnum):
    """What a token may do. READ: see drafts and lists of work; each other lets it play the part of
    a role, where its owner has that role."""

    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    PUBLISH = "publish"


PARTS = {
    Scope.SUBMIT: UserRole.EDITOR,
    Scope.REVIEW: UserRole.REVIEWER,
    Scope.PUBLISH: UserRole.PUBLISHER,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person, or a token acting for one. A token counts as its owner where
    two persons are needed."""

    name: str
    roles: frozenset[UserRole]
    token: str = ""

    @property
    def who(self) -> str:
        """As the audit names it."""
        return f"{self.name}/{self.token}" if self.token else self.name

    def may(self, *roles: UserRole) -> bool:
        """Whether it has one of these roles."""
        return not self.roles.isdisjoint(roles)


def user_roles(values: Iterable[str]) -> frozenset[UserRole]:
    """The roles of these names; unknown ones of a later program are left out."""
    return frozenset(UserRole(value) for value in values if value in set(UserRole))
