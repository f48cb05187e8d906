"""The small family of errors that the knowledge base raises; each message tells what to do next."""

from __future__ import annotations

from datetime import datetime
from typing import Any


class KnowledgeBaseError(Exception):
    """Any failure a user can act on. The message is shown to the user as it stands (in Chinese)."""

    @property
    def told(self) -> str:
        """What to tell whoever filled in a form, who has seen no name of a parameter."""
        return str(self)


class BadSource(KnowledgeBaseError):
    """A source that cannot be read or understood.

    origin: the file's path or the URL. place: where in it (line, page, paragraph), "" for the
    whole. reason: what was found and what was expected.
    """

    def __init__(self, origin: str, reason: str, place: str = "") -> None:
        self.origin, self.reason, self.place = origin, reason, place
        where = f"{origin}（{place}）" if place else origin
        super().__init__(f"{where}：{reason}")


class NotFound(KnowledgeBaseError):
    """No record bears the id asked for."""


class Withdrawn(KnowledgeBaseError):
    """The record was withdrawn; the message gives the reason, without personal data."""


class BadRequest(KnowledgeBaseError):
    """A parameter that cannot be read. parameter: its name as the caller wrote it."""

    def __init__(self, parameter: str, reason: str) -> None:
        self.parameter, self.reason = parameter, reason
        super().__init__(f"参数 {parameter}：{reason}")

    @property
    def told(self) -> str:
        return self.reason


class Conflict(KnowledgeBaseError):
    """Someone else changed a record meanwhile; nothing was saved and nothing is lost.

    expected, current: the revision the caller started from and the one that holds by now.
    mine, theirs: what the caller wanted to save and what is saved, as `kb.model.Content`; mine is
    None where nothing was to be saved.
    """

    def __init__(self, message: str, expected: int, current: int, mine: Any, theirs: Any) -> None:
        self.expected, self.current, self.mine, self.theirs = expected, current, mine, theirs
        super().__init__(message)


class Forbidden(KnowledgeBaseError):
    """The caller may not do this; the message says who may."""


class Sealed(Forbidden):
    """A text that was put away when the case was published; the message says who may see it."""


class WrongStage(KnowledgeBaseError):
    """A record is not where it would have to be for this; someone else may have moved it."""


class GatesClosed(KnowledgeBaseError):
    """A record may not be published yet. failures: what stands against it, as
    `kb.desk.gates.Failure`."""

    def __init__(self, message: str, failures: tuple[Any, ...]) -> None:
        self.failures = failures
        super().__init__(message)


class SignInFailed(KnowledgeBaseError):
    """Name, password or code do not fit, or there were too many failures. until: when one may try
    again, None for at once."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        self.until = until
        super().__init__(message)


class IndexUnavailable(KnowledgeBaseError):
    """The index is absent, damaged or of another version; `kb rebuild` makes it anew."""


class DataError(KnowledgeBaseError):
    """A data file of the project breaks its own form; names the file and the line or key."""
