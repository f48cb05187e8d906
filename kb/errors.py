"""The small family of errors that the knowledge base raises; each message tells what to do next."""


class KnowledgeBaseError(Exception):
    """Any failure a user can act on. The message is shown to the user as it stands (in Chinese)."""


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


class IndexUnavailable(KnowledgeBaseError):
    """The index is absent, damaged or of another version; `kb rebuild` makes it anew."""


class DataError(KnowledgeBaseError):
    """A data file of the project breaks its own form; names the file and the line or key."""
